"""Acts on people at the same moment, in transactions of their own."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from sites.models import AgencyGroup, Departure
from sites.people.services import let_go

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def at_once(*acts):
    """Run acts in threads that begin together, and return what each raised, None for those that went through."""
    begin, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            begin.wait()
            act()
        except (PermissionDenied, ValidationError) as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize("others", [0, 1])
def test_of_two_administrators_who_remove_each_other_one_stays(others, department, administrator_of):
    first, second, *_others = [administrator_of(department) for _number in range(2 + others)]
    # Each has read its own roles before the other acts, as in two requests.
    assert AgencyGroup.objects.held_by(first).exists()
    outcomes = at_once(
        lambda: let_go(person=second, agency=department, by=first),
        lambda: let_go(person=first, agency=department, by=second),
    )
    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    assert Departure.objects.count() == 1
    working = get_user_model().objects.filter(is_active=True, groups__agency_group__agency=department)
    assert working.filter(pk__in=[first.pk, second.pk]).count() == 1


def test_same_person_is_let_go_once(department, administrator_of, editor_of):
    first, second, person = administrator_of(department), administrator_of(department), editor_of(department)
    outcomes = at_once(
        lambda: let_go(person=person, agency=department, by=first),
        lambda: let_go(person=person, agency=department, by=second),
    )
    assert outcomes.count(None) == 1
    assert Departure.objects.count() == 1
