"""Guessing is slowed down, and nobody can lock anybody else out by it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection

from accounts.enums import AttemptKind
from accounts.models import AttemptCounter
from accounts.services.attempts import (
    FREE,
    LONGEST_WAIT,
    Throttled,
    count_attempt,
    forget_old_attempts,
    forgive_attempt,
    network_of,
    password_counters,
    wait_after,
)
from accounts.signals import sign_in_throttled
from accounts.tests.factories import (
    CODE,
    DOOR,
    MOMENT,
    PASSWORD,
    browser,
    code_at,
    give_device,
    is_in,
    person,
    type_code,
    type_password,
)

pytestmark = pytest.mark.django_db
STRANGER, OTHER, OWNER = "203.0.113.7", "203.0.113.99", "198.51.100.4"
WAIT = "Quá nhiều lần thử"


def hammer(username="nguoi.dung", times=FREE[AttemptKind.PASSWORD_BY_ACCOUNT] + 1, address=STRANGER):
    """Type wrong passwords from an address that nobody knows."""
    for number in range(times):
        answer = type_password(browser(REMOTE_ADDR=address), username, f"sai {number}")
    return answer


@pytest.fixture
def frozen():
    with time_machine.travel(MOMENT, tick=False) as travel:
        yield travel


class TestAtTheDoor:
    def test_stranger_is_held_up(self, frozen):
        person()
        answer = hammer()
        assert answer.status_code == 429
        assert WAIT in answer.text

    def test_right_password_of_a_stranger_waits_like_a_wrong_one(self, frozen):
        person()
        hammer()
        assert type_password(browser(REMOTE_ADDR=STRANGER), "nguoi.dung").status_code == 429
        assert type_password(browser(REMOTE_ADDR=OTHER), "nguoi.dung").status_code == 429

    def test_password_is_not_even_looked_at(self, frozen, monkeypatch):
        person()
        hammer()
        monkeypatch.setattr(MD5PasswordHasher, "encode", None)
        assert type_password(browser(REMOTE_ADDR=STRANGER), "nguoi.dung").status_code == 429

    def test_unknown_name_is_held_up_just_the_same(self, frozen):
        assert hammer("khong.ai").status_code == 429

    def test_after_the_wait_the_door_opens(self, frozen):
        person()
        hammer()
        frozen.shift(LONGEST_WAIT + timedelta(seconds=1))
        assert type_password(browser(REMOTE_ADDR=STRANGER), "nguoi.dung").status_code == 302

    def test_owner_comes_in_from_where_he_has_been_before(self, frozen):
        person()
        home = browser(REMOTE_ADDR=OWNER)
        type_password(home, "nguoi.dung")
        home.post("/tai-khoan/dang-xuat/")
        hammer(times=30)
        assert type_password(home, "nguoi.dung").status_code == 302
        assert is_in(home)

    def test_owner_comes_in_although_the_stranger_sits_in_the_same_network(self, frozen):
        person()
        home = browser(REMOTE_ADDR=OWNER)
        type_password(home, "nguoi.dung")
        home.post("/tai-khoan/dang-xuat/")
        hammer(times=32, address=OWNER)
        assert type_password(home, "nguoi.dung").status_code == 302

    def test_known_browser_is_held_up_by_its_own_mistakes_alone(self, frozen):
        person()
        home = browser(REMOTE_ADDR=OWNER)
        type_password(home, "nguoi.dung")
        home.post("/tai-khoan/dang-xuat/")
        for _number in range(FREE[AttemptKind.PASSWORD_BY_DEVICE] + 1):
            answer = type_password(home, "nguoi.dung", "sai")
        assert answer.status_code == 429
        # It does not spend what strangers, or the owner's second browser, have.
        assert type_password(browser(REMOTE_ADDR=OTHER), "nguoi.dung").status_code == 302

    def test_cookie_of_one_account_helps_with_no_other(self, frozen):
        person()
        person("nan.nhan")
        thief = browser(REMOTE_ADDR=STRANGER)
        type_password(thief, "nguoi.dung")
        thief.post("/tai-khoan/dang-xuat/")
        answers = [type_password(thief, "nan.nhan", f"sai {number}").status_code for number in range(7)]
        assert answers[-1] == 429

    @pytest.mark.parametrize("forge", [lambda value: value[:-2] + "xx", lambda value: "", lambda value: "a:b:c"])
    def test_forged_cookie_is_no_cookie(self, frozen, forge):
        person()
        home = browser(REMOTE_ADDR=OWNER)
        type_password(home, "nguoi.dung")
        home.post("/tai-khoan/dang-xuat/")
        name = next(name for name in home.cookies if name.startswith("device-"))
        home.cookies[name] = forge(home.cookies[name].value)
        hammer()
        assert type_password(home, "nguoi.dung").status_code == 429

    def test_cookie_is_bound_to_this_host_and_to_https(self, frozen, settings):
        settings.SESSION_COOKIE_SECURE = True
        person()
        client = browser()
        answer = client.post(DOOR, {"username": "nguoi.dung", "password": PASSWORD}, secure=True)
        cookie = next(cookie for name, cookie in answer.cookies.items() if "device-" in name)
        assert cookie.key.startswith("__Host-")
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert "nguoi" not in cookie.key + cookie.value

    def test_way_in_for_an_owner_in_a_new_browser(self, frozen, mailoutbox):
        person(email="nguoi.dung@stttt.example")
        hammer(times=10)
        new = browser(REMOTE_ADDR=OWNER)
        new.post("/tai-khoan/quen-mat-khau/", {"email": "nguoi.dung@stttt.example"})
        path = "/tai-khoan" + mailoutbox[0].body.split("/tai-khoan")[1].split()[0]
        form = new.get(path).url
        new.post(form, {"password1": "bon tu khong ai doan ra", "password2": "bon tu khong ai doan ra"})
        hammer(times=10)
        assert type_password(new, "nguoi.dung", "bon tu khong ai doan ra").status_code == 302

    def test_one_account_of_ones_own_clears_no_guesses_at_others(self, frozen):
        person()
        for number in range(32):
            # A fresh browser each time: no device is known.
            type_password(browser(REMOTE_ADDR=STRANGER), f"khac.{number}", "sai")
            answer = type_password(browser(REMOTE_ADDR=STRANGER), "nguoi.dung")
        assert answer.status_code == 429

    def test_other_networks_are_not_held_up(self, frozen):
        person()
        for number in range(32):
            type_password(browser(REMOTE_ADDR=STRANGER), f"khac.{number}", "sai")
        assert type_password(browser(REMOTE_ADDR=OWNER), "nguoi.dung").status_code == 302

    def test_rooms_above_are_told(self, frozen):
        told = []

        def hear(username, **kwargs):
            told.append(username)

        sign_in_throttled.connect(hear)
        hammer()
        sign_in_throttled.disconnect(hear)
        assert told == ["nguoi.dung"]

    def test_what_was_typed_as_a_name_is_kept_nowhere(self, frozen):
        hammer("mat-khau-go-nham", times=1)
        assert "mat-khau-go-nham" not in str(list(AttemptCounter.objects.values()))


class TestCodes:
    def test_guessing_codes_is_held_up(self, frozen):
        user = person()
        secret = give_device(user)
        thief = browser(REMOTE_ADDR=STRANGER)
        type_password(thief, user.username)
        answers = [type_code(thief, f"{number:06}").status_code for number in range(7)]
        assert answers[-1] == 429
        # Not by a new sign-in, either.
        again = browser(REMOTE_ADDR=OTHER)
        assert type_password(again, user.username).url == CODE
        assert type_code(again, code_at(secret, MOMENT)).status_code == 429

    def test_owner_is_not_held_up_by_it(self, frozen):
        user = person()
        secret = give_device(user)
        home, thief = browser(REMOTE_ADDR=OWNER), browser(REMOTE_ADDR=STRANGER)
        type_password(home, user.username)
        type_code(home, code_at(secret, MOMENT))
        home.post("/tai-khoan/dang-xuat/")
        type_password(thief, user.username)
        for number in range(30):
            type_code(thief, f"{number:06}")
        frozen.shift(timedelta(minutes=1))
        type_password(home, user.username)
        assert type_code(home, code_at(secret, MOMENT + timedelta(minutes=1))).status_code == 302


class TestAskingAgain:
    def test_guessing_the_password_of_an_open_session_is_held_up(self, frozen):
        person()
        client = browser()
        type_password(client, "nguoi.dung")
        frozen.shift(timedelta(minutes=16))
        ask = "/tai-khoan/xac-nhan/"
        answers = [client.post(ask, {"password": f"sai {number}"}) for number in range(9)]
        assert all(answer.status_code == 200 for answer in answers)
        frozen.shift(timedelta(minutes=2))
        assert client.post(ask, {"password": "sai"}).status_code == 200
        assert WAIT in client.post(ask, {"password": "sai"}).text


class TestCounting:
    def test_waits_grow_and_end(self):
        kind = AttemptKind.PASSWORD_BY_ACCOUNT
        waits = [wait_after(kind, number).total_seconds() for number in range(FREE[kind], FREE[kind] + 8)]
        assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
        assert not wait_after(kind, FREE[kind] - 1)
        assert wait_after(kind, 1_000_000) == LONGEST_WAIT

    def test_success_forgets_the_account_and_one_attempt_of_the_network(self):
        counters = password_counters("an", STRANGER, None)
        for _number in range(3):
            count_attempt(counters, MOMENT)
        forgive_attempt(counters)
        assert list(AttemptCounter.objects.values_list("kind", "failures")) == [(AttemptKind.PASSWORD_BY_NETWORK, 2)]

    def test_day_without_attempts_forgets_all(self):
        counters = password_counters("an", STRANGER, None)
        for _number in range(5):
            count_attempt(counters, MOMENT)
        with pytest.raises(Throttled):
            count_attempt(counters, MOMENT)
        count_attempt(counters, MOMENT + timedelta(hours=25))
        assert set(AttemptCounter.objects.values_list("failures", flat=True)) == {1}
        assert forget_old_attempts(MOMENT + timedelta(hours=50)) == 2

    def test_clock_that_was_put_back_locks_for_no_longer_than_ever(self):
        counters = password_counters("an", STRANGER, None)
        for _number in range(5):
            count_attempt(counters, MOMENT)
        with pytest.raises(Throttled) as refused:
            count_attempt(counters, MOMENT - timedelta(days=300))
        assert refused.value.wait <= LONGEST_WAIT

    def test_one_household_of_ipv6_is_one_network(self):
        assert network_of("2001:db8:1:2:3::1") == network_of("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
        assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
        assert network_of("198.51.100.4") == "198.51.100.4"
        assert network_of("") == "unknown"

    @pytest.mark.django_db(transaction=True)
    def test_attempts_at_one_moment_are_all_counted(self):
        counters = password_counters("an", STRANGER, None)

        def attempt(_number):
            try:
                count_attempt(counters, MOMENT)
                return True
            except Throttled:
                return False
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as threads:
            let_through = sum(threads.map(attempt, range(24)))
        assert let_through == FREE[AttemptKind.PASSWORD_BY_ACCOUNT]
