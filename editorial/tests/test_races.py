"""Two people at the same moment, on a database that lets them: one decision, one publication."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.models import PageLogEntry

from editorial.models import Withdrawal
from editorial.ownership import stamp
from editorial.services.approvals import approve, send_back, submit, waiting_state
from editorial.services.withdrawals import withdraw

from .factories import again, draft_of, published

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def at_once(*acts):
    """Do all acts at one moment, each on its own connection; return how many were refused."""
    gate, refused, errors = threading.Barrier(len(acts)), [], []

    def run(act):
        try:
            gate.wait()
            act()
        except ValidationError as error:
            refused.append(error)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors
    return len(refused)


def test_two_approvers_at_once_publish_once(department, editor_of, approver_of):
    draft = draft_of(department, editor_of(department))
    submit(thing=draft, user=draft.owner)
    seen = stamp(again(draft).get_latest_revision())
    approvers = [approver_of(department), approver_of(department)]
    acts = [lambda user=user: approve(thing=again(draft), user=user, seen=seen) for user in approvers]
    assert at_once(*acts) == 1
    assert again(draft).live
    assert PageLogEntry.objects.filter(page=draft.pk, action="wagtail.publish").count() == 1


def test_approving_and_sending_back_at_once_is_one_decision(department, editor_of, approver_of):
    draft = draft_of(department, editor_of(department))
    submit(thing=draft, user=draft.owner)
    seen = stamp(again(draft).get_latest_revision())
    one, other = approver_of(department), approver_of(department)
    refused = at_once(
        lambda: approve(thing=again(draft), user=one, seen=seen),
        lambda: send_back(thing=again(draft), user=other, reason="Thiếu nguồn tin"),
    )
    assert refused == 1
    assert waiting_state(again(draft)) is None


def test_handing_in_twice_at_once_is_one_submission(department, editor_of):
    draft = draft_of(department, editor_of(department))
    acts = [lambda: submit(thing=again(draft), user=draft.owner)] * 2
    assert at_once(*acts) == 1
    assert draft.workflow_states.count() == 1


def test_withdrawing_twice_at_once_leaves_one_notice(department, editor_of, approver_of):
    article = published(department, editor_of(department), approver_of(department))
    people = [approver_of(department), approver_of(department)]
    acts = [
        lambda user=user: withdraw(thing=again(article), user=user, reason="Số liệu chưa chính xác") for user in people
    ]
    assert at_once(*acts) == 1
    assert Withdrawal.objects.in_force().count() == 1
