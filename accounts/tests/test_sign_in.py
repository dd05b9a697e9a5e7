"""The one door for staff: who comes in by it, who does not, and where they get."""

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.signals import user_login_failed
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import (
    CODE,
    DOOR,
    ENROL,
    MOMENT,
    PASSWORD,
    SECURITY,
    browser,
    code_at,
    give_device,
    is_in,
    person,
    type_code,
    type_password,
)

pytestmark = pytest.mark.django_db
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


class TestDoor:
    @pytest.mark.parametrize("code", ["binhduong", "stttt", "thuanan"])
    def test_editor_comes_in_on_every_portal(self, code, department, editor_of):
        editor = editor_of(department)
        client = browser(code)
        assert type_password(client, editor.username).url == "/admin/"
        assert client.get("/admin/").status_code == 200

    def test_name_is_taken_in_whatever_case(self):
        person("an.nguyen")
        client = browser()
        assert type_password(client, " An.Nguyen ").status_code == 302
        assert is_in(client)

    @pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/images/"])
    def test_admin_leads_to_the_door_and_back(self, address, department, editor_of):
        client = browser()
        answer = client.get(address)
        assert answer.url == f"{DOOR}?next={address}"
        assert type_password(client, editor_of(department).username, next=address).url == address

    @pytest.mark.parametrize("address", ["/admin/login/?next=/admin/pages/", "/_util/login/?next=/admin/pages/"])
    def test_old_doors_lead_to_the_one_door(self, address):
        assert browser().get(address).url == f"{DOOR}?next=/admin/pages/"

    def test_old_way_to_a_new_password_leads_to_ours(self):
        assert browser().get("/admin/password_reset/").url == "/tai-khoan/quen-mat-khau/"

    @pytest.mark.parametrize(
        "next_address",
        ["https://xau.example/", "//xau.example/", "\\\\xau.example", "/\\xau.example", "javascript:alert(1)",
         "http:///xau.example", "https://stttt.localhost.xau.example/", "http://thuanan.localhost/", " https://xau.example"],
    )  # fmt: skip
    def test_no_address_leads_away(self, next_address):
        client = browser()
        person()
        assert type_password(client, "nguoi.dung", next=next_address).url == "/admin/"
        assert "xau.example" not in browser().get(DOOR, {"next": next_address}).text

    def test_who_is_signed_in_is_not_sent_round_in_circles(self):
        client = browser()
        person()
        type_password(client, "nguoi.dung")
        answer = client.get(DOOR, {"next": "/admin/pages/"})
        assert answer.status_code == 200
        assert "nguoi.dung" in answer.text

    def test_signing_out_needs_a_click(self):
        client = browser()
        person()
        type_password(client, "nguoi.dung")
        assert client.get("/tai-khoan/dang-xuat/").status_code == 200
        assert is_in(client)
        client.post("/tai-khoan/dang-xuat/")
        assert not is_in(client)

    def test_signing_out_of_the_admin_leads_to_the_door(self, department, editor_of):
        client = browser()
        type_password(client, editor_of(department).username)
        assert client.post("/admin/logout/").url.endswith(DOOR)
        assert not is_in(client)

    def test_nobody_makes_an_account_here(self):
        for address in ("/tai-khoan/dang-ky/", "/tai-khoan/signup/", "/accounts/signup/"):
            assert browser().get(address).status_code == 404


class TestRefusal:
    @pytest.mark.parametrize(
        ("username", "password"),
        [
            ("nguoi.dung", "sai"),
            ("khong.ai", PASSWORD),
            ("cong.dan", PASSWORD),
            ("da.nghi", PASSWORD),
            ("moi", PASSWORD),
        ],
    )
    def test_every_reason_sounds_the_same(self, username, password):
        person()
        person("cong.dan", kind="citizen")
        person("da.nghi", is_active=False)
        new = person("moi")
        new.set_unusable_password()
        new.save()
        client = browser()
        answer = type_password(client, username, password)
        assert answer.status_code == 200
        assert WRONG in answer.text
        assert not is_in(client)

    @pytest.mark.parametrize("username", ["nguoi.dung", "khong.ai", "da.nghi", "moi"])
    def test_unknown_name_costs_as_much_work_as_a_known_one(self, username, monkeypatch):
        person()
        person("da.nghi", is_active=False)
        new = person("moi")
        new.set_unusable_password()
        new.save()
        hashed = []
        encode = MD5PasswordHasher.encode

        def count(self, *args, **kwargs):
            hashed.append(args)
            return encode(self, *args, **kwargs)

        monkeypatch.setattr(MD5PasswordHasher, "encode", count)
        type_password(browser(), username, "sai")
        assert len(hashed) == 1

    @pytest.mark.parametrize("username", ["nguoi.dung", "cong.dan", "da.nghi"])
    def test_every_failure_is_told_once(self, username):
        person()
        person("cong.dan", kind="citizen")
        person("da.nghi", is_active=False)
        told = []

        def hear(credentials, **kwargs):
            told.append(credentials["username"])

        user_login_failed.connect(hear)
        type_password(browser(), username, "sai" if username == "nguoi.dung" else PASSWORD)
        user_login_failed.disconnect(hear)
        assert told == [username]

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"username": "a"},
            {"password": "x"},
            {"username": "x" * 5000, "password": "y"},
            {"username": "a", "password": "ư" * 5000},
        ],
    )
    def test_nonsense_is_answered_in_the_form(self, data):
        assert browser().post(DOOR, data).status_code == 200


class TestPublicPages:
    def test_no_public_page_sets_a_cookie(self, department):
        for path in ("/", "/tin-tuc/", "/so-do/", "/khong-co/"):
            assert not browser().get(path).cookies

    def test_who_is_signed_in_costs_a_public_page_nothing(self, department, editor_of, django_assert_num_queries):
        visitor, editor = browser(), browser()
        type_password(editor, editor_of(department).username)
        for client in (visitor, editor):
            client.get("/so-do/")
        with CaptureQueriesContext(connection) as needed:
            visitor.get("/so-do/")
        with django_assert_num_queries(len(needed)):
            editor.get("/so-do/")

    def test_pages_of_the_door_are_stored_nowhere(self):
        for path in (DOOR, "/tai-khoan/quen-mat-khau/"):
            assert "no-store" in browser().get(path)["Cache-Control"]


class TestSecondFactorAtTheDoor:
    def test_who_has_a_device_is_asked_for_its_code(self):
        secret = give_device(person())
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            assert type_password(client, "nguoi.dung", next=SECURITY).url == CODE
            assert not is_in(client)
            assert type_code(client, code_at(secret, MOMENT)).url == SECURITY
            assert is_in(client)

    @pytest.mark.parametrize("role", ["approver_of", "administrator_of"])
    def test_far_reaching_rights_ask_for_a_device_first(self, role, request, department):
        user = request.getfixturevalue(role)(department)
        client = browser()
        assert type_password(client, user.username, next="/admin/pages/").url == ENROL
        # Nothing is open but the way to the device.
        assert client.get("/admin/").url == f"{DOOR}?next=/admin/"
        assert client.get(SECURITY).status_code == 302
        assert client.get(f"{DOOR}?next=/admin/").url == ENROL
        assert client.get(ENROL).status_code == 200

    def test_code_page_without_a_password_leads_to_the_door(self):
        assert browser().get(CODE).url == DOOR
        assert browser().post(CODE, {"code": "123456"}).url == DOOR
