from datetime import datetime, timedelta

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import PageViewRestriction

from core.paging import ListPage
from home.models import HomePage, NewsIndexPage, NewsPage, SectionPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(department):
    return Client(HTTP_HOST="stttt.localhost")


@pytest.fixture
def section(department):
    return NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")


@pytest.fixture
def write(section):
    """Write a published article of the department."""

    def write(title="Tập huấn an toàn thông tin", *, publish=True, parent=None, **fields):
        page = NewsPage(title=title, **{"summary": "Lớp học mở cho cán bộ, công chức.", **fields})
        (parent or section).add_child(instance=page)
        if publish:
            page.save_revision().publish()
        else:
            page.live = False
            page.save()
            page.save_revision()
        return NewsPage.objects.get(pk=page.pk)

    return write


class TestAddress:
    def test_article_answers_at_words_without_accents(self, client, write):
        assert write("Đẩy mạnh Chính quyền số").path_in_portal == "/tin-tuc/hoat-dong/day-manh-chinh-quyen-so/"
        assert client.get("/tin-tuc/hoat-dong/day-manh-chinh-quyen-so/").status_code == 200

    def test_two_articles_with_one_title_get_two_addresses(self, write):
        first, second = write("Thông báo"), write("Thông báo")
        assert (first.slug, second.slug) == ("thong-bao", "thong-bao-2")

    def test_missing_slash_leads_to_the_address(self, client, write):
        write("Thông báo")
        answer = client.get("/tin-tuc/hoat-dong/thong-bao")
        assert answer.status_code == 301
        assert answer["Location"] == "/tin-tuc/hoat-dong/thong-bao/"

    def test_article_is_not_found_below_another_section(self, client, write):
        write("Thông báo")
        assert client.get("/tin-tuc/thong-bao/thong-bao/").status_code == 404

    def test_draft_is_not_found(self, client, write):
        write("Bản nháp", publish=False)
        assert client.get("/tin-tuc/hoat-dong/ban-nhap/").status_code == 404
        assert "Bản nháp" not in client.get("/tin-tuc/").text

    def test_unknown_address_gets_a_helpful_page_in_vietnamese(self, client):
        answer = client.get("/khong-co/")
        assert answer.status_code == 404
        assert 'lang="vi"' in answer.text
        assert "/tim-kiem/" in answer.text

    def test_old_address_leads_to_the_new_one_after_a_rename(self, client, write, department):
        page = write("Thông báo")
        page.slug = "thong-bao-moi"
        page.save_revision().publish()
        assert client.get("/tin-tuc/hoat-dong/thong-bao-moi/").status_code == 200


class TestEmbargoAndPrivacy:
    @pytest.fixture
    def private(self, write, section):
        write("Tin nội bộ")
        PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)

    @pytest.mark.parametrize(
        "path", ["/", "/tin-tuc/", "/rss/", "/atom/", "/tin-tuc/rss/", "/sitemap-tin.xml", "/so-do/"]
    )
    def test_article_of_a_private_section_is_nowhere_in_public(self, client, private, path):
        assert "Tin nội bộ" not in client.get(path).text
        assert "tin-noi-bo" not in client.get(path).text

    def test_private_section_asks_for_sign_in(self, client, private):
        assert client.get("/tin-tuc/hoat-dong/").status_code == 302
        assert client.get("/tin-tuc/hoat-dong/tin-noi-bo/").status_code == 302
        assert client.get("/tin-tuc/hoat-dong/rss/").status_code == 404

    def test_search_does_not_find_it(self, client, private):
        assert "Tin nội bộ" not in client.get("/tim-kiem/", {"q": "tin noi bo"}).text

    def test_scheduled_article_is_nowhere_before_its_time(self, client, write):
        page = write("Sẽ công bố", publish=False)
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()
        for path in ("/", "/tin-tuc/", "/rss/", "/sitemap-tin.xml"):
            assert "Sẽ công bố" not in client.get(path).text

    def test_edit_that_is_not_published_does_not_show(self, client, write):
        page = write("Bản đã đăng")
        page.title = "Bản đang sửa"
        page.save_revision()
        assert "Bản đã đăng" in client.get("/tin-tuc/").text
        assert "Bản đang sửa" not in client.get("/tin-tuc/").text


