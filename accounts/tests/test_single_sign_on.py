"""Signing in through OpenID Connect, with a real provider on this machine, over HTTP."""

import json
from datetime import timedelta
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError

from accounts.services.identities import identities_of, record_identity, remove_identity
from accounts.tests import provider as providers
from accounts.tests.factories import (
    CODE,
    DOOR,
    ENROL,
    MOMENT,
    browser,
    code_at,
    give_device,
    is_in,
    person,
    type_code,
)
from audit.models import AuditEntry

pytestmark = pytest.mark.django_db
LEAVE = "/tai-khoan/lien-thong/tinh/"
MAIL = "nguoi.dung@stttt.example"


@pytest.fixture(scope="module")
def one_provider():
    with providers.running() as provider:
        yield provider


@pytest.fixture
def idp(one_provider, settings):
    """The province's provider, as it is after its start, and named in the settings."""
    server, issuer = one_provider.server, one_provider.issuer
    one_provider.__dict__.update(
        claims={"sub": "ma-so-1"},
        in_token={},
        answers={},
        algorithm="RS256",
        signing_key=None,
        is_cancelling=False,
        authorizations={},
        asked=[],
    )
    assert (one_provider.server, one_provider.issuer) == (server, issuer)
    settings.OIDC_PROVIDERS = [{"id": "tinh", "name": "Tài khoản tỉnh", "issuer": issuer, **providers.CLIENT}]
    return one_provider


def walk(client, next_address=""):
    """Go to the provider and come back; return the answer of the portal, and the address it was asked."""
    leaving = client.get(LEAVE, {"next": next_address} if next_address else {})
    assert leaving.status_code == 302, leaving.text
    answer = requests.get(leaving.url, allow_redirects=False, timeout=5)
    back = answer.headers["Location"]
    path = back.split(".localhost", 1)[1]
    return client.get(path), path


def linked(**fields):
    user = person(**fields)
    record_identity(user, provider="tinh", subject="ma-so-1", by=None)
    return user


