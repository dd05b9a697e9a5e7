"""Counts of what is searched for: how often, never by whom; and the report on them."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from search.models import QueryCount
from search.services import counting
from search.services.counting import add_collected, count, forget_old
from search.tests.indexed import news, put

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/searched/"
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def counted(settings):
    settings.SEARCH_COUNTS = True
    counting._collected.take()
    yield
    counting._collected.take()


def rows():
    add_collected()
    return list(QueryCount.objects.order_by("folded").values_list("agency__code", "text", "times", "times_without"))


def asked(agency, text, times=1, day=None, without=0):
    QueryCount.objects.create(
        agency=agency, day=day or timezone.localdate(), folded=text, text=text, times=times, times_without=without
    )


class TestCounting:
    def test_counts_a_search_once_with_what_came_of_it(self, client_for, department, province):
        put(news(department))
        for query in ("q=h%E1%BB%99i+ch%E1%BB%A3", "q=hoi+cho", "q=hoi+cho&trang=2", "q=zzzz+yyyy"):
            client_for(department).get(f"/tim-kiem/?{query}")
        client_for(province).get("/tim-kiem/?q=H%E1%BB%98I++CH%E1%BB%A2")
        found = sorted(rows())
        assert found == [("binhduong", "hội chợ", 1, 1), ("stttt", "hội chợ", 2, 0), ("stttt", "zzzz yyyy", 1, 1)]

    def test_further_pages_heads_and_choices_without_words_do_not_count(self, client_for, department):
        client = client_for(department)
        client.get("/tim-kiem/?nhom=news")
        client.head("/tim-kiem/?q=hoi+cho")
        client.get("/tim-kiem/goi-y/?q=hoi+cho")
        client.get("/tim-kiem/rss/?q=hoi+cho")
        assert rows() == []

    def test_robots_do_not_count(self, client_for, department):
        client_for(department).get("/tim-kiem/?q=hoi+cho", headers={"user-agent": "Mozilla/5.0 (Googlebot/2.1)"})
        assert rows() == []

    @pytest.mark.parametrize(
        "text", ["ten@example.vn", "0912 345 678", "0912.345.678", "số 280012345678 của ai", "9704-1234-5678", "…", ""]
    )
    def test_what_may_be_about_a_person_does_not_count(self, department, text):
        count(department.pk, DAY, text, has_nothing=True)
        assert rows() == []

    @pytest.mark.parametrize("text", ["43/2011/nđ-cp", "ngày 20/11/2020", "quyết định 2723"])
    def test_numbers_of_documents_do(self, department, text):
        count(department.pk, DAY, text, has_nothing=False)
        assert [row[1] for row in rows()] == [text]

    def test_nothing_is_counted_where_that_is_turned_off(self, settings, department):
        settings.SEARCH_COUNTS = False
        count(department.pk, DAY, "hội chợ", has_nothing=True)
        assert rows() == []

    def test_adds_to_what_others_have_counted(self, department):
        for _turn in range(2):
            count(department.pk, DAY, "hội chợ", has_nothing=True)
            count(department.pk, DAY, "x " * 300, has_nothing=True)
            add_collected()
        assert {row[2] for row in rows()} == {2}

    def test_agency_that_is_gone_takes_nothing_with_it(self, department):
        count(department.pk, DAY, "hội chợ", has_nothing=False)
        count(10**9, DAY, "hội chợ", has_nothing=False)
        assert len(rows()) == 1

    def test_what_cannot_be_written_is_lost_and_logged(self, department, monkeypatch, caplog):
        def fail(*_):
            raise DatabaseError("full")

        monkeypatch.setattr(counting, "_write", fail)
        count(department.pk, DAY, "hội chợ", has_nothing=False)
        add_collected()
        assert "could not be counted" in caplog.text

    def test_is_added_when_much_is_collected(self, client_for, department, monkeypatch):
        monkeypatch.setattr(counting, "_MOST_KEPT", 2)
        client_for(department).get("/tim-kiem/?q=mot")
        assert not QueryCount.objects.exists()
        client_for(department).get("/tim-kiem/?q=hai")
        assert QueryCount.objects.count() == 2


class TestForgetting:
    def test_rare_ones_go_after_a_month_and_all_after_400_days(self, department, district):
        asked(department, "hiếm", 2, DAY - timedelta(days=31))
        asked(department, "hay", 2, DAY - timedelta(days=31))
        asked(department, "hay", 1, DAY)
        asked(department, "mới", 1, DAY - timedelta(days=30))
        asked(department, "cũ", 900, DAY - timedelta(days=401))
        asked(district, "hay", 1, DAY - timedelta(days=40))
        for _turn in range(2):
            forget_old(DAY)
            left = QueryCount.objects.order_by("pk").values_list("agency__code", "text")
            assert list(left) == [("stttt", "hay"), ("stttt", "hay"), ("stttt", "mới")]


class TestReport:
    def test_shows_the_own_portals_and_what_few_asked_to_nobody(self, client_for, department, district, editor_of):
        asked(department, "hội chợ", 5, without=5)
        asked(department, "hội chợ", 1, timezone.localdate() - timedelta(days=3))
        asked(department, "tên một người", 2)
        asked(department, "năm ngoái", 9, timezone.localdate() - timedelta(days=60))
        asked(district, "của thị xã", 9)
        client = client_for(department, editor_of(department))
        text = client.get(REPORT).text
        assert "hội chợ" in text
        assert 'value="6"' in text
        assert not any(words in text for words in ("tên một người", "năm ngoái", "của thị xã"))
        assert "năm ngoái" in client.get(f"{REPORT}?period=90").text
        assert "của thị xã" not in client.get(f"{REPORT}results/?agency={district.pk}").text

    @pytest.mark.parametrize("more", ["?period=x", "?agency=x", "?without=9"])
    def test_filter_that_means_nothing_shows_nothing(self, client_for, department, editor_of, more):
        asked(department, "hội chợ", 5)
        page = client_for(department, editor_of(department)).get(f"{REPORT}results/{more}")
        assert page.status_code == 200
        assert "hội chợ" not in page.text

    def test_leads_to_a_best_bet_and_the_province_to_synonyms(
        self, client_for, department, province, approver_of, operator
    ):
        asked(department, "hội chợ", 5)
        text = client_for(department, approver_of(department)).get(REPORT).text
        assert "/admin/best-bets/new/?triggers=h%E1%BB%99i+ch%E1%BB%A3" in text
        assert "/admin/synonyms/" not in text.split("<main")[1]
        client = client_for(province, operator)
        assert "/admin/synonyms/new/?words=" in client.get(REPORT).text
        assert "hội chợ = " in client.get("/admin/synonyms/new/?words=h%E1%BB%99i+ch%E1%BB%A3+%3D+").text
        assert "hội chợ" in client.get("/admin/best-bets/new/?triggers=h%E1%BB%99i+ch%E1%BB%A3").text

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_can_be_taken_away_as_a_table(self, client_for, department, editor_of, kind):
        asked(department, "=1+1", 5)
        answer = client_for(department, editor_of(department)).get(f"{REPORT}?export={kind}")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content
        if kind == "csv":
            assert "=1+1" not in [cell for line in content.decode("utf-8-sig").splitlines() for cell in line.split(",")]

    def test_is_nothing_for_people_without_a_role(self, client_for, department, django_user_model):
        person = django_user_model.objects.create_user("ai", password="x" * 20)
        assert client_for(department, person).get(REPORT).status_code in (302, 403)