class TestLists:
    def test_pager_shows_where_it_leaves_pages_out(self):
        offered = ListPage(items=[], number=50, num_pages=100, count=2_000).neighbours
        assert offered == [1, None, 48, 49, 50, 51, 52, None, 100]

    def test_newest_first_and_by_twenty(self, client, write):
        day = timezone.make_aware(datetime(2017, 10, 5, 8))
        for number in range(45):
            write(f"Tin số {number}", published_at=day + timedelta(hours=number))
        pages = [client.get("/tin-tuc/hoat-dong/", {"trang": number}).text for number in (1, 2, 3)]
        assert "Tin số 44<" in pages[0]
        assert "Tin số 24<" not in pages[0]
        assert "Tin số 24<" in pages[1]
        assert "Tin số 0<" in pages[2]
        assert client.get("/tin-tuc/hoat-dong/", {"trang": 4}).status_code == 404
        assert client.get("/tin-tuc/hoat-dong/", {"trang": 10_000}).status_code == 404

    def test_period_narrows_the_list(self, client, write):
        write("Tin tháng Mười", published_at=timezone.make_aware(datetime(2017, 10, 31, 23, 59)))
        write("Tin tháng Mười Một", published_at=timezone.make_aware(datetime(2017, 11, 1, 0, 0)))
        october = client.get("/tin-tuc/", {"nam": 2017, "thang": 10}).text
        assert "Tin tháng Mười<" in october
        assert "Tin tháng Mười Một" not in october
        assert "Tin tháng Mười Một" in client.get("/tin-tuc/", {"nam": 2017}).text

    @pytest.mark.parametrize("query", ["nam=abc", "nam=99999", "nam=2017&thang=13", "nam=0", "nam=-1&thang=x"])
    def test_absurd_period_shows_everything(self, client, write, query):
        write("Một tin")
        assert client.get(f"/tin-tuc/?{query}").status_code == 200

    def test_empty_list_says_so(self, client):
        assert client.get("/tin-tuc/").status_code == 200

    def test_list_of_a_section_holds_those_below_it(self, client, write, section):
        write("Tin ở mục con")
        assert "Tin ở mục con" in client.get("/tin-tuc/").text

    def test_lists_follow_a_moved_section(self, client, write, section):
        write("Tin di chuyển")
        target = SectionPage.objects.get(url_path="/stttt/gioi-thieu/")
        section.move(target, pos="last-child")
        assert "Tin di chuyển" not in client.get("/tin-tuc/").text
        assert client.get("/gioi-thieu/hoat-dong/tin-di-chuyen/").status_code == 200


class TestFeeds:
    def test_rss_and_atom_hold_the_newest_articles(self, client, write):
        write("Tin & bài mới")
        rss = ElementTree.fromstring(client.get("/rss/").content)
        assert rss.findtext("channel/item/title") == "Tin & bài mới"
        assert rss.findtext("channel/item/link") == "http://stttt.localhost/tin-tuc/hoat-dong/tin-bai-moi/"
        atom = ElementTree.fromstring(client.get("/tin-tuc/hoat-dong/atom/").content)
        assert atom.findtext("{*}entry/{*}title") == "Tin & bài mới"

    def test_article_has_no_feed(self, client, write):
        write("Một tin")
        assert client.get("/tin-tuc/hoat-dong/mot-tin/rss/").status_code == 404

    def test_feed_is_well_formed_with_any_title(self, client, write):
        write("Tin <b>đậm</b> ]]> & “ngoặc”")
        ElementTree.fromstring(client.get("/rss/").content)
        ElementTree.fromstring(client.get("/atom/").content)


class TestMachineReaders:
    def test_site_map_lists_pages_of_this_portal_alone(self, client, write, district):
        write("Một tin")
        index = ElementTree.fromstring(client.get("/sitemap.xml").content)
        places = [place.text for place in index.findall(".//{*}loc")]
        assert places == [f"http://stttt.localhost/sitemap-{part}.xml" for part in ("muc", "to-chuc", "tin", "van-ban")]
        urls = client.get("/sitemap-muc.xml").text + client.get("/sitemap-tin.xml").text
        assert "http://stttt.localhost/tin-tuc/hoat-dong/mot-tin/" in urls
        assert "thuanan" not in urls

    def test_unknown_part_of_the_site_map_is_not_found(self, client):
        assert client.get("/sitemap-khac.xml").status_code == 404
        assert client.get("/sitemap-tin.xml?p=99999").status_code == 404

    def test_robots_names_the_site_map(self, client):
        assert "Sitemap: http://stttt.localhost/sitemap.xml" in client.get("/robots.txt").text

    def test_six_dublin_core_elements_on_every_public_page(self, client, write):
        write("Một tin", author_initials="N.V.A")
        for path in ("/", "/tin-tuc/", "/gioi-thieu/", "/tin-tuc/hoat-dong/mot-tin/", "/so-do/", "/tim-kiem/?q=tin"):
            text = client.get(path).text
            for element in ("title", "creator", "date", "description", "publisher", "identifier"):
                assert f'name="DC.{element}"' in text, (path, element)

    def test_public_page_sets_no_cookie(self, client, write):
        write("Một tin")
        for path in ("/", "/tin-tuc/", "/tin-tuc/hoat-dong/mot-tin/", "/tim-kiem/?q=tin"):
            answer = client.get(path)
            assert not answer.cookies
            assert "csrfmiddlewaretoken" not in answer.text


