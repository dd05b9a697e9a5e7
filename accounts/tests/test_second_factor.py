"""The second factor: setting it up, using its codes once, losing the phone."""

import base64
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.enums import SecondFactorAction
from accounts.services.second_factor import has_second_factor, reset_second_factor, use_code
from accounts.signals import recovery_code_used, second_factor_changed
from accounts.tests.factories import (
    CODE,
    DOOR,
    ENROL,
    MOMENT,
    SECURITY,
    browser,
    code_at,
    give_device,
    is_in,
    person,
    recovery_codes,
    type_code,
    type_password,
)
from audit.models import AuditEntry

pytestmark = pytest.mark.django_db
CODES = "/tai-khoan/bao-mat/ma-du-phong/"
RENEW = "/tai-khoan/bao-mat/ma-du-phong/tao-moi/"
REMOVE = "/tai-khoan/bao-mat/xac-thuc-hai-lop/bo/"
WRONG = "Mã này không đúng."


def secret_on(answer) -> str:
    return re.search(r"<code>([A-Z2-7 ]+)</code>", answer.text)[1].replace(" ", "")


def sign_in(client, user, secret, moment):
    type_password(client, user.username)
    assert type_code(client, code_at(secret, moment)).status_code == 302


@pytest.fixture
def told():
    """What the rooms above are told."""
    heard = []

    def hear_change(user, action, by, **kwargs):
        heard.append((user.username, action, by.username if by else None))

    def hear_code(user, **kwargs):
        heard.append((user.username, "recovery code"))

    second_factor_changed.connect(hear_change)
    recovery_code_used.connect(hear_code)
    yield heard
    second_factor_changed.disconnect(hear_change)
    recovery_code_used.disconnect(hear_code)


class TestEnrolment:
    def test_approver_sets_a_device_up_at_the_first_sign_in(self, department, approver_of, told):
        user = approver_of(department)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            assert type_password(client, user.username, next="/admin/pages/").url == ENROL
            secret = secret_on(client.get(ENROL))
            answer = client.post(ENROL, {"code": code_at(secret, MOMENT)}, follow=True)
            assert answer.redirect_chain == [(CODES, 302)]
            shown = re.findall(r"<code>([\d-]+)</code>", answer.text)
            assert len(shown) == 10
            assert 'href="/admin/pages/"' in answer.text
            assert client.get("/admin/pages/").status_code in {200, 302}
            assert DOOR not in client.get("/admin/").get("Location", "")
        assert told == [(user.username, SecondFactorAction.ENROLLED, user.username)]

    def test_picture_says_what_the_text_says(self, department, approver_of):
        client = browser()
        type_password(client, approver_of(department).username)
        answer = client.get(ENROL)
        picture = re.search(r'src="data:image/svg\+xml;charset=utf-8;base64,([^"]+)"', answer.text)[1]
        assert b"<svg" in base64.b64decode(picture)
        # Reloading keeps the secret: the phone may have read it already.
        assert secret_on(client.get(ENROL)) == secret_on(answer)

    def test_wrong_code_sets_nothing_up(self, department, approver_of):
        user = approver_of(department)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, user.username)
            secret = secret_on(client.get(ENROL))
            wrong = f"{(int(code_at(secret, MOMENT)) + 1) % 1_000_000:06}"
            for typed in (wrong, "", "ａｂｃ", "1" * 50, "٣٤٥٦٧٨", code_at(secret, MOMENT, 5)):
                assert client.post(ENROL, {"code": typed}).status_code == 200
        assert not has_second_factor(user)

    def test_code_that_set_the_device_up_opens_no_door(self, department, approver_of):
        user = approver_of(department)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, user.username)
            code = code_at(secret_on(client.get(ENROL)), MOMENT)
            client.post(ENROL, {"code": code})
            thief = browser()
            type_password(thief, user.username)
            assert WRONG in type_code(thief, code).text
            assert not is_in(thief)

    def test_recovery_codes_are_shown_once(self, department, approver_of):
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, approver_of(department).username)
            client.post(ENROL, {"code": code_at(secret_on(client.get(ENROL)), MOMENT)})
            first, second = client.get(CODES), client.get(CODES)
        assert len(re.findall(r"<code>[\d-]+</code>", first.text)) == 10
        assert "<code>" not in second.text
        assert "no-store" in first["Cache-Control"]

    def test_sheet_holds_the_codes(self, department, approver_of):
        user = approver_of(department)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, user.username)
            client.post(ENROL, {"code": code_at(secret_on(client.get(ENROL)), MOMENT)})
            text = client.get(CODES).text
        sheet = base64.b64decode(re.search(r'href="data:text/plain;charset=utf-8;base64,([^"]+)"', text)[1]).decode()
        assert user.username in sheet
        assert [line.replace("-", "") for line in sheet.split("\n")[2:12]] == recovery_codes(user)

    def test_half_open_session_is_over_after_a_while(self, department, approver_of):
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, approver_of(department).username)
        with time_machine.travel(MOMENT + timedelta(minutes=16), tick=False):
            # Now it takes the password again.
            assert client.get(ENROL).url.startswith("/tai-khoan/xac-nhan/")

    def test_editor_may_have_one_and_need_not(self, department, editor_of):
        user = editor_of(department)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            assert type_password(client, user.username).url == "/admin/"
            secret = secret_on(client.get(ENROL))
            client.post(ENROL, {"code": code_at(secret, MOMENT)})
        later = MOMENT + timedelta(minutes=2)
        with time_machine.travel(later, tick=False):
            other = browser()
            assert type_password(other, user.username).url == CODE

    def test_secrets_lie_encrypted(self, department, approver_of, settings):
        user = approver_of(department)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, user.username)
            secret = secret_on(client.get(ENROL))
            assert secret not in str(dict(client.session))
            client.post(ENROL, {"code": code_at(secret, MOMENT)})
        stored = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))
        assert secret not in stored
        assert not any(code in stored for code in recovery_codes(user))