class TestWay:
    @pytest.mark.parametrize("code", ["binhduong", "stttt", "thuanan"])
    def test_recorded_person_comes_in_on_every_portal(self, idp, code, department, editor_of):
        user = editor_of(department)
        record_identity(user, provider="tinh", subject="ma-so-1", by=None)
        client = browser(code)
        answer, _path = walk(client, "/admin/pages/")
        assert answer.url == "/admin/pages/"
        assert client.get("/admin/").status_code == 200

    def test_door_names_the_provider(self, idp):
        text = browser().get(f"{DOOR}?next=/admin/pages/").text
        assert "Đăng nhập bằng Tài khoản tỉnh" in text
        assert f'href="{LEAVE}?next=%2Fadmin%2Fpages%2F"' in text

    def test_what_is_asked_is_bound_to_this_sign_in(self, idp):
        asked = parse_qs(urlsplit(browser().get(LEAVE).url).query)
        again = parse_qs(urlsplit(browser().get(LEAVE).url).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert asked["redirect_uri"] == ["http://stttt.localhost/tai-khoan/lien-thong/tinh/tro-lai/"]
        assert set(asked["scope"][0].split()) == {"openid", "email", "profile"}
        for word in ("state", "nonce", "code_challenge"):
            assert len(asked[word][0]) >= 16
            assert asked[word] != again[word]

    def test_visitor_chooses_nothing_of_what_is_asked(self, idp):
        url = browser().get(f"{LEAVE}?scope=admin&process=connect&auth_params=nonce%3Dmine%26prompt%3Dnone").url
        asked = parse_qs(urlsplit(url).query)
        assert "admin" not in asked["scope"][0]
        assert asked["nonce"] != ["mine"]
        assert "prompt" not in asked

    @pytest.mark.parametrize("next_address", ["https://xau.example/", "//xau.example/", "http://thuanan.localhost/"])
    def test_no_address_leads_away(self, idp, next_address):
        linked()
        answer, _path = walk(browser(), next_address)
        assert answer.url == "/admin/"

    def test_nothing_is_kept_but_who_it_is(self, idp):
        linked()
        idp.claims = {"sub": "ma-so-1", "name": "Tên Thật", "picture": "http://127.0.0.1/x.png", "phone_number": "09"}
        walk(browser())
        account = SocialAccount.objects.get()
        assert (account.uid, account.extra_data) == ("ma-so-1", {})
        assert not SocialToken.objects.exists()

    def test_second_time_needs_no_second_description(self, idp):
        linked()
        walk(browser())
        walk(browser())
        assert idp.asked.count("/.well-known/openid-configuration") == 1
        assert idp.asked.count("/keys") == 1

    def test_new_key_of_the_provider_is_fetched(self, idp):
        linked()
        walk(browser())
        idp.new_key()
        client = browser()
        walk(client)
        assert is_in(client)


class TestWho:
    def test_unknown_identity_makes_no_account(self, idp):
        person(email=MAIL)
        client = browser()
        answer, _path = walk(client)
        assert answer.status_code == 403
        assert "chưa có tài khoản" in answer.text
        assert get_user_model().objects.count() == 1
        assert not is_in(client)

    def test_trusted_mail_address_links_once_and_for_all(self, idp, settings):
        settings.OIDC_PROVIDERS[0]["trust_mail"] = True
        user = person(email=MAIL)
        idp.claims = {"sub": "ma-so-1", "email": MAIL.upper(), "email_verified": True}
        client = browser()
        walk(client)
        assert is_in(client)
        assert SocialAccount.objects.get().user == user
        assert AuditEntry.objects.filter(action="account.identity", actor_id=user.pk).exists()
        user.refresh_from_db()
        assert user.has_usable_password()
        # From now on the identity counts, whatever the address.
        idp.claims = {"sub": "ma-so-1"}
        again = browser()
        walk(again)
        assert is_in(again)

    @pytest.mark.parametrize("verified", [False, None, "true", "false", 1, [True]])
    def test_address_must_be_verified(self, idp, settings, verified):
        settings.OIDC_PROVIDERS[0]["trust_mail"] = True
        person(email=MAIL)
        idp.claims = {"sub": "ma-so-1", "email": MAIL, "email_verified": verified}
        assert walk(browser())[0].status_code == 403

    def test_untrusted_provider_links_nobody_by_mail(self, idp):
        person(email=MAIL)
        idp.claims = {"sub": "ma-so-1", "email": MAIL, "email_verified": True}
        assert walk(browser())[0].status_code == 403

    def test_address_of_two_accounts_links_neither(self, idp, settings):
        settings.OIDC_PROVIDERS[0]["trust_mail"] = True
        person(email=MAIL)
        person("hai", email=MAIL.upper(), is_active=False)
        idp.claims = {"sub": "ma-so-1", "email": MAIL, "email_verified": True}
        assert walk(browser())[0].status_code == 403

    def test_second_identity_takes_over_no_account(self, idp, settings):
        settings.OIDC_PROVIDERS[0]["trust_mail"] = True
        linked(email=MAIL)
        idp.claims = {"sub": "ma-so-2", "email": MAIL, "email_verified": True}
        assert walk(browser())[0].status_code == 403

    @pytest.mark.parametrize("fields", [{"is_active": False}, {"kind": "citizen"}])
    def test_closed_accounts_and_citizens_stay_out(self, idp, fields):
        linked(**fields)
        client = browser()
        assert walk(client)[0].status_code == 403
        assert not is_in(client)

    def test_another_persons_session_ends_first(self, idp):
        linked()
        other = person("khac")
        client = browser()
        client.force_login(other)
        walk(client)
        assert "nguoi.dung" in client.get("/tai-khoan/bao-mat/").text


class TestSecondFactor:
    def test_provider_that_asked_for_two_proofs_is_believed(self, idp, department, approver_of):
        user = approver_of(department)
        record_identity(user, provider="tinh", subject="ma-so-1", by=None)
        for amr in (["pwd", "otp"], ["mfa"], ["hwk", "face"]):
            idp.claims = {"sub": "ma-so-1", "amr": amr}
            client = browser()
            assert walk(client, "/admin/")[0].url == "/admin/"
            assert client.get("/admin/").status_code == 200

    @pytest.mark.parametrize("amr", [None, [], ["pwd"], ["otp"], "mfa", {"mfa": 1}, [["mfa"]], ["pwd", "kba"]])
    def test_provider_that_did_not_is_not(self, idp, amr, department, approver_of):
        user = approver_of(department)
        record_identity(user, provider="tinh", subject="ma-so-1", by=None)
        idp.claims = {"sub": "ma-so-1", "amr": amr}
        client = browser()
        assert walk(client, "/admin/")[0].url == ENROL
        assert client.get("/admin/").status_code == 302

    def test_own_device_is_asked_otherwise(self, idp):
        secret = give_device(linked())
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            assert walk(client)[0].url == CODE
            assert not is_in(client)
            type_code(client, code_at(secret, MOMENT))
            assert is_in(client)

    def test_identity_that_others_recorded_does_not_get_past_the_device(self, idp):
        idp.claims = {"sub": "ma-so-1", "amr": ["mfa"]}
        with time_machine.travel(MOMENT, tick=False):
            secret = give_device(linked(last_login=MOMENT - timedelta(days=1)))
        with time_machine.travel(MOMENT + timedelta(minutes=1), tick=False):
            first, second = browser(), browser()
            assert walk(first)[0].url == CODE
            type_code(first, code_at(secret, MOMENT, 2))
            assert is_in(first)
            # Its owner has shown both together: now the provider's word is enough.
            walk(second)
            assert is_in(second)

    def test_owner_is_told_by_mail_of_an_identity(self, idp, mailoutbox):
        user = linked(email=MAIL)
        remove_identity(user, provider="tinh", by=None)
        assert [mail.to for mail in mailoutbox] == [[MAIL], [MAIL]]
        assert len({mail.subject for mail in mailoutbox}) == 2

    def test_one_of_two_identities_is_removed(self, idp):
        user = linked()
        record_identity(user, provider="tinh", subject="ma-so-2", by=None)
        assert remove_identity(user, provider="tinh", subject="ma-so-1", by=None) == 1
        assert [account.uid for account, _name in identities_of(user)] == ["ma-so-2"]


def _wrong_signature(idp):
    idp.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _symmetric(idp):
    idp.algorithm, idp.signing_key = "HS256", providers.CLIENT["client_secret"].ljust(64, "x")


def _unsigned(idp):
    idp.algorithm, idp.signing_key = "none", ""


def _old(idp):
    now = int(MOMENT.timestamp())
    idp.in_token = {"iat": now - 4000, "exp": now - 3600}


FORGERIES = {
    "signature of somebody else": _wrong_signature,
    "signature with a shared secret": _symmetric,
    "no signature": _unsigned,
    "over": _old,
    "nonce of another sign-in": lambda idp: idp.__dict__.update(in_token={"nonce": "khac"}),
    "no nonce": lambda idp: idp.__dict__.update(in_token={"nonce": None}),
    "issuer of another": lambda idp: idp.__dict__.update(in_token={"iss": "https://khac.example"}),
    "no issuer": lambda idp: idp.__dict__.update(in_token={"iss": None}),
    "for another program": lambda idp: idp.__dict__.update(in_token={"aud": "khac"}),
    "for several, not said for whom": lambda idp: idp.__dict__.update(in_token={"aud": ["khac", "cong-khai"]}),
    "made for another party": lambda idp: idp.__dict__.update(in_token={"azp": "khac"}),
    "without an end": lambda idp: idp.__dict__.update(in_token={"exp": None}),
    "nobody": lambda idp: idp.__dict__.update(claims={}),
    "a number": lambda idp: idp.__dict__.update(claims={"sub": 17}),
    "a novel": lambda idp: idp.__dict__.update(claims={"sub": "x" * 300}),
}
BROKEN_ANSWERS = {
    "token: refused": ("/token", (400, {"error": "invalid_grant"})),
    "token: failed": ("/token", (500, b"<html>")),
    "token: no JSON": ("/token", (200, b"<html>")),
    "token: a list": ("/token", (200, [])),
    "token: no ID token": ("/token", (200, {"access_token": "x"})),
    "token: no text": ("/token", (200, {"access_token": "x", "id_token": 17})),
    "token: rubbish": ("/token", (200, {"access_token": "x", "id_token": "a.b.c"})),
    "token: odd time": ("/token", (200, {"access_token": "x", "id_token": "a.b.c", "expires_in": "mai"})),
    "token: elsewhere": ("/token", (302, {})),
    "keys: failed": ("/keys", (500, {})),
    "keys: none": ("/keys", (200, {"keys": []})),
    "keys: no list": ("/keys", (200, {"keys": "x"})),
    "keys: rubbish": ("/keys", (200, {"keys": [{"kid": "x"}, {}]})),
    "keys: no JSON": ("/keys", (200, b"\xff\xfe")),
}
BROKEN_DESCRIPTIONS = {
    "failed": (500, {}),
    "no JSON": (200, b"<html>"),
    "a list": (200, []),
    "empty": (200, {}),
    "elsewhere": (302, {}),
    "another issuer": (200, {"issuer": "https://khac.example"}),
}


class TestForgery:
    @pytest.mark.parametrize("what", FORGERIES)
    def test_forged_token_opens_nothing(self, idp, what):
        linked()
        with time_machine.travel(MOMENT, tick=False):
            FORGERIES[what](idp)
            client = browser()
            answer, _path = walk(client)
            assert answer.status_code == 403
            assert "Không đăng nhập được" in answer.text
            assert not is_in(client)

    @pytest.mark.parametrize("what", BROKEN_ANSWERS)
    def test_provider_that_answers_wrongly_gets_a_clear_page(self, idp, what):
        linked()
        path, answer = BROKEN_ANSWERS[what]
        idp.answers = {path: answer}
        client = browser()
        assert walk(client)[0].status_code == 403
        assert not is_in(client)

    @pytest.mark.parametrize("what", BROKEN_DESCRIPTIONS)
    def test_provider_that_describes_itself_wrongly_gets_a_clear_page(self, idp, what):
        idp.answers = {"/.well-known/openid-configuration": BROKEN_DESCRIPTIONS[what]}
        answer = browser().get(LEAVE)
        assert answer.status_code == 403
        assert "Không đăng nhập được" in answer.text

    @pytest.mark.parametrize("endpoint", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
    @pytest.mark.parametrize("address", ["http://khac.example/x", "", None, 7, "file:///etc/passwd"])
    def test_secrets_go_to_no_unsafe_address(self, idp, endpoint, address):
        idp.answers = {"/.well-known/openid-configuration": (200, idp.description | {endpoint: address})}
        assert browser().get(LEAVE).status_code == 403

    def test_provider_that_is_down_gets_a_clear_page(self, settings):
        entry = {"id": "tinh", "name": "Tài khoản tỉnh", "issuer": "http://127.0.0.1:9", **providers.CLIENT}
        settings.OIDC_PROVIDERS = [entry]
        assert browser().get(LEAVE).status_code == 403

    def test_answer_in_another_browser_opens_nothing(self, idp):
        linked()
        victim, thief = browser(), browser()
        _answer, path = walk(thief)
        assert victim.get(path).status_code == 403
        assert not is_in(victim)

    def test_answer_is_good_once(self, idp):
        linked()
        client = browser()
        _answer, path = walk(client)
        client.post("/tai-khoan/dang-xuat/")
        assert client.get(path).status_code == 403
        assert not is_in(client)

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "?state=x&code=y",
            "?code=y",
            "?state=&code=",
            "?error=access_denied",
            "?state=%00",
            "?state=x&code=" + "y" * 3000,
            "?error=server_error&state=x",
        ],
    )
    def test_made_up_answers_open_nothing(self, idp, query):
        assert browser().get(f"{LEAVE}tro-lai/{query}").status_code in {400, 403}

    def test_answer_of_another_issuer_is_refused(self, idp):
        linked()
        client = browser()
        leaving = client.get(LEAVE)
        back = requests.get(leaving.url, allow_redirects=False, timeout=5).headers["Location"]
        path = back.split(".localhost", 1)[1]
        assert client.get(f"{path}&iss=https%3A%2F%2Fkhac.example").status_code == 403

    def test_answer_that_comes_too_late_is_refused(self, idp):
        linked()
        client = browser()
        with time_machine.travel(MOMENT, tick=False):
            leaving = client.get(LEAVE)
            back = requests.get(leaving.url, allow_redirects=False, timeout=5).headers["Location"]
        with time_machine.travel(MOMENT + timedelta(minutes=11), tick=False):
            answer = client.get(back.split(".localhost", 1)[1])
        assert answer.status_code == 403
        assert "quá muộn" in answer.text

    def test_person_may_break_it_off(self, idp):
        linked()
        idp.is_cancelling = True
        answer, _path = walk(browser())
        assert answer.status_code == 403
        assert "bị dừng" in answer.text

    @pytest.mark.parametrize("path", ["/tai-khoan/lien-thong/khac/", "/tai-khoan/lien-thong/khac/tro-lai/"])
    def test_unknown_provider_is_not_found(self, idp, path):
        assert browser().get(path).status_code == 404

    def test_nothing_happens_by_a_form(self, idp):
        assert browser().post(LEAVE).status_code in {400, 405}


