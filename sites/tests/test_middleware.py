import pytest
from django.test import Client

from sites.models import Agency

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["stttt.localhost:8000", "stttt.binhduong.gov.vn", "STTTT.binhduong.gov.vn."])
def test_portal_answers_at_its_own_host_and_at_its_local_address(department, host):
    answer = Client(HTTP_HOST=host).get("/")
    assert answer.status_code == 200
    assert "Sở Thông tin và Truyền thông" in answer.text


def test_alias_leads_to_the_public_host_with_path_and_query(department):
    answer = Client(HTTP_HOST="sotttt.binhduong.gov.vn").get("/tin-tuc/?trang=2")
    assert answer.status_code == 301
    assert answer["Location"] == "http://stttt.binhduong.gov.vn/tin-tuc/?trang=2"


def test_unknown_host_gets_a_plain_404_that_names_the_province(province):
    answer = Client(HTTP_HOST="khong-co.example.vn").get("/")
    assert answer.status_code == 404
    assert "binhduong" in answer.text
    assert "Traceback" not in answer.text


def test_unknown_host_before_the_province_is_open(db):
    assert Client(HTTP_HOST="khong-co.example.vn").get("/").status_code == 404


@pytest.mark.parametrize("host", ["", "a b", "[::1", "x" * 300, "<script>"])
def test_absurd_host_is_no_error_of_ours(province, host):
    assert Client(HTTP_HOST=host).get("/").status_code in {400, 404}


def test_page_of_another_portal_is_not_found(department, district):
    assert Client(HTTP_HOST="thuanan.localhost").get("/stttt/tin-tuc/").status_code == 404


def test_closed_portal_of_an_agency_without_site_is_unknown(department):
    Agency.objects.filter(code="stttt").update(site=None)
    assert Client(HTTP_HOST="stttt.localhost").get("/").status_code == 404
