import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "stttt.localhost"}


@pytest.fixture
def client(department):
    return Client(**HOST)


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/tin-tuc/%00/",
        "/tin-tuc/?q=%00",
        "/tim-kiem/?q=%FF%FE",
        "/tim-kiem/?q=%C3%28",
        "/%C3%28/",
        "/tin-tuc/?trang=99999999999999999999",
        "/tin-tuc/?trang=-99999999999999999999999",
        "/?" + "a" * 9_000,
        "/" + "a/" * 1_500,
        "/tim-kiem/?q=%ED%A0%80",
    ],
)
def test_malformed_address_gets_a_helpful_400(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert 'lang="vi"' in answer.text


def test_many_parameters_are_refused(client):
    assert client.get("/tim-kiem/?" + "&".join(f"a{n}" for n in range(2_000))).status_code == 400


def test_unknown_charset_is_refused(client):
    assert client.post("/tim-kiem/", b"a=b", content_type="text/plain; charset=utf-16").status_code == 400


def test_nul_in_a_posted_field_is_refused(client):
    assert client.post("/admin/login/", {"username": "a\x00b", "password": "x"}).status_code == 400


def test_overlong_cookie_is_refused(client):
    assert client.get("/", HTTP_COOKIE="a=" + "b" * 20_000).status_code == 400


@pytest.mark.parametrize("trang", ["0", "-1", "1e3", "٣", "abc", "1.5", "100001", "999999"])
def test_page_number_that_means_nothing_is_not_found(client, trang):
    answer = client.get("/tin-tuc/", {"trang": trang})
    assert answer.status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
@pytest.mark.parametrize("path", ["/", "/tin-tuc/", "/tim-kiem/", "/robots.txt"])
def test_wrong_method_is_refused_without_an_error(client, method, path):
    answer = getattr(client, method)(path)
    assert answer.status_code == 400
    assert 'lang="vi"' in answer.text


def test_post_to_a_page_is_answered_with_help(client):
    answer = client.post("/tin-tuc/", {"q": "gì đó"})
    assert answer.status_code == 400
    assert 'lang="vi"' in answer.text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/", "/tin-tuc/", "/tim-kiem/", "/so-do/", "/media/", "/documents/"]),
    tail=st.binary(max_size=40),
    name=st.sampled_from(["q", "trang", "nam", "thang", "pham-vi", "next", "id"]),
    value=st.binary(max_size=60),
)
def test_no_bytes_whatever_make_an_error(client, path, tail, name, value):
    address = path + "".join(f"%{byte:02X}" for byte in tail)
    query = f"{name}=" + "".join(f"%{byte:02X}" for byte in value)
    assert client.get(f"{address}?{query}").status_code < 500
