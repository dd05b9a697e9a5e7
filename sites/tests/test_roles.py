"""The matrix of roles: for each right those who have it, those who do not, and those of another agency.

Every role stands on one side of every right, so a role that gains or loses one fails a test. What a second person
approves is tested in the room editorial.
"""

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from sites.enums import PROVINCE_WIDE, Role
from sites.models import AgencyGroup, Departure, Official, Unit
from sites.permissions import needs_second_factor
from sites.tests.refusals import is_refused

pytestmark = pytest.mark.django_db

User = get_user_model()
OF_AN_AGENCY = [role for role in Role if role not in PROVINCE_WIDE]
WRITERS = {Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR}
ADMINISTRATORS = {Role.ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR}
READERS = ADMINISTRATORS | {Role.AUDITOR}


def pytest_generate_tests(metafunc):
    """Give each class of a right the roles that its three tests are for."""
    may = getattr(metafunc.cls, "may", set())
    roles = {
        "test_those_who_may": [role for role in Role if role in may],
        "test_those_who_may_not": [role for role in Role if role not in may],
        "test_those_of_another_agency": OF_AN_AGENCY,
    }
    if metafunc.function.__name__ in roles:
        metafunc.parametrize("role", roles[metafunc.function.__name__], ids=str)


@pytest.fixture
def somebody(province, department):
    """Make a person with a role: at the named agency, or at the province for what only the province has."""

    def make(role, agency=None):
        agency = province if role in PROVINCE_WIDE else agency or department
        person = User.objects.create_user(f"{role}.{agency.code}.{User.objects.count()}")
        person.email = f"{person.pk}@example.vn"
        person.full_name = f"Người thử {person.pk}"
        person.save()
        person.groups.add(AgencyGroup.objects.get(agency=agency, role=role, name="").group)
        return person

    return make


class Right:
    """Three tests of one right; a subclass says who may, and tries it by `does`."""

    may: set[Role]

    def does(self, client, agency, somebody) -> bool:
        """Try to use the right on something of an agency, and return whether it worked."""
        raise NotImplementedError

    def tried(self, client_for, department, somebody, person):
        return self.does(client_for(department, person), department, somebody)

    def test_those_who_may(self, role, client_for, department, somebody):
        assert self.tried(client_for, department, somebody, somebody(role))

    def test_those_who_may_not(self, role, client_for, department, somebody):
        assert not self.tried(client_for, department, somebody, somebody(role))

    def test_those_of_another_agency(self, role, client_for, department, district, somebody):
        assert not self.tried(client_for, department, somebody, somebody(role, district))


def shows(client, address, text):
    answer = client.get(address)
    return answer.status_code == 200 and text in answer.text


def role_group(agency, role):
    return AgencyGroup.objects.get(agency=agency, role=role, name="")


class TestWritingArticles(Right):
    may = WRITERS

    def does(self, client, agency, somebody):
        section = agency.sections.get(key="tin-tuc/hoat-dong").page_id
        return client.get(f"/admin/pages/add/home/newspage/{section}/").status_code == 200


class TestReadingDrafts(Right):
    may = WRITERS | {Role.AUDITOR}

    def does(self, client, agency, somebody):
        page = agency.sections.get(key="tin-tuc/hoat-dong").page
        page.get_parent().specific.save_revision()
        page.specific.__class__.objects.filter(pk=page.pk).update(draft_title="Tên nháp", live=False)
        return shows(client, reverse("wagtailadmin_explore", args=[page.get_parent().pk]), "Tên nháp")


