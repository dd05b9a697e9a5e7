"""Whose role is good where."""

import pytest

from sites.enums import Role
from sites.permissions import acts_everywhere, agencies_of, can_open_portals, holds_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder_of(province, django_user_model):
    """Give a person who holds a role at the province."""

    def give(role):
        person = django_user_model.objects.create_user(username=role.value)
        person.groups.add(province.groups.get(role=role).group)
        return person

    return give


def test_role_is_good_in_its_own_agency_alone(department, district, approver_of):
    approver = approver_of(department)
    assert holds_role(approver, department, Role.APPROVER)
    assert not holds_role(approver, department, Role.EDITOR, Role.ADMINISTRATOR)
    assert not holds_role(approver, district, Role.APPROVER)
    assert list(agencies_of(approver)) == [department]
    assert not can_open_portals(approver)


def test_provincial_administrator_acts_in_every_agency(department, district, holder_of):
    person = holder_of(Role.PROVINCIAL_ADMINISTRATOR)
    assert holds_role(person, department, Role.APPROVER)
    assert {department, district} <= set(agencies_of(person, Role.APPROVER))
    assert can_open_portals(person)


def test_auditor_acts_nowhere(province, department, holder_of):
    person = holder_of(Role.AUDITOR)
    assert not acts_everywhere(person)
    assert not holds_role(person, province, Role.APPROVER)
    assert not agencies_of(person).exists()
    assert not can_open_portals(person)


def test_who_was_deactivated_holds_nothing(province, holder_of):
    person = holder_of(Role.PROVINCIAL_ADMINISTRATOR)
    person.is_active = False
    assert not acts_everywhere(person)
    assert not holds_role(person, province, Role.PROVINCIAL_ADMINISTRATOR)
    assert not agencies_of(person).exists()
