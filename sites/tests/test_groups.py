"""Groups of an agency: those of the roles are fixed, further ones are its administrators'."""

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from sites.enums import Role
from sites.models import AgencyGroup, Official, Unit
from sites.permissions import holds_role, holds_role_in_section, memberships

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"wagtailusers_groups:{name}", args=args)


@pytest.fixture
def browser(department, administrator_of, client_for):
    return client_for(department, administrator_of(department))


@pytest.fixture
def section(department):
    return Page.objects.get(url_path="/stttt/tin-tuc/")


def make(browser, **form):
    answer = browser.post(url("add"), {"name": "Tổ tin tức", "role": "approver"} | form)
    return answer, AgencyGroup.objects.named().first()


def test_group_for_a_section_gives_its_role_there_only(browser, department, section, editor_of):
    person = editor_of(department)
    answer, group = make(browser, sections=[section.pk], members=[person.pk])
    assert answer.status_code == 302
    assert group.is_limited
    assert set(GroupPagePermission.objects.filter(group=group.group).values_list("page", flat=True)) == {section.pk}
    assert (department.pk, "approver") not in memberships(person)
    assert not holds_role(person, department, Role.APPROVER)
    assert holds_role_in_section(person, department, section, Role.APPROVER)
    assert not holds_role_in_section(person, department, department.site.root_page, Role.APPROVER)
    section.delete()
    group.refresh_from_db()
    assert group.is_limited


def test_group_for_the_whole_portal_counts_as_the_role(browser, department, editor_of):
    person = editor_of(department)
    make(browser, members=[person.pk])
    assert holds_role(person, department, Role.APPROVER)


@pytest.mark.parametrize("role", ["provincial_administrator", "auditor", "king", ""])
def test_group_takes_no_role_from_beyond(browser, role):
    answer, group = make(browser, role=role)
    assert answer.status_code == 200
    assert group is None


def test_sections_and_people_of_others_are_refused(browser, district, editor_of):
    foreign = Page.objects.get(url_path="/thuanan/tin-tuc/")
    for form in ({"sections": foreign.pk}, {"members": editor_of(district).pk}, {"permissions": 1}):
        answer, group = make(browser, **form)
        assert answer.status_code == 400
        assert group is None


def test_same_name_twice_is_explained(browser):
    make(browser)
    answer, _group = make(browser)
    assert answer.status_code == 200
    assert AgencyGroup.objects.named().count() == 1


def test_fixed_group_is_shown_and_never_changed(browser, operator, department, client_for):
    group = department.groups.get(role="editor").group
    for client in (browser, client_for(department, operator)):
        assert client.get(url("edit", group.pk)).status_code == 200
        assert client.post(url("edit", group.pk), {"name": "x"}).status_code == 404
        assert client.post(url("delete", group.pk)).status_code == 404


def test_list_shows_own_groups_only(browser, district):
    text = browser.get(url("index")).text
    assert district.display_name not in text
    foreign = district.groups.get(role="editor").group
    assert browser.get(url("edit", foreign.pk)).status_code == 404


def test_group_that_is_somebodys_only_role_stays(browser, department, editor_of):
    person = editor_of(department)
    _answer, group = make(browser, members=[person.pk])
    person.groups.remove(department.groups.get(role="editor", name="").group)
    assert browser.post(url("delete", group.group_id)).status_code == 302
    assert AgencyGroup.objects.named().exists()
    person.groups.add(department.groups.get(role="editor", name="").group)
    assert browser.post(url("delete", group.group_id)).status_code == 302
    assert not AgencyGroup.objects.named().exists()


@pytest.mark.parametrize("who", ["editor_of", "approver_of"])
def test_others_see_no_groups(who, request, department, client_for):
    client = client_for(department, request.getfixturevalue(who)(department))
    for name in ("index", "add"):
        assert client.get(url(name)).status_code == 404


class TestUnitsAndOfficials:
    def test_administrator_keeps_own_units(self, browser, department, district):
        form = {"agency": department.pk, "name_vi": "Phòng Báo chí", "position": 0}
        assert browser.post(reverse("units:add"), form).status_code == 302
        assert browser.post(reverse("units:add"), form | {"agency": district.pk}).status_code == 400
        assert set(Unit.objects.filter(name_vi="Phòng Báo chí").values_list("agency__code", flat=True)) == {"stttt"}

    @pytest.mark.parametrize("name", ["edit", "delete", "inspect", "history"])
    def test_units_of_others_do_not_exist(self, browser, district, name):
        unit = Unit.objects.create(agency=district, name_vi="Phòng Khác")
        assert browser.get(reverse(f"units:{name}", args=[unit.pk])).status_code == 404
        assert browser.post(reverse(f"units:{name}", args=[unit.pk]), {"name_vi": "x"}).status_code in {404, 405}
        assert "Phòng Khác" not in browser.get(reverse("units:index")).text
        unit.refresh_from_db()
        assert unit.name_vi == "Phòng Khác"

    def test_official_takes_no_unit_of_others(self, browser, department, district):
        unit = Unit.objects.create(agency=district, name_vi="Phòng Khác")
        form = {
            "agency": department.pk, "unit": unit.pk, "full_name": "Nguyễn Văn A", "job_title": "Giám đốc",
            "position": 0,
        }  # fmt: skip
        answer = browser.post(reverse("officials:add"), form)
        assert answer.status_code == 400
        assert not Official.objects.filter(full_name="Nguyễn Văn A").exists()
        assert browser.post(reverse("officials:add"), form | {"unit": ""}).status_code == 302


def test_groups_of_the_roles_stand_first_in_the_order_of_roles(browser):
    make(browser)
    groups = [group.agency_group for group in browser.get(url("index")).context["object_list"]]
    assert [entry.role for entry in groups] == [*(role.value for role in Role.of("department")), "approver"]
    assert [entry.name for entry in groups][-1] == "Tổ tin tức"
