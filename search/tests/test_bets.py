"""Best bets: what an agency shows before all other results."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from home.models import HomePage, NewsIndexPage, NewsPage
from search.models import BestBet
from search.services.indexing import index_changes
from search.tests.indexed import news, put

pytestmark = pytest.mark.django_db
ADD = "/admin/best-bets/new/"
CHOSEN = 'class="chosen__link" href="'


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client(client_for, department):
    return client_for(department)


def bet(agency, triggers="khai sinh", **more):
    if not more.keys() & {"page", "document", "address"}:
        more = {"address": "/lien-he/", "title": "Đăng ký khai sinh tại đây", **more}
    return BestBet.objects.create(agency=agency, triggers=triggers, **more)


def publish_article(agency, title="Khai sinh cho trẻ", **more):
    section = NewsIndexPage.objects.descendant_of(agency.site.root_page).first()
    article = NewsPage(title=title, slug="bai", summary="Tóm tắt.", **more)
    return section.add_child(instance=article)


def page(client, query, more=""):
    return client.get(f"/tim-kiem/?q={query.replace(' ', '+')}{more}").text


def form(agency, **values):
    empty = dict.fromkeys(("page", "document", "address", "title", "note", "begins_on", "ends_on"), "")
    return {"agency": agency.pk, "triggers": "khai sinh", "position": 0, **empty, **values}


class TestShowing:
    @pytest.mark.parametrize("query", ["khai sinh", "Khai Sinh", "đăng ký KHAI SINH ở đâu", "“khai-sinh”"])
    def test_stands_first_for_its_words_however_they_are_typed(self, client, department, query):
        bet(department)
        assert f'{CHOSEN}/lien-he/">Đăng ký khai sinh tại đây</a>' in page(client, query)

    @pytest.mark.parametrize("query", ["khai", "sinh khai", "khaisinh", "hội chợ"])
    def test_is_not_shown_for_others(self, client, department, query):
        bet(department)
        assert CHOSEN not in page(client, query)

    def test_can_be_for_the_words_alone(self, client, department):
        bet(department, is_whole=True)
        assert CHOSEN in page(client, "khai sinh")
        assert CHOSEN not in page(client, "khai sinh muộn")

    @pytest.mark.parametrize("more", ["&trang=2", "&xep=moi-nhat", "&nhom=news", "&tu=01/01/2020"])
    def test_who_narrows_or_leafs_sees_what_is_found_alone(self, client, department, more):
        put(*(news(department, key=f"news:{900000 + n}", title=f"Khai sinh {n}") for n in range(30)))
        bet(department)
        assert CHOSEN not in page(client, "khai sinh", more)

    def test_is_not_found_a_second_time(self, client, department):
        put(
            news(department, key="news:900001", title="Khai sinh lưu động"),
            news(department, title="Khai sinh muộn", key="news:900002"),
        )
        article = publish_article(department, title="Khai sinh cho trẻ")
        index_changes()
        bet(department, page=article.page_ptr)
        answer = page(client, "khai sinh")
        assert answer.count("Khai sinh cho trẻ") == 1 or answer.count(f'href="{article.get_url()}"') == 1
        assert "3 kết quả" in answer

    def test_three_at_most_in_their_order(self, client, department):
        for place in (4, 2, 3, 1):
            bet(department, title=f"Nơi {place}", address=f"/noi-{place}/", position=place)
        answer = page(client, "khai sinh")
        assert answer.count(CHOSEN) == 3
        assert answer.index("Nơi 1") < answer.index("Nơi 2") < answer.index("Nơi 3")

    def test_only_from_its_first_day_to_its_last(self, client, department, time_machine):
        bet(department, begins_on=date(2026, 3, 2), ends_on=date(2026, 3, 3))
        for moment, is_shown in (("2026-03-01T23:59:00", False), ("2026-03-02T00:00:30", True),
                                 ("2026-03-03T23:59:00", True), ("2026-03-04T00:00:30", False)):  # fmt: skip
            time_machine.move_to(f"{moment}+07:00", tick=False)
            assert (CHOSEN in page(client, "khai sinh")) == is_shown

    def test_what_visitors_cannot_open_is_not_shown(self, client, department):
        article = publish_article(department, title="Khai sinh cho trẻ")
        index_changes()
        bet(department, page=article.page_ptr)
        assert CHOSEN in page(client, "khai sinh")
        NewsPage.objects.get(pk=article.pk).unpublish()
        index_changes()
        assert "Khai sinh cho trẻ" not in page(client, "khai sinh")

    def test_each_portal_shows_its_own_and_the_provinces_where_all_are_searched(
        self, client, client_for, department, province, district
    ):
        bet(province, title="Của tỉnh")
        bet(district, title="Của thị xã")
        assert CHOSEN not in page(client, "khai sinh")
        answer = page(client, "khai sinh", "&pham-vi=tinh")
        assert f'{CHOSEN}http://binhduong.localhost/lien-he/">Của tỉnh' in answer
        assert "Của thị xã" not in answer
        assert "Của thị xã" in page(client_for(district), "khai sinh")

    def test_change_holds_at_once(self, client, department):
        one = bet(department)
        assert "tại đây" in page(client, "khai sinh")
        one.title = "Nơi khác"
        one.save()
        assert "Nơi khác" in page(client, "khai sinh")
        one.delete()
        assert CHOSEN not in page(client, "khai sinh")

    def test_what_is_typed_is_offered_it_first(self, client, department):
        put(news(department, title="Khai mạc hội chợ"))
        bet(department)
        offered = client.get("/tim-kiem/goi-y/?q=khai+s").json()
        assert offered[1][0] == "Đăng ký khai sinh tại đây"
        assert offered[3][0].endswith("/lien-he/")
        assert client.get("/tim-kiem/goi-y/?q=khai").json()[1] == ["Đăng ký khai sinh tại đây", "Khai mạc hội chợ"]

    def test_title_is_escaped(self, client, department):
        bet(department, title="<b>Đậm</b>", note="<i>nghiêng</i>")
        assert "<b>Đậm</b>" not in page(client, "khai sinh")


class TestSetting:
    def test_approvers_and_administrators_set_their_agencys(
        self, client_for, department, approver_of, administrator_of
    ):
        for person in (approver_of(department), administrator_of(department)):
            client = client_for(department, person)
            assert client.get(ADD).status_code == 200
            answer = client.post(ADD, form(department, address="/lien-he/", title="Liên hệ"))
            assert answer.status_code == 302
        assert BestBet.objects.filter(agency=department).count() == 2

    def test_editors_look_and_set_none(self, client_for, department, editor_of):
        one = bet(department)
        client = client_for(department, editor_of(department))
        assert "khai sinh" in client.get("/admin/best-bets/").text
        assert client.post(ADD, form(department, address="/a/", title="A")).status_code == 302
        assert client.post(f"/admin/best-bets/edit/{one.pk}/", form(department, title="B")).status_code == 302
        assert list(BestBet.objects.values_list("title", flat=True)) == [one.title]

    def test_nobody_sets_those_of_another_agency(self, client_for, department, district, approver_of):
        one = bet(district, title="Của thị xã")
        client = client_for(department, approver_of(department))
        assert "Của thị xã" not in client.get("/admin/best-bets/").text
        assert client.get(f"/admin/best-bets/edit/{one.pk}/").status_code == 404
        assert client.post(f"/admin/best-bets/delete/{one.pk}/").status_code == 404
        assert client.post(ADD, form(district, address="/a/", title="A")).status_code in (200, 400)
        assert BestBet.objects.count() == 1

    @pytest.mark.parametrize(
        "values",
        [
            {}, {"triggers": "", "address": "/a/", "title": "A"}, {"triggers": "a", "address": "/a/", "title": "A"},
            {"triggers": "…", "address": "/a/", "title": "A"},
            {"triggers": "ab\n" * 30, "address": "/a/", "title": "A"},
            {"triggers": "x" * 101, "address": "/a/", "title": "A"}, {"address": "/a/"},
            {"address": "javascript:alert(1)", "title": "A"}, {"address": "//elsewhere.example", "title": "A"},
            {"address": "/\\elsewhere.example", "title": "A"}, {"address": "lien-he", "title": "A"},
            {"address": "/a/", "title": "A", "begins_on": "2026-03-02", "ends_on": "2026-03-01"},
        ],
    )  # fmt: skip
    def test_what_leads_nowhere_is_refused_in_words(self, client_for, department, approver_of, values):
        answer = client_for(department, approver_of(department)).post(ADD, form(department, **values))
        assert answer.status_code == 200
        assert not BestBet.objects.exists()

    def test_page_that_is_never_found_is_refused(self, client_for, department, approver_of):
        client = client_for(department, approver_of(department))
        home = HomePage.objects.get(pk=department.site.root_page_id)
        answer = client.post(ADD, form(department, page=home.pk))
        assert answer.status_code == 200
        assert "Chỉ chọn được bài viết và chuyên mục" in answer.text

    def test_two_places_are_refused_by_form_and_database(self, client_for, department, approver_of):
        article = publish_article(department)
        client = client_for(department, approver_of(department))
        assert client.post(ADD, form(department, page=article.pk, address="/a/", title="A")).status_code == 200
        with pytest.raises(IntegrityError), transaction.atomic():
            bet(department, page=article.page_ptr, address="/a/", title="A")

    def test_list_tells_what_visitors_see(self, client_for, department, approver_of):
        draft = publish_article(department, title="Bản nháp", live=False)
        bet(department, triggers="nháp", page=draft.page_ptr)
        bet(department, triggers="đã qua", address="/a/", title="A", ends_on=date(2020, 1, 1))
        bet(department, triggers="chưa tới", address="/a/", title="A", begins_on=date(2100, 1, 1))
        text = client_for(department, approver_of(department)).get("/admin/best-bets/").text
        assert all(state in text for state in ("người đọc không mở được", "đã hết hạn", "chưa đến ngày"))
