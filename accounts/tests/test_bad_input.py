"""Every address of signing in, with what no browser of ours sends: refused with a clear answer, never a broken one."""

import re

import pytest
from django.urls import reverse

from accounts import urls
from accounts.tests.factories import browser, give_device, person, type_password

pytestmark = pytest.mark.django_db
WORDS = {"pk": 987_654_321, "provider_id": "khong-co", "uidb36": "1", "key": "abc-def"}
FIELDS = ("username", "password", "login", "email", "code", "oldpassword", "password1", "password2", "next", "remember")
NONSENSE = {
    "nothing": "",
    "a zero byte": "a\x00b",
    "overlong": "x" * 20_000,
    "letters of all kinds": "Ắ\u202e\ud7ff🙂\n\r\t",
    "a path": "../../etc/passwd",
    "markup": "<script>alert(1)</script>",
    "a number": "9" * 400,
    "an address": "//xau.example/",
    "a template": "{{ 7 }}{% debug %}",
}


def paths():
    for pattern in urls.urlpatterns:
        words = {name: WORDS[name] for name in pattern.pattern.converters or pattern.pattern.regex.groupindex}
        yield reverse(pattern.name, kwargs=words)


def visitors():
    """A stranger, somebody half-way in, and somebody who is in."""
    person("vao.roi")
    inside = browser()
    type_password(inside, "vao.roi")
    give_device(person("nua.duong"))
    half = browser()
    type_password(half, "nua.duong")
    return browser(), half, inside


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_breaks_nothing(what):
    value = NONSENSE[what]
    for client in visitors():
        for path in paths():
            for answer in (client.get(path, dict.fromkeys(FIELDS, value)),
                           client.post(path, dict.fromkeys(FIELDS, value))):  # fmt: skip
                assert answer.status_code < 500, path
                assert re.match("/(?!/)|$", answer.get("Location", "")), path
                assert not answer.streaming
                assert "<script>alert(1)" not in answer.text, path


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
def test_odd_methods_break_nothing(method):
    for client in visitors():
        for path in paths():
            assert getattr(client, method)(path).status_code < 500, path


def test_bodies_that_are_no_forms_break_nothing():
    bodies = [
        ("application/json", b"{"),
        ("application/json", b"[" * 5000),
        ("multipart/form-data; boundary=x", b"--x"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"username=a"),
        ("text/plain", b"\xff\xfe"),
    ]
    for client in visitors():
        for path in paths():
            for kind, body in bodies:
                assert client.post(path, body, content_type=kind).status_code < 500, (path, kind)


@pytest.mark.parametrize("cookie", ["", "x", "a" * 4000, "\xe1\xbb\x87", "../../x", "%00"])
def test_cookies_that_are_not_ours_break_nothing(cookie):
    person()
    for path in paths():
        client = browser()
        client.cookies["sessionid"] = cookie
        client.cookies["csrftoken"] = cookie
        assert client.get(path).status_code < 500


def test_forms_need_their_token():
    client = browser(enforce_csrf_checks=True)
    person()
    for path in paths():
        if "lien-thong" not in path:
            assert client.post(path, {"username": "nguoi.dung", "password": "x"}).status_code in {302, 403, 404}
    assert client.post("/tai-khoan/dang-nhap/", {"username": "nguoi.dung"}).status_code == 403