class TestArticle:
    def test_shows_date_source_and_author_as_the_portals_do(self, client, write):
        write(
            "Một tin",
            published_at=timezone.make_aware(datetime(2017, 10, 5, 8)),
            source_name="Báo Tỉnh",
            source_url="https://example.vn/tin",
            author_initials="N.V.A",
        )
        text = client.get("/tin-tuc/hoat-dong/mot-tin/").text
        assert "[Đăng ngày: 05/10/2017]" in strip_tags(text)
        assert "Theo" in text
        assert 'href="https://example.vn/tin"' in text
        assert "N.V.A" in text

    def test_publication_date_stays_when_it_is_edited(self, write):
        page = write("Một tin")
        first = page.published_at
        page.title = "Tin đã sửa"
        page.save_revision().publish()
        assert NewsPage.objects.get(pk=page.pk).published_at == first

    def test_other_news_are_of_its_section(self, client, write, department):
        write("Bài này")
        write("Bài kia")
        other = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/thong-bao/")
        write("Thông báo khác", parent=other)
        text = client.get("/tin-tuc/hoat-dong/bai-nay/").text
        assert "Bài kia" in text
        assert "Thông báo khác" not in text

    def test_print_view_has_the_content_alone(self, client, write):
        write("Một tin")
        answer = client.get("/tin-tuc/hoat-dong/mot-tin/in/")
        assert answer.status_code == 200
        assert "Một tin" in answer.text
        assert "<nav" not in answer.text

    def test_text_is_stored_in_one_form(self, write):
        page = write("Ðổi mới", summary="Quyê\u0301t đi\u0323nh")
        assert page.title == "Đổi mới"
        assert page.summary == "Quyết định"

    def test_markup_in_a_title_is_text(self, client, write):
        write("<script>alert(1)</script>", slug="ma")
        assert "<script>alert" not in client.get("/tin-tuc/hoat-dong/ma/").text


class TestHome:
    def test_province_shows_all_agencies_and_their_newest_with_origin(self, province, department, district, write):
        write("Tin của Sở")
        text = Client(HTTP_HOST="binhduong.localhost").get("/").text
        assert "Tin của Sở" in text
        assert "http://stttt.localhost/tin-tuc/hoat-dong/tin-cua-so/" in text
        assert "Thị xã Thuận An" in text

    def test_marked_article_leads(self, client, write):
        day = timezone.make_aware(datetime(2017, 10, 5, 8))
        write("Tin dẫn đầu", published_at=day, is_lead=True)
        write("Tin mới hơn", published_at=day + timedelta(hours=1))
        text = client.get("/").text
        assert text.index("Tin dẫn đầu") < text.index("Tin mới hơn")

    def test_panels_follow_the_editors_order(self, client, write, department):
        write("Một tin")
        write("Cúp điện", parent=NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/thong-bao/"))
        home = HomePage.objects.get(slug="stttt")
        home.arrangement = [("notices", {"number": 3}), ("lead_news", {"number": 3})]
        home.save_revision().publish()
        text = client.get("/").text
        main = text[text.index("<main") :]
        assert main.index("Cúp điện") < main.index("Một tin")

    def test_home_without_panels_is_a_page(self, client, department):
        home = HomePage.objects.get(slug="stttt")
        home.arrangement = []
        home.save_revision().publish()
        assert client.get("/").status_code == 200

    def test_panel_of_another_portals_section_shows_nothing(self, client, department, district, write):
        foreign = NewsIndexPage.objects.get(url_path="/thuanan/tin-tuc/kinh-te/")
        write("Tin của thị xã", parent=foreign)
        home = HomePage.objects.get(slug="stttt")
        home.arrangement = [("section_news", {"section": foreign, "number": 4})]
        home.save_revision().publish()
        assert "Tin của thị xã" not in client.get("/").text
