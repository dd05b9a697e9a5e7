"""Header, menu and footer are kept between requests, and yet every change of them shows at once."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.models import NewsIndexPage, NewsPage, SectionPage
from sites.furniture import Kept
from sites.menus import ROW, MenuEntry, row_length
from sites.models import Agency, PortalLink
from sites.services import set_hosts

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(department, client_for):
    """The text of the department's home, after it was shown once and is kept."""
    client = client_for(department)

    def text():
        return client.get("/").text

    text()
    return text


def test_renamed_section_shows_at_once(home):
    section = SectionPage.objects.get(url_path="/stttt/lay-y-kien/")
    section.title = "Góp ý dự thảo"
    section.save_revision().publish()
    assert "Góp ý dự thảo" in home()


def test_section_that_is_not_yet_published_does_not_show(home):
    section = SectionPage.objects.get(url_path="/stttt/lay-y-kien/")
    section.title = "Góp ý dự thảo"
    section.save_revision()
    assert "Góp ý dự thảo" not in home()


def test_unpublished_deleted_and_moved_sections_leave_the_menu(home):
    SectionPage.objects.get(url_path="/stttt/lay-y-kien/").unpublish()
    assert "/lay-y-kien/" not in home()
    SectionPage.objects.get(url_path="/stttt/hoi-dap/").delete()
    assert "/hoi-dap/" not in home()
    target = SectionPage.objects.get(url_path="/stttt/gioi-thieu/")
    NewsIndexPage.objects.get(url_path="/stttt/thong-ke/").move(target, pos="last-child")
    assert "/gioi-thieu/thong-ke/" in home()


def test_reordered_sections_change_the_menu(home):
    first = SectionPage.objects.get(url_path="/stttt/gioi-thieu/")
    first.move(NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/"), pos="right")
    text = home()
    assert text.index('href="/tin-tuc/"') < text.index('href="/gioi-thieu/"')


def test_private_section_leaves_the_menu_and_comes_back(home):
    section = SectionPage.objects.get(url_path="/stttt/lay-y-kien/")
    restriction = PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert "/lay-y-kien/" not in home()
    restriction.delete()
    assert "/lay-y-kien/" in home()


def test_settings_and_links_show_at_once(home, department):
    settings = department.site.portal_settings
    settings.hotline, settings.notice = "0274 000 0000", "Nghỉ phục vụ ngày 02/9"
    settings.save()
    assert "0274 000 0000" in home()
    assert "Nghỉ phục vụ ngày 02/9" in home()
    link = PortalLink.objects.create(settings=settings, title="Công báo", url="https://example.vn/")
    assert "https://example.vn/" in home()
    link.delete()
    assert "https://example.vn/" not in home()


def test_new_colours_change_the_address_of_the_style_sheet(home, department, client_for):
    before = home()
    settings = department.site.portal_settings
    settings.primary_colour = "#123456"
    settings.save()
    address = next(part for part in home().split('"') if part.startswith("/giao-dien/"))
    assert address not in before
    assert "#123456" in client_for(department).get(address).text


def test_new_name_of_the_province_shows_on_its_departments(home, province):
    province.name_vi = "tỉnh Thử Nghiệm"
    province.save()
    assert "Tỉnh Thử Nghiệm" in home()


def test_ended_agency_names_its_successor(home, department, district):
    department.valid_to, department.successor = date(2018, 12, 31), district
    department.save()
    text = home()
    assert "31/12/2018" in text
    assert 'href="http://thuanan.localhost/"' in text


def test_new_host_answers_at_once_and_the_old_one_no_longer(home, department, client):
    set_hosts(department, "moi.example.vn", [])
    assert client.get("/", headers={"host": "moi.example.vn"}).status_code == 200
    assert client.get("/", headers={"host": "stttt.binhduong.gov.vn"}).status_code == 404


def test_change_that_is_rolled_back_never_shows(home, department):
    class Refused(Exception):
        pass

    def change():
        settings = department.site.portal_settings
        settings.hotline = "0999 999 999"
        settings.save()
        assert "0999 999 999" in home()
        raise Refused

    with pytest.raises(Refused), transaction.atomic():
        change()
    assert "0999 999 999" not in home()


def test_article_does_not_renew_the_furniture(home, department):
    before = Agency.objects.get(code="stttt").furniture_version
    article = NewsPage(title="Một tin", summary="Tóm tắt.")
    NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/").add_child(instance=article)
    article.save_revision().publish()
    assert Agency.objects.get(code="stttt").furniture_version == before


def test_kept_furniture_costs_one_query(department, client_for):
    client = client_for(department)
    # A page that needs nothing else: it says that a list has no such page.
    address = "/tim-kiem/?trang=0"
    assert "masthead" in client.get(address).text
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    # Where nothing is found, Wagtail looks for a redirect.
    assert len([query for query in queries if "wagtailredirects" not in query["sql"]]) == 1


def test_memory_is_bounded_and_forgets_the_oldest_first():
    kept = Kept(2)
    made = []
    for key in ("a", "b", "a", "c", "a", "b"):
        kept.get(key, lambda key=key: made.append(key) or key)
    assert made == ["a", "b", "c", "b"]


def test_row_of_the_menu_holds_fewer_entries_when_their_titles_are_long():
    short = [MenuEntry("Văn bản", "/")] * 9
    long = [MenuEntry("Tuyên truyền, phổ biến pháp luật", "/")] * 9
    assert row_length(short) == ROW
    assert row_length(long) == 3
    assert row_length([]) == 0
