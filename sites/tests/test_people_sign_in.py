"""How people sign in, as an administrator sees and helps: second factor, identities, open sessions."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.services.identities import record_identity
from accounts.services.second_factor import has_second_factor
from accounts.tests.factories import PASSWORD, give_device, is_in, type_password
from accounts.tests.factories import browser as open_browser
from audit.models import AuditEntry
from sites.enums import PROVINCE_WIDE, Role
from sites.models import AgencyGroup
from sites.signals import access_refused

pytestmark = pytest.mark.django_db

User = get_user_model()
MAY = {Role.ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def url(name, *args):
    return reverse(f"wagtailusers_users:{name}", args=args)


@pytest.fixture(autouse=True)
def _provider(settings):
    words = {"issuer": "https://dangnhap.example.vn", "client_id": "x", "client_secret": "y"}
    settings.OIDC_PROVIDERS = [{"id": "tinh", "name": "Tài khoản tỉnh", **words}]


@pytest.fixture
def somebody(province, department):
    """Make a person with a role: at the named agency, or at the province for what only the province has."""

    def make(role, agency=None):
        agency = province if role in PROVINCE_WIDE else agency or department
        number = User.objects.count()
        person = User.objects.create_user(
            f"{role}.{number}", password=PASSWORD, email=f"{number}@example.vn", full_name=f"Người {number}"
        )
        person.groups.add(AgencyGroup.objects.get(agency=agency, role=role, name="").group)
        return person

    return make


@pytest.fixture
def person(somebody):
    """An approver of the department with a device, an identity and an open session."""
    person = somebody(Role.APPROVER)
    give_device(person)
    SocialAccount.objects.create(user=person, provider="tinh", uid="ma-so-cu")
    return person


@pytest.fixture
def chief(somebody):
    return somebody(Role.ADMINISTRATOR)


@pytest.fixture
def browser(chief, department, client_for):
    return client_for(department, chief)


def sign_in(person):
    """Open a session in which only the password was typed."""
    client = open_browser(HTTP_USER_AGENT=FIREFOX)
    type_password(client, person.username)
    return client


def acts(person):
    """Every act on how somebody signs in: address and form."""
    identity = SocialAccount.objects.filter(user=person).first()
    session = UserSession.objects.filter(user=person).first()
    return {
        "reset": (url("reset_second_factor", person.pk), {}),
        "record": (url("sign_in", person.pk), {"provider": "tinh", "subject": "ma-so-moi"}),
        "remove": (url("remove_identity", person.pk, identity.pk if identity else 1), {}),
        "end one": (url("end_session", person.pk, session.pk if session else 1), {}),
        "end all": (url("end_sessions", person.pk), {}),
    }


def state():
    """Everything that somebody signs in with, and every open session."""
    tables = (
        Authenticator.objects.values_list("user", "type", "data"),
        SocialAccount.objects.values_list("user", "provider", "uid"),
        UserSession.objects.exclude(user__username__startswith="administrator").values_list("user", "session_key"),
        User.objects.values_list("pk", "password", "email"),
    )
    return [sorted(map(str, rows)) for rows in tables]


@pytest.fixture
def refused():
    reasons = []

    def note(reason, **kwargs):
        reasons.append(reason)

    access_refused.connect(note)
    yield reasons
    access_refused.disconnect(note)


@pytest.mark.parametrize("role", Role, ids=str)
class TestWhoMay:
    def test_see(self, role, person, somebody, department, client_for):
        answer = client_for(department, somebody(role)).get(url("sign_in", person.pk))
        assert answer.status_code == (200 if role in MAY | {Role.AUDITOR} else 404)
        assert ("ma-so-cu" in answer.text) == (answer.status_code == 200)

    def test_act(self, role, person, somebody, department, client_for):
        client, before = client_for(department, somebody(role)), state()
        for what, (address, form) in acts(person).items():
            # As if the person had signed in between: who has handed out one key does not hand out the other.
            User.objects.filter(pk=person.pk).update(last_login=timezone.now())
            answer = client.post(address, form)
            assert (answer.status_code == 302 and answer.url == url("sign_in", person.pk)) == (role in MAY), what
        assert (state() == before) == (role not in MAY)

    def test_nobody_of_another_agency(self, role, person, somebody, district, department, client_for):
        if role in PROVINCE_WIDE:
            return
        client, before = client_for(department, somebody(role, district)), state()
        for address, form in acts(person).values():
            assert {client.get(address).status_code, client.post(address, form).status_code} <= {404, 405}
        assert state() == before


class TestNeverUpwardAndNeverOneself:
    @pytest.mark.parametrize(
        "whom", ["oneself", "operator", "provincial administrator", "auditor", "of both", "of others", "of nobody"]
    )
    def test_administrator_is_refused(self, whom, browser, chief, somebody, operator, district):
        both = somebody(Role.EDITOR)
        both.groups.add(AgencyGroup.objects.get(agency=district, role=Role.EDITOR, name="").group)
        person = {
            "oneself": chief,
            "operator": operator,
            "provincial administrator": somebody(Role.PROVINCIAL_ADMINISTRATOR),
            "auditor": somebody(Role.AUDITOR),
            "of both": both,
            "of others": somebody(Role.APPROVER, district),
            "of nobody": User.objects.create_user("khong.ai"),
        }[whom]
        give_device(person)
        record_identity(person, provider="tinh", subject="ma-so-1", by=None)
        before = state()
        for address, form in acts(person).values():
            assert {browser.get(address).status_code, browser.post(address, form).status_code} <= {404, 405}
        assert state() == before

    def test_provincial_administrator_does_not_reach_operators(self, somebody, operator, department, client_for):
        give_device(operator)
        client = client_for(department, somebody(Role.PROVINCIAL_ADMINISTRATOR))
        for address, form in acts(operator).values():
            assert {client.get(address).status_code, client.post(address, form).status_code} <= {404, 405}
        assert has_second_factor(operator)

    def test_right_that_was_lost_while_the_page_was_open(self, browser, chief, person, refused):
        assert browser.get(url("reset_second_factor", person.pk)).status_code == 200
        chief.groups.clear()
        answer = browser.post(url("reset_second_factor", person.pk))
        assert answer.status_code in {302, 403, 404}
        assert has_second_factor(person)

    def test_own_account_leads_to_its_own_page(self, browser, chief):
        assert 'href="/tai-khoan/bao-mat/"' in browser.get(url("edit", chief.pk)).text
        assert url("sign_in", chief.pk) not in browser.get(url("edit", chief.pk)).text


class TestSecondFactor:
    def test_reset_asks_first_and_frees_the_person(self, browser, chief, person, mailoutbox):
        theirs = sign_in(person)
        page = browser.get(url("reset_second_factor", person.pk))
        assert person.email in page.text
        assert has_second_factor(person)
        answer = browser.post(url("reset_second_factor", person.pk), follow=True)
        assert "Đã đặt lại xác thực hai lớp" in answer.text
        assert not has_second_factor(person)
        assert not Authenticator.objects.filter(user=person).exists()
        assert not is_in(theirs)
        assert [mail.to for mail in mailoutbox] == [[person.email]]
        entry = AuditEntry.objects.get(action="account.second_factor")
        assert (entry.actor_id, entry.object_id) == (chief.pk, str(person.pk))

    def test_person_sets_up_a_new_device_afterwards(self, browser, person):
        browser.post(url("reset_second_factor", person.pk))
        assert type_password(open_browser(), person.username).url == "/tai-khoan/bao-mat/xac-thuc-hai-lop/"

    def test_second_click_says_that_there_is_none(self, browser, person, mailoutbox):
        browser.post(url("reset_second_factor", person.pk))
        answer = browser.post(url("reset_second_factor", person.pk), follow=True)
        assert "không có gì để đặt lại" in answer.text
        assert len(mailoutbox) == 1
        assert "không có gì để đặt lại" in browser.get(url("reset_second_factor", person.pk)).text

    def test_without_a_mail_address_the_administrator_is_asked_to_tell(self, browser, person, mailoutbox):
        User.objects.filter(pk=person.pk).update(email="")
        assert "báo trực tiếp" in browser.post(url("reset_second_factor", person.pk), follow=True).text
        assert not mailoutbox

    @pytest.mark.parametrize("role", Role, ids=str)
    def test_state_is_told_in_list_and_page(self, role, somebody, operator, province, client_for):
        person = somebody(role, province)
        client = client_for(province, operator)
        is_required = role not in {Role.EDITOR, Role.CONSULTATION_OFFICER, Role.DESK_OFFICER}
        results = reverse("wagtailusers_users:index_results", query={"q": person.username})
        for address in (results, url("edit", person.pk)):
            text = client.get(address).text
            assert "chưa bật" in text
            assert ("bắt buộc, chưa bật" in text) == is_required
        give_device(person)
        for address in (results, url("edit", person.pk)):
            text = client.get(address).text
            assert "chưa bật" not in text
            assert "đã bật" in text

    def test_role_elsewhere_that_requires_it_is_not_told(self, browser, somebody, district):
        person = somebody(Role.EDITOR)
        person.groups.add(AgencyGroup.objects.get(agency=district, role=Role.APPROVER, name="").group)
        text = browser.get(url("edit", person.pk)).text
        assert "chưa bật" in text
        assert "bắt buộc, chưa bật" not in text

    def test_list_is_filtered_by_it(self, browser, person, chief, somebody):
        editor = somebody(Role.EDITOR)
        shown = {
            state: {user for user in (person, chief, editor) if user.email in listed(browser, state)}
            for state in ("set_up", "missing", "none", "")
        }
        assert shown == {"set_up": {person}, "missing": {chief}, "none": {editor}, "": {person, chief, editor}}

    def test_export_tells_it(self, browser, person):
        text = b"".join(browser.get(url("index"), {"export": "csv"}).streaming_content).decode()
        row = next(line for line in text.splitlines() if person.username in line)
        assert "đã bật" in row


def listed(browser, state):
    return b"".join(browser.get(url("index"), {"export": "csv", "second_factor": state}).streaming_content).decode()


class TestTwoKeys:
    """Whoever could hand out password and device both could act in a colleague's name."""

    LINK = "link"
    RESET = "reset_second_factor"

    @pytest.mark.parametrize(("first", "second"), [(LINK, RESET), (RESET, LINK)])
    def test_one_administrator_hands_out_one_of_them(self, first, second, browser, person):
        browser.post(url(first, person.pk))
        before = state()
        answer = browser.post(url(second, person.pk), follow=True)
        assert "không ai giữ cả hai chìa khóa" in answer.text
        assert "/tai-khoan/dat-mat-khau/" not in answer.text
        assert state() == before

    @pytest.mark.parametrize(("first", "second"), [(LINK, RESET), (RESET, LINK)])
    def test_another_one_hands_out_the_other(self, first, second, browser, person, somebody, department, client_for):
        browser.post(url(first, person.pk))
        other = client_for(department, somebody(Role.ADMINISTRATOR))
        assert "hai chìa khóa" not in other.post(url(second, person.pk), follow=True).text
        assert not has_second_factor(person)

    def test_both_are_free_again_once_the_person_has_signed_in(self, browser, person):
        browser.post(url(self.LINK, person.pk))
        User.objects.filter(pk=person.pk).update(last_login=timezone.now() + timedelta(seconds=1))
        browser.post(url(self.RESET, person.pk))
        assert not has_second_factor(person)

    def test_operator_is_not_asked(self, person, operator, department, client_for):
        client = client_for(department, operator)
        client.post(url(self.LINK, person.pk))
        client.post(url(self.RESET, person.pk))
        assert not has_second_factor(person)

    def test_changed_mail_address_is_a_key_and_its_owner_is_told(self, browser, person, department, mailoutbox):
        old = person.email
        form = {"full_name": person.full_name, "username": person.username, "email": "khac@example.vn"}
        form |= {f"roles-{department.pk}": AgencyGroup.objects.held_by(person).get().pk}
        browser.post(url("edit", person.pk), form)
        assert [mail.to for mail in mailoutbox] == [[old]]
        assert "hai chìa khóa" in browser.post(url(self.RESET, person.pk), follow=True).text
        assert has_second_factor(person)

    def test_mail_address_stays_after_a_reset(self, browser, person, department):
        browser.post(url(self.RESET, person.pk))
        form = {"full_name": person.full_name, "username": person.username, "email": "khac@example.vn"}
        form |= {f"roles-{department.pk}": AgencyGroup.objects.held_by(person).get().pk}
        assert "hai chìa khóa" in browser.post(url("edit", person.pk), form).text
        assert User.objects.get(pk=person.pk).email == person.email

    def test_recorded_identity_is_a_key(self, browser, person):
        browser.post(url("sign_in", person.pk), {"provider": "tinh", "subject": "ma-so-moi"})
        assert "hai chìa khóa" in browser.post(url(self.RESET, person.pk), follow=True).text
        assert has_second_factor(person)

    def test_letting_go_and_taking_back_is_no_way_around(self, browser, person, department):
        browser.post(url(self.RESET, person.pk))
        agency = {"agency": department.pk}
        browser.post(reverse("wagtailusers_users:leave", args=[person.pk], query=agency))
        role = AgencyGroup.objects.get(agency=department, role=Role.APPROVER, name="").pk
        answer = browser.post(reverse("wagtailusers_users:take_back", args=[person.pk], query=agency), {"roles": role})
        assert "hai chìa khóa" in answer.text
        assert not User.objects.get(pk=person.pk).is_active