class TestChangingSettings(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        form = {"primary_colour": "#123456", "accent_colour": "#1a4480", "hotline": "0274",
                "links-TOTAL_FORMS": 0, "links-INITIAL_FORMS": 0}  # fmt: skip
        client.post(f"/admin/settings/agency_sites/portalsettings/{agency.site_id}/", form)
        settings = agency.site.portal_settings
        settings.refresh_from_db()
        return settings.primary_colour == "#123456"


class TestSeeingPeople(Right):
    may = READERS

    def does(self, client, agency, somebody):
        person = somebody(Role.DESK_OFFICER, agency)
        listed = shows(client, reverse("wagtailusers_users:index"), person.full_name)
        opened = shows(client, reverse("wagtailusers_users:edit", args=[person.pk]), person.username)
        assert listed == opened
        return listed


class TestAddingPeople(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        form = {"full_name": "Người Mới", "username": "nguoimoi", "email": "moi@example.vn",
                f"roles-{agency.pk}": role_group(agency, Role.EDITOR).pk}  # fmt: skip
        client.post(reverse("wagtailusers_users:add", query={"agency": agency.pk}), form)
        return User.objects.filter(username="nguoimoi").exists()


class TestChangingRoles(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        person = somebody(Role.EDITOR, agency)
        form = {"full_name": person.full_name, "username": "doiten", "email": person.email,
                f"roles-{agency.pk}": role_group(agency, Role.APPROVER).pk}  # fmt: skip
        client.post(reverse("wagtailusers_users:edit", args=[person.pk]), form)
        changed = set(AgencyGroup.objects.held_by(person).values_list("role", flat=True)) == {"approver"}
        assert User.objects.filter(username="doiten").exists() == changed
        return changed


class TestMakingPasswordLinks(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        person = somebody(Role.EDITOR, agency)
        page = client.post(reverse("wagtailusers_users:link", args=[person.pk]), follow=True)
        return f"/tai-khoan/dat-mat-khau/{user_pk_to_url_str(person)}-" in page.text


class TestLettingGo(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        person = somebody(Role.EDITOR, agency)
        client.post(reverse("wagtailusers_users:leave", args=[person.pk], query={"agency": agency.pk}))
        person.refresh_from_db()
        assert person.is_active != Departure.objects.filter(person=person).exists()
        return not person.is_active


class TestTakingBack(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        person = somebody(Role.EDITOR, agency)
        person.groups.clear()
        User.objects.filter(pk=person.pk).update(is_active=False)
        Departure.objects.create(person=person, agency=agency)
        form = {"roles": role_group(agency, Role.EDITOR).pk}
        client.post(reverse("wagtailusers_users:take_back", args=[person.pk], query={"agency": agency.pk}), form)
        person.refresh_from_db()
        return person.is_active


class TestMakingGroups(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        address = reverse("wagtailusers_groups:add", query={"agency": agency.pk})
        client.post(address, {"name": "Tổ tin", "role": "editor"})
        return AgencyGroup.objects.named().filter(agency=agency).exists()


class TestHandingOutRolesOfTheProvince(Right):
    may = {Role.PROVINCIAL_ADMINISTRATOR}

    def does(self, client, agency, somebody):
        person, auditor = somebody(Role.AUDITOR), somebody(Role.AUDITOR)
        top = role_group(auditor.groups.get().agency_group.agency, Role.PROVINCIAL_ADMINISTRATOR)
        form = {"full_name": person.full_name, "username": person.username, "email": "b@example.vn",
                f"roles-{top.agency_id}": top.pk}  # fmt: skip
        client.post(reverse("wagtailusers_users:edit", args=[person.pk]), form)
        return AgencyGroup.objects.held_by(person).filter(pk=top.pk).exists()


class TestKeepingUnits(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        client.post(reverse("units:add"), {"agency": agency.pk, "name_vi": "Phòng Mới", "position": 0})
        return Unit.objects.filter(agency=agency, name_vi="Phòng Mới").exists()


class TestKeepingOfficials(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        form = {"agency": agency.pk, "full_name": "Cán bộ thử", "job_title": "Chuyên viên", "position": 0}
        client.post(reverse("officials:add"), form)
        return Official.objects.filter(agency=agency, full_name="Cán bộ thử").exists()


class TestSeeingUnits(Right):
    may = READERS

    def does(self, client, agency, somebody):
        Unit.objects.create(agency=agency, name_vi="Phòng Mới")
        return shows(client, reverse("units:index", query={"q": "Mới"}), "Phòng Mới")


class TestKeepingRedirects(Right):
    may = ADMINISTRATORS

    def does(self, client, agency, somebody):
        form = {"old_path": "/duong-cu/", "site": agency.site_id, "is_permanent": "on",
                "redirect_page": agency.site.root_page_id}  # fmt: skip
        client.post(reverse("wagtailredirects:add"), form)
        return Redirect.objects.filter(site=agency.site, old_path="/duong-cu").exists()


class TestOpeningPortals(Right):
    may = {Role.PROVINCIAL_ADMINISTRATOR}

    def does(self, client, agency, somebody):
        role_group(agency, Role.DESK_OFFICER).group.delete()
        client.post(reverse("agencies:open_portal", args=[agency.pk]))
        return AgencyGroup.objects.filter(agency=agency, role=Role.DESK_OFFICER).exists()


class TestKeepingAgencies(Right):
    may = {Role.PROVINCIAL_ADMINISTRATOR}

    def does(self, client, agency, somebody):
        form = {"code": agency.code, "kind": agency.kind, "name_vi": "sở đổi tên", "public_host": "doiten.example.vn",
                "alias_hosts": "", "position": 1}  # fmt: skip
        client.post(reverse("agencies:edit", args=[agency.pk]), form)
        agency.refresh_from_db()
        return agency.name_vi == "sở đổi tên"


class TestReadingTheTrail(Right):
    may = READERS

    def does(self, client, agency, somebody):
        return client.get("/admin/audit/").status_code == 200

    # Each agency reads its own part of the trail, which the room audit tests.
    test_those_of_another_agency = None


def test_auditor_opens_a_draft_and_saves_nothing(somebody, department, client_for):
    page = department.sections.get(key="tin-tuc/hoat-dong").page.specific
    client = client_for(department, somebody(Role.AUDITOR))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(address).status_code == 200
    for form in ({"title": "Đã sửa", "slug": page.slug}, {"title": "Đã sửa", "action-publish": "1"}):
        assert is_refused(client.post(address, form))
    page.refresh_from_db()
    assert page.title != "Đã sửa"
    assert page.latest_revision is None


@pytest.mark.parametrize("role", Role, ids=str)
def test_everybody_enters_the_admin(role, somebody, department, client_for):
    assert client_for(department, somebody(role)).get("/admin/").status_code == 200


@pytest.mark.parametrize("role", Role, ids=str)
def test_second_factor_is_asked_of_those_whose_account_is_worth_stealing(role, somebody):
    assert needs_second_factor(somebody(role)) == (role in ADMINISTRATORS | {Role.APPROVER, Role.AUDITOR})