class TestCodes:
    @pytest.mark.parametrize("later", [-1, 0, 1])
    def test_clock_may_differ_by_half_a_minute(self, later):
        user = person()
        secret = give_device(user)
        assert use_code(user, code_at(secret, MOMENT, later), now=MOMENT, request=None)

    @pytest.mark.parametrize("later", [-3, -2, 2, 3, 100])
    def test_code_of_another_time_is_refused(self, later):
        user = person()
        secret = give_device(user)
        assert use_code(user, code_at(secret, MOMENT, later), now=MOMENT, request=None) is None

    def test_code_is_good_once(self):
        user = person()
        code = code_at(give_device(user), MOMENT)
        assert use_code(user, code, now=MOMENT, request=None)
        for seconds in (0, 5, 29, 31, 45):
            assert use_code(user, code, now=MOMENT + timedelta(seconds=seconds), request=None) is None

    @pytest.mark.django_db(transaction=True)
    def test_code_that_many_send_at_one_moment_lets_one_in(self):
        user = person()
        code = code_at(give_device(user), MOMENT)

        def attempt(_number):
            try:
                return use_code(user, code, now=MOMENT, request=None) is not None
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(attempt, range(16))) == 1

    def test_no_earlier_code_is_good_after_a_later_one(self):
        user = person()
        secret = give_device(user)
        assert use_code(user, code_at(secret, MOMENT, 1), now=MOMENT, request=None)
        assert use_code(user, code_at(secret, MOMENT, 0), now=MOMENT, request=None) is None

    def test_clock_that_was_put_back_opens_nothing(self):
        user = person()
        secret = give_device(user)
        assert use_code(user, code_at(secret, MOMENT), now=MOMENT, request=None)
        earlier = MOMENT - timedelta(hours=1)
        assert use_code(user, code_at(secret, earlier), now=earlier, request=None) is None

    def test_used_code_stays_used_when_the_cache_is_emptied(self):
        user = person()
        code = code_at(give_device(user), MOMENT)
        assert use_code(user, code, now=MOMENT, request=None)
        cache.clear()
        assert use_code(user, code, now=MOMENT, request=None) is None

    def test_codes_may_be_typed_with_spaces(self):
        user = person()
        code = code_at(give_device(user), MOMENT)
        assert use_code(user, f" {code[:3]} {code[3:]} ", now=MOMENT, request=None)

    @pytest.mark.parametrize("typed", ["", " ", "a", "１２３４５６", "\x00", "9" * 40, "-" * 12])
    def test_nonsense_is_no_code(self, typed):
        user = person()
        give_device(user)
        assert use_code(user, typed, now=MOMENT, request=None) is None

    def test_code_of_somebody_else_is_no_code(self):
        secret = give_device(person("khac"))
        user = person()
        give_device(user)
        assert use_code(user, code_at(secret, MOMENT), now=MOMENT, request=None) is None

    def test_lost_key_makes_codes_wrong_and_nothing_worse(self, settings):
        user = person()
        secret = give_device(user)
        paper = recovery_codes(user)[0]
        settings.SECRET_KEY = "another"
        assert use_code(user, code_at(secret, MOMENT), now=MOMENT, request=None) is None
        assert use_code(user, paper, now=MOMENT, request=None) is None

    def test_key_may_be_changed_if_the_old_one_is_named(self, settings):
        user = person()
        secret = give_device(user)
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
        assert use_code(user, code_at(secret, MOMENT), now=MOMENT, request=None)