class TestIdentities:
    def test_administrator_records_one_and_the_person_is_told(self, browser, chief, person, mailoutbox):
        form = {"provider": "tinh", "subject": "  ma-so-moi "}
        answer = browser.post(url("sign_in", person.pk), form, follow=True)
        assert "ma-so-moi" in answer.text
        assert "Tài khoản tỉnh" in answer.text
        assert SocialAccount.objects.filter(user=person, provider="tinh", uid="ma-so-moi").exists()
        assert [mail.to for mail in mailoutbox] == [[person.email]]
        assert AuditEntry.objects.filter(action="account.identity", actor_id=chief.pk).count() == 1

    @pytest.mark.parametrize(
        "form",
        [
            {},
            {"provider": "tinh", "subject": " "},
            {"provider": "khac", "subject": "a"},
            {"provider": "tinh", "subject": "a" * 256},
            {"provider": "tinh", "subject": "a\x07b"},
            {"provider": "tinh", "subject": "a\x00b"},
        ],
    )
    def test_wrong_input_is_explained(self, form, browser, person):
        before = state()
        answer = browser.post(url("sign_in", person.pk), form)
        assert answer.status_code in {200, 400}
        assert state() == before

    def test_identity_of_somebody_else_is_not_given_away(self, browser, person, somebody, district):
        other = somebody(Role.EDITOR, district)
        record_identity(other, provider="tinh", subject="ma-so-khac", by=None)
        answer = browser.post(url("sign_in", person.pk), {"provider": "tinh", "subject": "ma-so-khac"})
        assert answer.status_code == 200
        assert other.full_name not in answer.text
        assert other.username not in answer.text
        assert SocialAccount.objects.get(uid="ma-so-khac").user == other

    def test_removing_asks_first_and_signs_out(self, browser, chief, person):
        User.objects.filter(pk=person.pk).update(is_superuser=False)
        Authenticator.objects.filter(user=person).delete()
        theirs = sign_in(person)
        identity = SocialAccount.objects.get(user=person)
        assert "ma-so-cu" in browser.get(url("remove_identity", person.pk, identity.pk)).text
        assert SocialAccount.objects.filter(user=person).exists()
        browser.post(url("remove_identity", person.pk, identity.pk))
        assert not SocialAccount.objects.filter(user=person).exists()
        assert not UserSession.objects.filter(user=person).exists()
        assert not is_in(theirs)
        assert browser.post(url("remove_identity", person.pk, identity.pk)).status_code == 404

    def test_identity_of_another_person_is_not_found_at_this_one(self, browser, person, somebody):
        other = somebody(Role.EDITOR)
        theirs = record_identity(other, provider="tinh", subject="ma-so-khac", by=None)
        address = url("remove_identity", person.pk, theirs.pk)
        assert (browser.get(address).status_code, browser.post(address).status_code) == (404, 404)
        assert SocialAccount.objects.filter(pk=theirs.pk).exists()

    def test_person_without_identities_has_none_to_remove(self, browser, somebody, person):
        theirs = SocialAccount.objects.get(user=person)
        address = url("remove_identity", somebody(Role.EDITOR).pk, theirs.pk)
        assert (browser.get(address).status_code, browser.post(address).status_code) == (404, 404)

    def test_provider_that_is_no_longer_configured_is_named_by_its_id(self, browser, person, settings):
        settings.OIDC_PROVIDERS = []
        answer = browser.get(url("sign_in", person.pk))
        assert "ma-so-cu" in answer.text
        assert "Ghi nhận định danh" not in answer.text

    def test_without_providers_there_is_nothing_of_it(self, browser, somebody, settings):
        settings.OIDC_PROVIDERS = []
        assert "Đăng nhập một lần" not in browser.get(url("sign_in", somebody(Role.EDITOR).pk)).text

    def test_closed_account_gets_none(self, browser, person, department):
        browser.post(reverse("wagtailusers_users:leave", args=[person.pk], query={"agency": department.pk}))
        answer = browser.post(url("sign_in", person.pk), {"provider": "tinh", "subject": "ma-so-moi"})
        assert "Tài khoản đã bị đóng" in answer.text or answer.status_code == 200
        assert not SocialAccount.objects.filter(uid="ma-so-moi").exists()


