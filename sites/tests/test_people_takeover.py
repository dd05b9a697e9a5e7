"""Nobody gains a right, an account or a name of another agency through the screens of people and groups."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission

from sites.enums import Role
from sites.models import AgencyGroup
from sites.signals import access_refused
from sites.tests.refusals import is_refused

pytestmark = pytest.mark.django_db

User = get_user_model()
WHO = ("editor", "approver", "administrator", "administrator elsewhere", "auditor")
WHOM = ("own", "of another agency", "of both", "operator", "provincial administrator")
FIELDS = ("is_superuser", "is_staff", "user_permissions", "password", "password1", "groups", "is_active")
DOORS = ("edit", "history", "leave", "return", "link")
NO_DOORS = ("add", "delete", "usage", "copy")


@pytest.fixture
def refused():
    """The refusals that were recorded."""
    reasons = []

    def note(reason, **kwargs):
        reasons.append(reason)

    access_refused.connect(note)
    yield reasons
    access_refused.disconnect(note)


@pytest.fixture
def people(department, district, province, editor_of, approver_of, administrator_of, operator):
    def holding(role):
        person = editor_of(province)
        person.groups.set([province.groups.get(role=role).group])
        return person

    both = editor_of(department)
    both.groups.add(district.groups.get(role=Role.EDITOR).group)
    return {
        "editor": editor_of(department),
        "approver": approver_of(department),
        "administrator": administrator_of(department),
        "administrator elsewhere": administrator_of(district),
        "auditor": holding(Role.AUDITOR),
        "own": editor_of(department),
        "of another agency": editor_of(district),
        "of both": both,
        "operator": operator,
        "provincial administrator": holding(Role.PROVINCIAL_ADMINISTRATOR),
    }


def state():
    """Everything that a right hangs on."""
    accounts = User.objects.order_by("pk").values_list(
        "pk", "username", "password", "email", "full_name", "is_active", "is_staff", "is_superuser"
    )
    members = User.groups.through.objects.order_by("pk").values_list("user", "group")
    direct = User.user_permissions.through.objects.values_list("user", "permission")
    raw = Group.permissions.through.objects.order_by("pk").values_list("group", "permission")
    entries = AgencyGroup.objects.order_by("pk").values_list("pk", "agency", "role", "name", "is_limited")
    pages = GroupPagePermission.objects.order_by("pk").values_list("group", "page", "permission")
    return [list(rows) for rows in (accounts, members, direct, raw, entries, pages)]


@pytest.mark.parametrize("whom", WHOM)
@pytest.mark.parametrize("who", WHO)
def test_no_door_takes_a_forged_field(who, whom, people, department, client_for):
    sender, person = people[who], people[whom]
    client = client_for(department, sender)
    before = state()
    top = AgencyGroup.objects.get(role=Role.PROVINCIAL_ADMINISTRATOR).group_id
    for field in FIELDS:
        form = {"full_name": "Kẻ Gian", "username": person.username, "email": "gian@example.vn", field: top}
        form |= {f"roles-{department.pk}": department.groups.get(role=Role.EDITOR, name="").pk}
        for address in (f"edit/{person.pk}/", "new/", f"delete/{person.pk}/", f"usage/{person.pk}/"):
            answer = client.post(f"/admin/users/{address}", form)
            assert is_refused(answer), (field, address, answer.status_code)
    assert state() == before


@pytest.mark.parametrize("whom", ["of another agency", "operator", "provincial administrator"])
@pytest.mark.parametrize("who", ["editor", "approver", "administrator"])
def test_people_of_others_do_not_exist(who, whom, people, department, client_for):
    person = people[whom]
    client = client_for(department, people[who])
    before = state()
    for door in DOORS:
        address = f"/admin/users/{door}/{person.pk}/"
        for answer in (client.get(address), client.post(address, {"full_name": "x", "roles": 1})):
            assert answer.status_code == 404, address
            assert person.full_name not in answer.text or not person.full_name
    for door in NO_DOORS:
        address = f"/admin/users/{door}/{person.pk}/"
        assert all(is_refused(answer) for answer in (client.get(address), client.post(address))), address
    assert state() == before


@pytest.mark.parametrize("own_agency", [True, False])
def test_roles_of_others_are_refused_and_recorded(own_agency, people, department, district, client_for, refused):
    person = people["own"]
    field = department if own_agency else district
    foreign = district.groups.get(role=Role.APPROVER).pk
    client = client_for(department, people["administrator"])
    before = state()
    form = {"full_name": "A", "username": "aaa", "email": "a@example.vn", f"roles-{field.pk}": foreign}
    assert client.post(f"/admin/users/edit/{person.pk}/", form).status_code == 400
    assert client.post("/admin/users/new/", form).status_code == 400
    assert len(refused) == 2
    assert state() == before


@pytest.mark.parametrize("role", [Role.PROVINCIAL_ADMINISTRATOR, Role.AUDITOR])
def test_administrator_at_the_province_hands_out_no_province_wide_role(
    role, province, administrator_of, editor_of, client_for, refused
):
    person = editor_of(province)
    client = client_for(province, administrator_of(province))
    group = province.groups.get(role=role)
    before = state()
    form = {"full_name": "A", "username": "aaa", "email": "a@example.vn", f"roles-{province.pk}": group.pk}
    assert client.post(f"/admin/users/edit/{person.pk}/", form).status_code == 400
    assert len(refused) == 1
    assert state() == before


def test_own_roles_are_refused(people, department, client_for, refused):
    sender = people["administrator"]
    before = state()
    form = {"full_name": "A", "username": sender.username, "email": "a@example.vn"}
    form |= {f"roles-{department.pk}": department.groups.get(role=Role.APPROVER).pk}
    assert client_for(department, sender).post(f"/admin/users/edit/{sender.pk}/", form).status_code == 400
    assert state() == before


@pytest.mark.parametrize("who", [*WHO, "provincial administrator", "operator"])
@pytest.mark.parametrize("action", ["assign_role", "delete", "set_active_state"])
def test_bulk_actions_are_closed_to_all(action, who, people, department, client_for):
    client = client_for(department, people[who])
    before = state()
    address = f"/admin/bulk/accounts/user/{action}/?id={people['own'].pk}&id=all"
    assert client.get(address).status_code == 404
    assert is_refused(client.post(address, {"role": 1, "mark_as_active": "False"}))
    assert state() == before


def test_provincial_administrator_makes_no_operator(people, department, client_for, refused):
    client = client_for(department, people["provincial administrator"])
    before = state()
    form = {"full_name": "A", "username": "aaa", "email": "a@example.vn", "is_superuser": "on"}
    assert client.post(f"/admin/users/edit/{people['own'].pk}/", form).status_code == 400
    assert client.post(f"/admin/users/edit/{people['operator'].pk}/", form).status_code == 400
    assert client.post(f"/admin/users/link/{people['operator'].pk}/").status_code == 404
    assert state() == before


def test_session_of_a_removed_administrator_changes_nothing(people, department, operator, client_for):
    theirs = client_for(department, people["administrator"])
    theirs.get("/admin/users/")
    client_for(department, operator).post(f"/admin/users/leave/{people['administrator'].pk}/?agency={department.pk}")
    before = state()
    for address in ("/admin/users/new/", f"/admin/users/leave/{people['own'].pk}/"):
        answer = theirs.post(address, {"full_name": "x"})
        assert answer.status_code == 302
        assert "/tai-khoan/dang-nhap/" in answer.url
    assert state() == before
