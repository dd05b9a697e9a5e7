"""Where somebody is signed in: listed, ended, over by itself."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from accounts.services.second_factor import reset_second_factor
from accounts.services.sessions import sessions_of
from accounts.signals import session_ended
from accounts.tests.factories import MOMENT, SECURITY, browser, give_device, is_in, person, type_password
from sites.people.services import let_go

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
COCCOC = (
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130 Chrome/124 Safari/537.36"
)


def signed_in(username="nguoi.dung", agent=FIREFOX, **extra):
    client = browser(HTTP_USER_AGENT=agent, **extra)
    type_password(client, username)
    return client


def end(client, entry):
    return client.post(f"{SECURITY}phien/{entry.pk}/ket-thuc/")


_AJAX = {"headers": {"x-requested-with": "XMLHttpRequest", "accept": "application/json"}}
# What a browser with an old session may ask next: a page, a form, a script, the account.
REQUESTS = {
    "first page": ("get", "/admin/", {}, {}),
    "explorer": ("get", "/admin/pages/{page}/", {}, {}),
    "saving a page": ("post", "/admin/pages/{page}/edit/", {"title": "Bị sửa", "slug": "bi-sua"}, {}),
    "saving by script": ("post", "/admin/pages/{page}/edit/", {"title": "Bị sửa", "slug": "bi-sua"}, _AJAX),
    "sign of life": ("post", "/admin/editing-sessions/ping/wagtailcore/page/{page}/1/", {}, _AJAX),
    "list of the interface": ("get", "/admin/api/main/pages/{page}/", {}, _AJAX),
    "chooser": ("get", "/admin/choose-page/", {}, _AJAX),
    "upload": ("post", "/admin/images/multiple/add/", {}, _AJAX),
    "colleague": ("post", "/admin/users/edit/{user}/", {"full_name": "Bị sửa"}, {}),
    "decision": ("post", "/admin/editorial/pages/{page}/decide/", {"decision": "approve"}, {}),
    "own account": ("post", f"{SECURITY}phien/ket-thuc/", {}, {}),
}


class TestList:
    def test_shows_device_address_and_times(self):
        person()
        with time_machine.travel(MOMENT, tick=False):
            signed_in(agent=COCCOC, REMOTE_ADDR="203.0.113.9")
        with time_machine.travel(MOMENT + timedelta(minutes=90), tick=False):
            text = signed_in().get(SECURITY).text
        assert "Firefox trên Linux" in text
        assert "Cốc Cốc trên Windows" in text
        assert "203.0.113.9" in text
        assert "08:00 02/03/2026" in text
        assert "09:30 02/03/2026" in text
        assert text.count("phiên này") == 1

    def test_shows_nobody_elses(self):
        person()
        person("khac")
        signed_in("khac", agent=COCCOC)
        assert "Cốc Cốc" not in signed_in().get(SECURITY).text

    def test_forwarded_address_counts_only_behind_our_proxy(self, settings):
        person()
        client = signed_in(HTTP_X_FORWARDED_FOR="203.0.113.77")
        assert "203.0.113.77" not in client.get(SECURITY).text
        settings.TRUSTED_PROXIES = ["127.0.0.1"]
        assert "203.0.113.77" in signed_in(HTTP_X_FORWARDED_FOR="203.0.113.77").get(SECURITY).text

    def test_address_and_last_moment_follow_the_person(self):
        person()
        with time_machine.travel(MOMENT, tick=False):
            client = signed_in()
        with time_machine.travel(MOMENT + timedelta(minutes=6), tick=False):
            client.get("/admin/", REMOTE_ADDR="203.0.113.5")
        entry = UserSession.objects.get()
        assert entry.ip == "203.0.113.5"
        assert entry.last_seen_at == MOMENT + timedelta(minutes=6)

    @pytest.mark.parametrize("agent", ["", "x" * 5000, "<script>alert(1)</script>", "Ứng dụng lạ"])
    def test_strange_browsers_are_named_too(self, agent):
        person()
        text = signed_in(agent=agent).get(SECURITY).text
        assert "Thiết bị chưa rõ" in text
        assert "<script>alert" not in text

    def test_asks_no_more_of_the_database_with_many_sessions(self):
        user = person()
        signed_in()
        with CaptureQueriesContext(connection) as few:
            assert len(sessions_of(user)) == 1
        for _number in range(12):
            signed_in()
        with CaptureQueriesContext(connection) as many:
            assert len(sessions_of(user)) == 13
        assert len(many) == len(few) <= 2

    def test_what_is_over_is_not_listed_and_not_kept(self):
        user = person()
        with time_machine.travel(MOMENT, tick=False):
            signed_in()
        with time_machine.travel(MOMENT + timedelta(hours=7), tick=False):
            signed_in()
        with time_machine.travel(MOMENT + timedelta(hours=9), tick=False):
            assert [entry.last_seen_at for entry in sessions_of(user)] == [MOMENT + timedelta(hours=7)]
        assert UserSession.objects.count() == 1
        user.set_password("mot mat khau khac han")
        user.save()
        with time_machine.travel(MOMENT + timedelta(hours=9), tick=False):
            assert sessions_of(user) == []


class TestForgetting:
    def test_nothing_is_kept_of_sessions_that_are_over(self):
        person()
        person("khac")
        with time_machine.travel(MOMENT, tick=False):
            signed_in(REMOTE_ADDR="203.0.113.9")
            type_password(browser(), "khac", "sai")
        with time_machine.travel(MOMENT + timedelta(days=2), tick=False):
            client = signed_in("khac")
            out = StringIO()
            call_command("forget_sign_ins", stdout=out)
            assert is_in(client)
        assert "1 ended sessions and 1 old counters" in out.getvalue()
        assert [entry.user.username for entry in UserSession.objects.all()] == ["khac"]
        assert Session.objects.count() == 1


class TestCost:
    def test_admin_asks_nothing_of_sessions_and_devices_for_five_minutes(self, department, approver_of):
        user = approver_of(department)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            client.force_login(user)
        with time_machine.travel(MOMENT + timedelta(minutes=4), tick=False), CaptureQueriesContext(connection) as asked:
            assert client.get("/admin/").status_code == 200
        tables = ("mfa_authenticator", "usersessions_usersession", "accounts_attemptcounter", "socialaccount")
        assert not [query for query in asked if any(table in query["sql"] for table in tables)]

    def test_signing_in_costs_the_same_however_many_attempts_and_people_there_are(self):
        person()
        with CaptureQueriesContext(connection) as few:
            type_password(browser(REMOTE_ADDR="203.0.113.1"), "nguoi.dung")
        for number in range(20):
            person(f"khac.{number}")
            type_password(browser(REMOTE_ADDR=f"203.0.113.{number + 2}"), f"khac.{number}", "sai")
        with CaptureQueriesContext(connection) as many:
            type_password(browser(REMOTE_ADDR="203.0.113.99"), "khac.7")
        assert len(many) <= len(few) + 1
        assert len(few) <= 40


class TestEnding:
    def test_one_of_ones_own(self):
        person()
        phone, desk = signed_in(), signed_in()
        told = []

        def hear(user, by, **kwargs):
            told.append((user.username, by.username))

        session_ended.connect(hear)
        end(desk, UserSession.objects.get(session_key=phone.session.session_key))
        session_ended.disconnect(hear)
        assert not is_in(phone)
        assert is_in(desk)
        assert told == [("nguoi.dung", "nguoi.dung")]

    def test_all_others(self):
        person()
        phone, desk, home = signed_in(), signed_in(), signed_in()
        assert "2" in desk.post(f"{SECURITY}phien/ket-thuc/", follow=True).text
        assert (is_in(phone), is_in(desk), is_in(home)) == (False, True, False)

    def test_this_one_signs_out(self):
        person()
        client = signed_in()
        assert end(client, UserSession.objects.get()).url == "/tai-khoan/dang-nhap/"
        assert not is_in(client)

    def test_nobody_elses(self):
        person()
        person("khac")
        theirs, mine = signed_in("khac"), signed_in()
        assert end(mine, UserSession.objects.get(user__username="khac")).status_code == 404
        assert is_in(theirs)

    @pytest.mark.parametrize("path", [f"{SECURITY}phien/1/ket-thuc/", f"{SECURITY}phien/ket-thuc/"])
    def test_takes_a_click_and_a_person(self, path):
        assert browser().get(path).status_code in {302, 405}
        assert browser().post(path).status_code == 302
        person()
        assert signed_in().get(path).status_code in {400, 405}


class TestOver:
    @pytest.mark.parametrize(
        ("change", "keeps_others"),
        [("deactivate", False), ("delete", False), ("password", False), ("citizen", True)],
    )
    def test_changed_account_is_out_at_the_next_request(self, change, keeps_others, department, editor_of):
        user = editor_of(department)
        client = browser()
        type_password(client, user.username)
        assert client.get("/admin/").status_code == 200
        if change == "deactivate":
            user.is_active = False
            user.save()
        elif change == "delete":
            user.delete()
        elif change == "password":
            user.set_password("mot mat khau khac han")
            user.save()
        else:
            user.groups.clear()
            type(user).objects.filter(pk=user.pk).update(kind="citizen")
        assert client.get("/admin/").status_code in {302, 404}
        assert is_in(client) is keeps_others

    @pytest.mark.parametrize("request_name", list(REQUESTS))
    @pytest.mark.parametrize("change", ["close", "delete", "roles", "password", "reset", "let go"])
    def test_whatever_is_asked_after_a_change_gets_a_clear_answer(
        self, change, request_name, department, approver_of, administrator_of, client_for
    ):
        user, chief = approver_of(department), administrator_of(department)
        administrator_of(department)
        give_device(user)
        client = client_for(department, user)
        client.raise_request_exception = False
        assert client.get("/admin/").status_code == 200
        page = department.sections.get(key="tin-tuc").page
        if change == "close":
            type(user).objects.filter(pk=user.pk).update(is_active=False)
        elif change == "delete":
            user.delete()
        elif change == "roles":
            user.groups.clear()
        elif change == "password":
            user.set_password("mot mat khau khac han")
            user.save()
        elif change == "reset":
            reset_second_factor(user, by=chief)
            # Who was signed in by force has no row in the list of sessions.
            Session.objects.filter(session_key=client.session.session_key).delete()
        else:
            let_go(person=user, agency=department, by=chief)
        before = Page.objects.values_list("title", "latest_revision").get(pk=page.pk)
        method, path, data, extra = REQUESTS[request_name]
        answer = getattr(client, method)(path.format(page=page.pk, user=chief.pk), data, **extra)
        assert answer.status_code in {302, 400, 401, 403, 404, 405}, answer.status_code
        if answer.status_code == 302:
            assert answer.url.startswith(("/tai-khoan/", "/admin/"))
        assert "Traceback" not in answer.text
        assert Page.objects.values_list("title", "latest_revision").get(pk=page.pk) == before

    def test_who_lost_the_roles_is_out_of_the_admin(self, department, editor_of):
        user = editor_of(department)
        client = browser()
        type_password(client, user.username)
        user.groups.clear()
        answer = client.get("/admin/")
        assert answer.status_code == 302

    @pytest.mark.parametrize(("minutes", "is_still_in"), [(8 * 60 - 1, True), (8 * 60 + 1, False)])
    def test_left_alone_too_long(self, minutes, is_still_in):
        person()
        with time_machine.travel(MOMENT, tick=False):
            client = signed_in()
        with time_machine.travel(MOMENT + timedelta(minutes=minutes), tick=False):
            assert is_in(client) is is_still_in

    def test_lasts_no_longer_than_a_day_however_busy(self):
        person()
        with time_machine.travel(MOMENT, tick=False):
            client = signed_in()
        for hours in range(4, 25, 4):
            with time_machine.travel(MOMENT + timedelta(hours=hours), tick=False):
                assert is_in(client)
        with time_machine.travel(MOMENT + timedelta(hours=24, minutes=1), tick=False):
            assert not is_in(client)

    def test_clock_that_was_put_back_lengthens_no_session(self):
        person()
        with time_machine.travel(MOMENT, tick=False):
            client = signed_in()
        with time_machine.travel(MOMENT - timedelta(days=3), tick=False):
            assert not is_in(client)

    def test_session_of_another_installation_is_nobodys(self):
        person()
        client = signed_in()
        session = client.session
        session[SESSION_KEY] = "987654321"
        session.save()
        assert not is_in(client)

    def test_key_of_a_session_is_new_after_signing_in(self):
        person()
        client = browser()
        client.get("/tai-khoan/dang-nhap/")
        session = client.session
        session["planted"] = True
        session.save()
        client.cookies["sessionid"] = session.session_key
        type_password(client, "nguoi.dung")
        assert client.session.session_key != session.session_key