class TestConfiguration:
    GOOD = {"id": "tinh", "name": "Tỉnh", "issuer": "https://dangnhap.example", **providers.CLIENT}

    @pytest.mark.parametrize(
        "entries",
        [
            {},
            ["tinh"],
            [{}],
            [GOOD | {"issuer": "http://dangnhap.example"}],
            [GOOD | {"id": "Tỉnh"}],
            [GOOD | {"scope": "email"}],
            [GOOD | {"trust_mail": "true"}],
            [GOOD | {"secret": "x"}],
            [GOOD, GOOD],
        ],
    )
    def test_wrong_settings_are_named_at_the_start(self, settings, entries):
        settings.OIDC_PROVIDERS = entries
        with pytest.raises(SystemCheckError, match="OIDC_PROVIDERS"):
            call_command("check")

    def test_right_settings_pass(self, settings):
        settings.OIDC_PROVIDERS = [self.GOOD, self.GOOD | {"id": "vneid", "trust_mail": True, "scope": "openid"}]
        call_command("check")


class TestCommand:
    def test_records_and_takes_away(self, idp):
        person()
        out = StringIO()
        call_command("link_identity", "nguoi.dung", "tinh", "ma-so-1", stdout=out)
        client = browser()
        walk(client)
        assert is_in(client)
        call_command("link_identity", "nguoi.dung", "tinh", remove=True, stdout=out)
        assert walk(browser())[0].status_code == 403
        changes = AuditEntry.objects.filter(action="account.identity").order_by("pk").values_list("details", flat=True)
        assert [json.loads(change)["change"] for change in changes] == ["recorded", "removed"]

    @pytest.mark.parametrize(
        "words",
        [("khong.ai", "tinh", "x"), ("nguoi.dung", "khac", "x"), ("nguoi.dung", "tinh"), ("hai", "tinh", "ma-so-1")],
    )
    def test_refuses_what_cannot_be(self, idp, words):
        linked()
        person("hai")
        with pytest.raises(CommandError):
            call_command("link_identity", *words)