class TestHalfWay:
    """Between the password and the code the account may change; what was proved holds no more then."""

    @pytest.mark.parametrize("change", ["password", "close", "citizen", "delete", "reset"])
    def test_first_proof_is_void_after_a_change(self, change):
        user = person()
        secret = give_device(user)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, user.username)
            if change == "password":
                user.set_password("mot mat khau khac han")
                user.save()
            elif change == "delete":
                user.delete()
            elif change == "reset":
                reset_second_factor(user, by=None)
            else:
                field = {"close": {"is_active": False}, "citizen": {"kind": "citizen"}}[change]
                type(user).objects.filter(pk=user.pk).update(**field)
            assert type_code(client, code_at(secret, MOMENT)).url.startswith(DOOR)
            assert not is_in(client)

    def test_it_is_over_after_a_quarter_of_an_hour(self):
        user = person()
        secret = give_device(user)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, user.username)
        later = MOMENT + timedelta(minutes=15, seconds=1)
        with time_machine.travel(later, tick=False):
            assert type_code(client, code_at(secret, later)).url == DOOR
            assert not is_in(client)

    def test_another_account_can_be_taken_instead(self):
        person("khac")
        user = person()
        give_device(user)
        client = browser()
        type_password(client, user.username)
        assert client.get(DOOR).url == CODE
        assert client.post(f"/tai-khoan/dang-xuat/?next={DOOR}").url == DOOR
        assert type_password(client, "khac").url == "/admin/"


