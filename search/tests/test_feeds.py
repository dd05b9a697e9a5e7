"""Searches as feeds, tables, suggestions, and the description by which browsers search."""

import csv
import io
import json
from datetime import date

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from search.services import answering

from .indexed import decree, news, put

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def client(client_for, department):
    return client_for(department)


@pytest.fixture
def things(department, province, district):
    put(
        decree(province, department),
        decree(province, key="document:900002", number="07/2015/NĐ-CP", summary="Quy định về báo cáo",
               day=date(2015, 2, 1)),
        news(department, title="Quy định mới về hội chợ"),
        news(district, key="news:900002", title="Quy định ở Thuận An"),
    )  # fmt: skip


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


class TestFeeds:
    def test_hold_the_newest_that_has_all_words(self, things, client):
        rss = ElementTree.fromstring(body(client.get("/tim-kiem/rss/?q=quy+dinh&pham-vi=tinh&nhom=document")))
        assert [item.findtext("title") for item in rss.iter("item")] == [
            "Nghị định 07/2015/NĐ-CP",
            "Nghị định 43/2011/NĐ-CP",
        ]
        assert next(rss.iter("item")).findtext("link") == "http://binhduong.localhost/van-ban/07-2015-nd-cp/"
        assert rss.findtext("channel/title").startswith("Tìm “quy dinh”")

    def test_name_their_canonical_address(self, things, client):
        atom = ElementTree.fromstring(body(client.get("/tim-kiem/atom/?trang=1&nhom=news&q=quy+dinh&x=1")))
        address = "http://stttt.localhost/tim-kiem/atom/?q=quy+dinh&nhom=news"
        assert atom.find(f"{ATOM}link[@rel='self']").get("href") == address
        assert [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")] == ["Quy định mới về hội chợ"]
        assert atom.find(f"{ATOM}entry/{ATOM}link").get("href") == "http://stttt.localhost/tin-tuc/news-900001/"

    def test_leave_out_what_is_only_near(self, things, client):
        rss = ElementTree.fromstring(body(client.get("/tim-kiem/rss/?q=quy+dinh+khonghethay")))
        assert list(rss.iter("item")) == []

    def test_nothing_asked_is_the_newest_of_the_portal(self, things, client):
        rss = ElementTree.fromstring(body(client.get("/tim-kiem/rss/")))
        assert len(list(rss.iter("item"))) == 2


class TestTables:
    def test_csv_is_whole_and_no_cell_is_a_formula(self, client, department, monkeypatch):
        monkeypatch.setattr(answering, "_AT_ONCE", 10)
        put(*(news(department, key=f"news:{n}", title=f"Hội chợ {n}") for n in range(1, 36)))
        put(news(department, key="news:99", title='=HYPERLINK("http://x") hội chợ'))
        answer = client.get("/tim-kiem/csv/?q=hoi+cho")
        assert answer["Content-Disposition"] == 'attachment; filename="tim-kiem-stttt.csv"'
        text = body(answer).decode()
        assert text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text[1:])))
        assert rows[0][:3] == ["Nhóm nội dung", "Tên hoặc số, ký hiệu", "Trích yếu"]
        assert len({row[1] for row in rows[1:]}) == len(rows) - 1 == 36
        assert any(row[1].startswith("'=HYPERLINK") for row in rows)
        assert all(row[-1].startswith("http://stttt.localhost/tin-tuc/") for row in rows[1:])

    def test_workbook_holds_days_types_and_no_formula(self, client, department):
        put(decree(department, summary="=1+1 báo cáo"))
        answer = client.get("/tim-kiem/xlsx/?q=bao+cao")
        sheet = load_workbook(io.BytesIO(body(answer))).active
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        assert cells[2].value == "=1+1 báo cáo"
        assert cells[2].data_type == "s"
        assert cells[3].value.date() == date(2011, 6, 13)
        assert [cell.value for cell in cells[4:7]] == ["Nghị định", None, "Còn hiệu lực"]

    def test_ends_where_the_list_ends_that_can_be_leafed_through(self, client, department):
        put(*(news(department, key=f"news:{n}", title=f"Hội chợ {n}", summary="") for n in range(1, 1_031)))
        assert len(body(client.get("/tim-kiem/csv/?q=hoi+cho")).decode().strip().split("\r\n")) == 1_001


class TestSuggestions:
    def ask(self, client, **query):
        answer = client.get("/tim-kiem/goi-y/", query)
        assert answer.status_code == 200
        return answer, json.loads(answer.content)

    def test_offer_titles_with_where_they_are_read(self, things, client):
        answer, found = self.ask(client, q="43/20")
        assert found == [
            "43/20",
            ["Nghị định 43/2011/NĐ-CP"],
            ["Quy định về cung cấp thông tin và dịch vụ công trực tuyến trên cổng thông tin điện tử"],
            ["http://stttt.localhost/van-ban/43-2011-nd-cp/"],
        ]
        assert answer["Content-Type"].startswith("application/x-suggestions+json")

    def test_last_word_may_be_half_typed_and_accents_missing(self, things, client):
        assert self.ask(client, q="quy dinh moi ve ho")[1][1] == ["Quy định mới về hội chợ"]
        assert self.ask(client, q="quy", **{"pham-vi": "tinh"})[1][3][-1].startswith("http://")
        assert "Quy định ở Thuận An" in self.ask(client, q="quy", **{"pham-vi": "tinh"})[1][1]
        assert "Quy định ở Thuận An" not in self.ask(client, q="quy")[1][1]

    @pytest.mark.parametrize("query", ["", "q", " ", "-", "%", "'", '"', "*", "x" * 4_000])
    def test_what_means_nothing_asks_for_nothing(self, things, client, query):
        assert self.ask(client, q=query)[1][1] == []

    def test_are_cheap_may_be_kept_and_hold_nothing_of_a_person(self, things, client):
        self.ask(client, q="quy dinh")
        with CaptureQueriesContext(connection) as captured:
            answer, _found = self.ask(client, q="quy dinh")
        assert len(captured) <= 6
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


def test_browser_is_told_how_the_portal_is_searched(client):
    answer = client.get("/tim-kiem/opensearch.xml")
    told = ElementTree.fromstring(answer.content)
    assert len(told.findtext(f"{OPENSEARCH}ShortName")) <= 16
    assert len(told.findtext(f"{OPENSEARCH}LongName")) <= 48
    templates = {url.get("type"): url.get("template") for url in told.findall(f"{OPENSEARCH}Url")}
    assert templates["text/html"] == "http://stttt.localhost/tim-kiem/?q={searchTerms}"
    assert templates["application/x-suggestions+json"] == "http://stttt.localhost/tim-kiem/goi-y/?q={searchTerms}"
    page = client.get("/").text
    assert 'rel="search" type="application/opensearchdescription+xml"' in page
    assert 'href="/tim-kiem/opensearch.xml"' in page