class TestSessions:
    @pytest.fixture
    def editor(self, somebody):
        return somebody(Role.EDITOR)

    def test_are_listed_with_device_and_network(self, browser, editor):
        sign_in(editor)
        text = browser.get(url("sign_in", editor.pk)).text
        assert "Firefox trên Linux" in text
        assert "127.0.0.1" in text

    def test_one_is_ended(self, browser, chief, editor):
        first, second = sign_in(editor), sign_in(editor)
        entry = UserSession.objects.get(session_key=first.session.session_key)
        browser.post(url("end_session", editor.pk, entry.pk))
        assert (is_in(first), is_in(second)) == (False, True)
        assert AuditEntry.objects.filter(action="session.ended", actor_id=chief.pk).count() == 1

    def test_all_are_ended(self, browser, editor, somebody):
        other = sign_in(somebody(Role.EDITOR))
        theirs = [sign_in(editor) for _number in range(3)]
        assert "3 phiên" in browser.post(url("end_sessions", editor.pk), follow=True).text
        assert not any(is_in(client) for client in theirs)
        assert is_in(other)

    def test_second_click_is_no_error(self, browser, editor):
        sign_in(editor)
        address = url("end_session", editor.pk, UserSession.objects.get(user=editor).pk)
        browser.post(address)
        assert "đã kết thúc" in browser.post(address, follow=True).text

    def test_session_of_somebody_else_does_not_end_at_this_address(self, browser, editor, somebody):
        other = somebody(Role.EDITOR)
        client = sign_in(other)
        browser.post(url("end_session", editor.pk, UserSession.objects.get(user=other).pk))
        assert is_in(client)

    def test_nobody_signed_in_is_said(self, browser, editor):
        assert "Hiện không đăng nhập ở đâu" in browser.get(url("sign_in", editor.pk)).text

    def test_letting_go_ends_and_records_them(self, browser, chief, editor, department):
        client = sign_in(editor)
        browser.post(reverse("wagtailusers_users:leave", args=[editor.pk], query={"agency": department.pk}))
        assert not is_in(client)
        assert not UserSession.objects.filter(user=editor).exists()
        assert AuditEntry.objects.filter(action="session.ended", actor_id=chief.pk).count() == 1

    def test_page_asks_as_much_for_many_sessions_of_many_people(self, browser, editor, somebody):
        sign_in(editor)
        browser.get(url("sign_in", editor.pk))
        with CaptureQueriesContext(connection) as few:
            browser.get(url("sign_in", editor.pk))
        for _number in range(8):
            sign_in(editor)
            sign_in(somebody(Role.EDITOR))
        with CaptureQueriesContext(connection) as many:
            browser.get(url("sign_in", editor.pk))
        assert len(many) == len(few) <= 40
        sessions = [query["sql"] for query in many if 'FROM "django_session"' in query["sql"]]
        assert all("session_key" in sql.partition("WHERE")[2] for sql in sessions), "reads sessions of everybody"


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 30])
@pytest.mark.parametrize("name", ["sign_in", "reset_second_factor", "end_sessions"])
def test_unknown_person_is_not_found(name, number, browser):
    assert browser.get(url(name, int(number))).status_code in {404, 405}
    assert browser.post(url(name, int(number))).status_code == 404