class TestClocks:
    """At the door: the phone's clock is wrong, or this machine's was; the answer says what helps."""

    @pytest.mark.parametrize("minutes", [-60 * 24, -10, -2, 2, 10, 60 * 24])
    def test_phone_whose_clock_is_wrong_is_told_so(self, minutes):
        user = person()
        secret = give_device(user)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, user.username)
            answer = type_code(client, code_at(secret, MOMENT + timedelta(minutes=minutes)))
            assert answer.status_code == 200
            assert "giờ trên điện thoại" in answer.text
            # Once the clock is right, nothing is lost.
            assert type_code(client, code_at(secret, MOMENT)).url == "/admin/"

    def test_code_that_was_used_is_refused_in_words(self):
        user = person()
        secret = give_device(user)
        with time_machine.travel(MOMENT, tick=False):
            first, second = browser(), browser()
            for client in (first, second):
                type_password(client, user.username)
            type_code(first, code_at(secret, MOMENT))
            answer = type_code(second, code_at(secret, MOMENT))
            assert answer.status_code == 200
            assert WRONG in answer.text
            assert not is_in(second)

    @pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)])
    def test_machine_whose_clock_was_put_back_takes_recovery_codes(self, back, caplog):
        user = person()
        secret = give_device(user)
        with time_machine.travel(MOMENT, tick=False):
            client = browser()
            type_password(client, user.username)
            type_code(client, code_at(secret, MOMENT))
        earlier = MOMENT - back
        with time_machine.travel(earlier, tick=False):
            # What was seen then opens nothing now, and the operator finds out why.
            client = browser()
            type_password(client, user.username)
            assert WRONG in type_code(client, code_at(secret, earlier)).text
            assert "clock put back" in caplog.text
            assert type_code(client, recovery_codes(user)[0]).url == "/admin/"
        with time_machine.travel(MOMENT + timedelta(minutes=1), tick=False):
            client = browser()
            type_password(client, user.username)
            assert type_code(client, code_at(secret, MOMENT + timedelta(minutes=1))).url == "/admin/"

    @pytest.mark.parametrize("shift", [timedelta(days=-400), timedelta(days=400)])
    def test_device_can_be_set_up_while_the_clock_is_wrong(self, shift, department, approver_of):
        user = approver_of(department)
        moment = MOMENT + shift
        with time_machine.travel(moment, tick=False):
            client = browser()
            type_password(client, user.username)
            secret = secret_on(client.get(ENROL))
            assert client.post(ENROL, {"code": code_at(secret, MOMENT)}).status_code == 200
            assert client.post(ENROL, {"code": code_at(secret, moment)}).url == CODES

    @pytest.mark.parametrize("shift", [timedelta(days=-2), timedelta(days=2)])
    def test_clock_that_moves_between_password_and_code_begins_anew(self, shift):
        user = person()
        secret = give_device(user)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            type_password(client, user.username)
        with time_machine.travel(MOMENT + shift, tick=False):
            answer = type_code(client, code_at(secret, MOMENT + shift))
            assert answer.status_code == 302
            # Whoever is let in is let in by a session of now, which a clock put right ends again.
            assert is_in(client) == (answer.url != DOOR)


class TestRecoveryCodes:
    def test_each_opens_the_door_once(self, told):
        user = person(email="nguoi.dung@stttt.example")
        give_device(user)
        paper = recovery_codes(user)
        for code, is_let_in in ((paper[0], True), (paper[0], False), (paper[3], True)):
            client = browser()
            type_password(client, user.username)
            type_code(client, "-".join([code[:4], code[4:8], code[8:]]))
            assert is_in(client) is is_let_in
        assert told == [(user.username, "recovery code")] * 2
        assert "mã dự phòng" in mail.outbox[0].subject
        assert len(recovery_codes(user)) == 8

    def test_new_ones_make_the_old_ones_void(self, told):
        user = person()
        secret = give_device(user)
        old = recovery_codes(user)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            sign_in(client, user, secret, MOMENT)
            assert client.get(RENEW).status_code == 200
            assert client.post(RENEW).url == CODES
            assert len(re.findall(r"<code>[\d-]+</code>", client.get(CODES).text)) == 10
        assert not set(old) & set(recovery_codes(user))
        assert (user.username, SecondFactorAction.CODES_RENEWED, user.username) in told

    def test_without_a_device_there_are_none(self):
        client = browser()
        person()
        type_password(client, "nguoi.dung")
        assert client.get(CODES).status_code == 404
        assert client.post(RENEW).status_code == 200
        assert not Authenticator.objects.exists()


