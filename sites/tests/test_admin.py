import pytest
from django.test import Client
from django.urls import reverse

from sites.models import Agency, HostName
from sites.tests.refusals import is_refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(django_user_model, department):
    user = django_user_model.objects.create_superuser("quantri", password="mat-khau-dai-du-dung")
    client = Client(HTTP_HOST="stttt.localhost")
    client.force_login(user)
    return client


def test_button_opens_the_portal_of_a_new_agency(operator):
    form = {
        "code": "soke", "kind": "department", "name_vi": "Sở Thí điểm", "public_host": "sothidiem.example.vn",
        "alias_hosts": "std.example.vn", "position": 40,
    }  # fmt: skip
    answer = operator.post(reverse("agencies:add"), form)
    assert answer.status_code == 302, answer.context["form"].errors
    agency = Agency.objects.get(code="soke")
    assert Client(HTTP_HOST="soke.localhost").get("/").status_code == 404
    assert operator.get(reverse("agencies:open_portal", args=[agency.pk])).status_code == 200
    operator.post(reverse("agencies:open_portal", args=[agency.pk]))
    for host in ("soke.localhost", "sothidiem.example.vn"):
        assert Client(HTTP_HOST=host).get("/").status_code == 200
    assert Client(HTTP_HOST="std.example.vn").get("/").status_code == 301


def test_host_of_another_agency_is_refused(operator, district):
    agency = Agency.objects.get(code="stttt")
    form = {
        "code": "stttt", "kind": "department", "name_vi": agency.name_vi,
        "public_host": "thuanan.binhduong.gov.vn", "alias_hosts": "", "position": 1,
    }  # fmt: skip
    answer = operator.post(reverse("agencies:edit", args=[agency.pk]), form)
    assert answer.status_code == 200
    assert HostName.objects.get(name="thuanan.binhduong.gov.vn").agency.code == "thuanan"


def test_only_operators_open_portals(department, administrator_of):
    client = Client(HTTP_HOST="stttt.localhost")
    client.force_login(administrator_of(department))
    address = reverse("agencies:open_portal", args=[department.pk])
    assert is_refused(client.get(address))
    assert is_refused(client.post(address))


def test_administrator_edits_own_settings_and_no_others(department, district, administrator_of):
    client = Client(HTTP_HOST="stttt.localhost")
    client.force_login(administrator_of(department))
    address = "/admin/settings/agency_sites/portalsettings/{}/"
    assert client.get(address.format(department.site_id)).status_code == 200
    assert client.get(address.format(district.site_id)).status_code == 404


def test_colour_that_cannot_be_read_is_refused(department, administrator_of):
    client = Client(HTTP_HOST="stttt.localhost")
    client.force_login(administrator_of(department))
    form = {
        "primary_colour": "#ffff00", "accent_colour": "#1a4480", "links-TOTAL_FORMS": 0, "links-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = client.post(f"/admin/settings/agency_sites/portalsettings/{department.site_id}/", form)
    assert answer.status_code == 200
    department.site.portal_settings.refresh_from_db()
    assert department.site.portal_settings.primary_colour != "#ffff00"


def test_list_of_agencies_speaks_vietnamese(operator):
    text = operator.get(reverse("agencies:index")).text
    assert "Tên miền" in text
    assert "Đã mở cổng" in text
    assert "Display name" not in text
    assert "Has portal" not in text


def test_own_account_is_saved_without_names_that_nothing_shows(client_for, department, editor_of):
    user = editor_of(department)
    client = client_for(department, user)
    page = client.get("/admin/account/")
    assert user.full_name in page.text
    assert "name_email" not in page.text
    form = {
        "locale-preferred_language": "vi",
        "theme-theme": "dark",
        "theme-density": "default",
        "theme-contrast": "system",
    }
    answer = client.post("/admin/account/", form | {"name_email-first_name": "Khác", "name_email-last_name": "Khác"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.wagtail_userprofile.theme == "dark"
    assert (user.first_name, user.last_name) == ("", "")
