"""The gate before the admin answers for what is nobody's: no address, no object, no key."""

import pytest
from django.urls import reverse

from audit.models import AuditEntry
from sites.enums import Role
from sites.tests.refusals import is_refused

pytestmark = pytest.mark.django_db

# Each reads keys from the query, and Wagtail's views try them without asking what they are.
READING_KEYS = (
    "/admin/api/main/documents/find/?id={}",
    "/admin/api/main/images/find/?id={}",
    "/admin/api/main/pages/find/?id={}",
    "/admin/choose-page/chosen-multiple/?id={}",
    "/admin/documents/chooser/chosen-multiple/?id={}",
    "/admin/images/chooser/chosen-multiple/?id={}",
    "/admin/bulk/wagtailcore/page/delete/?id={}",
)
NO_KEYS = ("không phải số", "1.5", "1;2", "0x1", "-", "9" * 400, "1%00", "1%FF")


@pytest.fixture(params=list(Role), ids=str)
def holder(request, province, department, client_for, django_user_model):
    """A browser in which somebody is signed in who holds a role: each role once."""
    role = request.param
    agency = department if role in Role.of(department.kind) else province
    person = django_user_model.objects.create_user(username=f"nguoi.{role}", full_name="Người giữ vai trò")
    person.groups.add(agency.groups.get(role=role, name="").group)
    return client_for(agency, person)


@pytest.mark.parametrize("address", ["/admin/khong-co/", "/admin/pages/khong-so/edit/", "/admin/api/main/khong-co/"])
def test_what_is_no_address_is_404_for_everybody(address, holder):
    assert holder.get(address).status_code == 404
    assert holder.post(address, {"title": "x"}).status_code == 404


def test_stranger_is_asked_to_sign_in_at_what_is_no_address(client_for, department):
    answer = client_for(department).get("/admin/khong-co/")
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("key", NO_KEYS)
def test_what_is_no_key_is_nothing_to_anybody(key, holder):
    for address in READING_KEYS:
        answer = holder.get(address.format(key))
        assert is_refused(answer), (address, answer.status_code)
        # Back at the first page would be for a door that is closed.
        assert answer.status_code in {400, 404} or "/bulk/" in address


@pytest.mark.parametrize("key", ["-1", "0", "987654321", "9" * 18])
def test_key_of_nothing_finds_nothing(key, holder):
    for address in READING_KEYS:
        assert holder.get(address.format(key)).status_code in {200, 302, 400, 403, 404}, address


def test_refused_key_is_on_record_with_who_tried_it(department, client_for, editor_of):
    editor = editor_of(department)
    client_for(department, editor).get(READING_KEYS[1].format("abc"))
    entry = AuditEntry.objects.filter(action="access.refused").latest("id")
    assert entry.actor_id == editor.pk
    assert "images/find" in entry.details