class TestChange:
    def test_moving_to_another_phone(self, told):
        user = person()
        old_secret = give_device(user)
        old_paper = recovery_codes(user)
        client, other = browser(), browser()
        with time_machine.travel(MOMENT, tick=False):
            sign_in(other, user, old_secret, MOMENT)
        moment = MOMENT + timedelta(minutes=1)
        with time_machine.travel(moment, tick=False):
            sign_in(client, user, old_secret, moment)
            secret = secret_on(client.get(ENROL))
            client.post(ENROL, {"code": code_at(secret, moment)})
            assert is_in(client)
            assert not is_in(other)
        assert secret != old_secret
        assert not set(old_paper) & set(recovery_codes(user))
        assert told == [(user.username, SecondFactorAction.REPLACED, user.username)]

    def test_changing_it_later_takes_a_code_again_and_no_password(self):
        user = person()
        secret = give_device(user)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            sign_in(client, user, secret, MOMENT)
        moment = MOMENT + timedelta(minutes=20)
        with time_machine.travel(moment, tick=False):
            for address in (ENROL, RENEW, REMOVE):
                assert client.get(address).url.startswith("/tai-khoan/xac-nhan/ma/")
            assert client.get("/tai-khoan/xac-nhan/").url.startswith("/tai-khoan/xac-nhan/ma/")
            asked = f"/tai-khoan/xac-nhan/ma/?next={REMOVE}"
            assert WRONG in client.post(asked, {"code": "000000"}).text
            assert client.post(asked, {"code": code_at(secret, moment)}).url == REMOVE
            assert client.get(REMOVE).status_code == 200

    def test_who_may_do_without_takes_it_away(self, told):
        user = person()
        secret = give_device(user)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            sign_in(client, user, secret, MOMENT)
            assert client.post(REMOVE).url == SECURITY
        assert not Authenticator.objects.filter(user=user).exists()
        assert told == [(user.username, SecondFactorAction.REMOVED, user.username)]

    def test_who_needs_it_keeps_it(self, department, approver_of):
        user = approver_of(department)
        secret = give_device(user)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            sign_in(client, user, secret, MOMENT)
            assert "không cho phép" in client.post(REMOVE).text
            assert REMOVE not in client.get(SECURITY).text
        assert has_second_factor(user)

    def test_rights_that_grow_ask_for_it_at_the_next_click(self, department, editor_of):
        user = editor_of(department)
        client = browser()
        type_password(client, user.username)
        assert client.get("/admin/").status_code == 200
        user.groups.add(department.groups.get(role="approver").group)
        assert client.get("/admin/").url.startswith(DOOR)
        assert client.get(f"{DOOR}?next=/admin/").url == ENROL

    def test_other_browser_that_has_not_shown_it_is_signed_out(self, department, approver_of):
        user = approver_of(department)
        client = browser()
        type_password(client, user.username)
        give_device(user)
        assert client.get(ENROL).status_code == 302
        assert SESSION_KEY not in client.session


class TestReset:
    def test_administrator_frees_somebody_of_a_lost_phone(self, department, approver_of, administrator_of, told):
        user, administrator = approver_of(department), administrator_of(department)
        secret = give_device(user)
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            sign_in(client, user, secret, MOMENT)
            assert is_in(client)
            assert reset_second_factor(user, by=administrator)
            assert not is_in(client)
            # The next sign-in sets a new one up.
            assert type_password(client, user.username).url == ENROL
        assert told == [(user.username, SecondFactorAction.RESET, administrator.username)]

    def test_command_does_the_same(self, told):
        user = person()
        give_device(user)
        out = StringIO()
        call_command("reset_second_factor", "nguoi.dung", stdout=out)
        assert "was reset" in out.getvalue()
        assert told == [("nguoi.dung", SecondFactorAction.RESET, None)]
        call_command("reset_second_factor", "nguoi.dung", stdout=out)
        assert "There was no second factor" in out.getvalue()

    def test_command_names_an_unknown_account(self):
        with pytest.raises(CommandError, match="no account khong.ai"):
            call_command("reset_second_factor", "khong.ai")

    def test_it_is_in_the_audit_trail(self, department, approver_of, administrator_of):
        user = approver_of(department)
        give_device(user)
        reset_second_factor(user, by=administrator_of(department))
        assert AuditEntry.objects.filter(action="account.second_factor").count() == 1


class TestWithoutAPhone:
    def test_command_shows_what_the_app_would_show(self):
        secret = give_device(person())
        out = StringIO()
        with time_machine.travel(MOMENT, tick=False):
            call_command("code_of_secret", *[secret[at : at + 4] for at in range(0, 32, 4)], stdout=out)
        assert out.getvalue().strip() == code_at(secret, MOMENT)

    def test_command_says_what_is_no_secret(self):
        with pytest.raises(CommandError, match="not a secret"):
            call_command("code_of_secret", "không-phải")
