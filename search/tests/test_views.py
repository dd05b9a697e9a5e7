"""The page of the search, as visitors meet it."""

import re
import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from legal_docs.tests.registry import public
from search.database.engine import DatabaseEngine
from search.engine import EngineFailed, Passage
from search.engines import Found
from search.enums import Facet
from search.services import answering
from search.services.indexing import index_changes

from .indexed import decree, news, put

pytestmark = pytest.mark.django_db
# As some keyboards and file systems write it: letters and marks apart.
NFD = unicodedata.normalize("NFD", "đại biểu")


@pytest.fixture
def client(client_for, department):
    return client_for(department)


@pytest.fixture
def things(department, province, district):
    put(
        decree(province, department),
        decree(province, department, key="document:900002", number="07/2015/NĐ-CP", summary="Quy định về báo cáo",
               day=date(2015, 2, 1), passages=(),
               facets={Facet.TYPE: ("nghi_dinh",), Facet.YEAR: ("2015",), Facet.STATUS: ("expired",)}),
        news(department),
        news(district, key="news:900002", title="Mở rộng đường Nguyễn Trãi", summary="Đường rộng hơn."),
    )  # fmt: skip


def found(page):
    """Return the titles of the list, in order."""
    links = re.findall(r'found__link" href="[^"]*">(.*?)</a>', page)
    return [re.sub(r"<[^>]+>", "", link) for link in links]


class TestFinding:
    @pytest.mark.parametrize("query", ["đại biểu", "dai bieu", "ĐẠI BIỂU", "biểu đại", NFD])
    def test_finds_with_and_without_accents(self, things, client, query):
        assert found(client.get("/tim-kiem/", {"q": query}).text)[:1] == ["Đại biểu thăm hội chợ"]

    def test_finds_on_this_portal_alone_unless_the_province_is_asked(self, things, client, district):
        assert "Nguyễn Trãi" not in client.get("/tim-kiem/?q=duong+nguyen+trai").text.split("page__title")[1]
        page = client.get("/tim-kiem/?q=duong+nguyen+trai&pham-vi=tinh").text
        assert found(page) == ["Mở rộng đường Nguyễn Trãi"]
        assert 'href="http://thuanan.localhost/tin-tuc/news-900002/"' in page
        assert "trên cổng của Thị xã Thuận An" in page

    def test_shared_thing_is_read_on_this_portal(self, things, client):
        page = client.get("/tim-kiem/?q=cung+cap+thong+tin&pham-vi=tinh").text
        assert 'href="/van-ban/43-2011-nd-cp/"' in page
        assert "trên cổng của" not in page

    def test_document_shows_status_day_abstract_and_the_articles_that_match(self, things, client):
        page = client.get("/tim-kiem/", {"q": "bồi thường đất đai"}).text
        assert '<span class="pill pill--in_force">Còn hiệu lực</span>' in page
        assert "ban hành ngày 13/06/2011" in page
        assert "Quy định về cung cấp thông tin" in page
        assert re.search(r'href="/van-ban/43-2011-nd-cp/\?tim=[^"#]+#art_10">Điều 10. Thông tin chủ yếu</a>', page)
        assert '<mark class="hit">đất đai</mark>' in page
        assert '<mark class="hit">bồi thường</mark>' in page

    def test_named_article_of_a_document_stands_first(self, client, client_for, department, province):
        document = public(text="Điều 1. Sổ\n1. Giữ sổ ba năm.\n2. Ghi sổ.\nĐiều 2. Hiệu lực\nTừ ngày ký.")
        address = document.get_absolute_url()
        put(decree(province, key=f"document:{document.pk}", number="01/2020/NĐ-CP", places={province.pk: address}))
        page = client_for(province).get("/tim-kiem/", {"q": "Điều 1 Nghị định 01/2020/NĐ-CP"}).text
        assert f'<a href="{address}#art_1">Điều 1</a>' in page
        assert "Giữ sổ ba năm." in page.split('id="phan-can-tim"')[1]
        absent = client_for(province).get("/tim-kiem/", {"q": "Điều 99 Nghị định 01/2020/NĐ-CP"}).text
        assert "found-part" not in absent

    def test_article_of_a_law_called_by_its_name_stands_first(self, client_for, province):
        document = public(
            "45/2013/QH13",
            kind="luat",
            issuer="quoc-hoi",
            on=date(2013, 11, 29),
            abstract="Đất đai",
            effective_on=date(2014, 7, 1),
            text="Điều 1. Phạm vi\nQuản lý đất đai.\nĐiều 2. Đối tượng\nAi.",
        )
        index_changes()
        client = client_for(province)
        assert f'<a href="{document.get_absolute_url()}#art_1">' in client.get("/tim-kiem/?q=dieu+1+luat+dat+dai").text
        assert "found-part" not in client.get("/tim-kiem/?q=dieu+1+quan+ly").text

    def test_parts_without_a_name_are_named_by_their_place(self, client, department):
        passages = (Passage("1. Nộp báo cáo quý.", "para_1", "1."), Passage("Báo cáo năm."))
        put(decree(department, passages=passages))
        page = client.get("/tim-kiem/", {"q": "nộp báo cáo"}).text
        assert re.search(r'href="/van-ban/43-2011-nd-cp/\?tim=[^"]+#para_1">Khoản 1</a>', page)
        put(decree(department, passages=passages[1:]))
        page = client.get("/tim-kiem/", {"q": "báo cáo"}).text
        assert 'href="/van-ban/43-2011-nd-cp/?tim=B%C3%A1o+c%C3%A1o#toan-van">Đến chỗ này</a>' in page

    def test_what_is_gone_from_the_store_is_not_shown(self, things, client, monkeypatch):
        ask = answering.find

        def stale(query):
            answered = ask(query)
            DatabaseEngine().drop(["news:900001"])
            return answered

        monkeypatch.setattr(answering, "find", stale)
        page = client.get("/tim-kiem/?q=dai+bieu").text
        assert "Đại biểu thăm hội chợ" not in page

    def test_text_of_things_is_escaped(self, client, department):
        put(news(department, title='<script>alert("x")</script> đại biểu', summary="<img src=x>"))
        page = client.get("/tim-kiem/?q=dai+bieu+script").text
        assert "<script>alert" not in page
        assert "<img src=x>" not in page
        assert '&lt;<mark class="hit">script</mark>&gt;' in page


class TestNarrowing:
    def test_kinds_facets_and_chips_have_numbers_and_keep_the_rest(self, things, client):
        page = client.get("/tim-kiem/?q=quy+dinh").text
        assert 'href="/tim-kiem/?q=quy+dinh&amp;nam=2015">2015 <span class="facet__count">1</span>' in page
        narrowed = client.get("/tim-kiem/?q=quy+dinh&nam=2015").text
        assert found(narrowed) == ["Nghị định 07/2015/NĐ-CP"]
        assert 'href="/tim-kiem/?q=quy+dinh"><span class="chips__facet">Năm:</span> 2015' in narrowed
        assert 'href="/tim-kiem/?q=quy+dinh&amp;nam=2011&amp;nam=2015">2011' in narrowed
        both = client.get("/tim-kiem/?q=quy+dinh&nam=2011&nam=2015").text
        assert len(found(both)) == 2

    def test_kinds_are_counted_whatever_kind_is_chosen(self, things, client, department):
        put(news(department, key="news:900003", title="Quy định mới về hội chợ"))
        page = client.get("/tim-kiem/?q=quy+dinh&nhom=news").text
        assert found(page) == ["Quy định mới về hội chợ"]
        assert 'aria-current="true">Tin, bài <span class="kinds__count">1</span>' in page
        assert 'nhom=document">Văn bản <span class="kinds__count">2</span>' in page

    def test_days_and_order(self, things, client):
        assert found(client.get("/tim-kiem/?q=quy+dinh&tu=01/01/2015").text) == ["Nghị định 07/2015/NĐ-CP"]
        assert found(client.get("/tim-kiem/?q=nghi+dinh&xep=cu-nhat").text)[0] == "Nghị định 43/2011/NĐ-CP"
        assert found(client.get("/tim-kiem/?q=nghi+dinh&xep=moi-nhat").text)[0] == "Nghị định 07/2015/NĐ-CP"
        assert "Đây không phải là một ngày" in client.get("/tim-kiem/?q=quy+dinh&tu=31/02/2015").text

    def test_choosing_without_words_lists_the_newest_first(self, things, client):
        page = client.get("/tim-kiem/?nhom=document").text
        assert found(page) == ["Nghị định 07/2015/NĐ-CP", "Nghị định 43/2011/NĐ-CP"]

    def test_values_that_name_nothing_any_more_are_left_out(self, client, department):
        odd = {Facet.TYPE: ("khong_con",), Facet.STATUS: ("khong_con",), Facet.ISSUER: ("99999",)}
        put(decree(department, facets=odd), decree(department, key="document:900002", number="1/2011/NĐ-CP"))
        assert client.get("/tim-kiem/?q=cung+cap").status_code == 200


class TestSpelling:
    @pytest.fixture(autouse=True)
    def corrected(self, monkeypatch):
        monkeypatch.setattr(answering, "corrected", lambda text, _terms, _size: {"dja bieu": "đại biểu"}.get(text, ""))

    def test_nothing_found_shows_what_the_corrected_words_find(self, things, client):
        page = client.get("/tim-kiem/?q=dja+bieu&nhom=news").text
        assert found(page) == ["Đại biểu thăm hội chợ"]
        assert "Hiển thị kết quả cho “<strong>đại biểu</strong>”." in page
        assert 'href="/tim-kiem/?q=dja+bieu&amp;nhom=news&amp;nguyen-van=1"' in page

    def test_words_are_searched_for_as_they_stand_when_asked(self, things, client):
        page = client.get("/tim-kiem/?q=dja+bieu&nguyen-van=1").text
        assert "Hiển thị kết quả" not in page


class TestKeys:
    """Words as a keyboard leaves them that was not turned on."""

    @pytest.mark.parametrize("keys", ["ddaij bieeur", "d9a5i bie63u", "đại bieeur", "DDAIJ BIEEUR"])
    def test_are_read_where_nothing_is_found_as_typed(self, things, client, keys):
        page = client.get("/tim-kiem/", {"q": keys}).text
        assert found(page)[0] == "Đại biểu thăm hội chợ"
        assert "Hiển thị kết quả cho" in page

    def test_are_read_in_a_whole_question(self, things, client):
        question = "nghij ddinhj quy ddinhj vieecj cung caaps thoong tin treen coongr thoong tin ddieenj tuwr"
        page = client.get("/tim-kiem/", {"q": question}).text
        assert "nghị định quy định việc cung cấp thông tin trên cổng thông tin điện tử" in page
        assert found(page)[0] == "Nghị định 43/2011/NĐ-CP"

    def test_are_left_as_they_stand_when_asked(self, things, client):
        assert not found(client.get("/tim-kiem/", {"q": "ddaij bieeur", "nguyen-van": "1"}).text)

    def test_corrected_words_get_the_accents_of_what_is_found(self, things, client):
        page = client.get("/tim-kiem/", {"q": "dai bieuu tham hoi cho"}).text
        assert "Hiển thị kết quả cho “<strong>đại biểu thăm hội chợ</strong>”." in page

    def test_words_that_are_written_in_two_ways_get_none(self, department, client):
        put(*(news(department, key=f"news:{n}", title=f"Hội chợ {word} biểu")
              for n, word in enumerate(["tiêu", "tiểu"])))  # fmt: skip
        page = client.get("/tim-kiem/", {"q": "hoi chowj tieu bieu"}).text
        assert "“<strong>hội chợ tieu biểu</strong>”" in page


class TestNothing:
    def test_nothing_found_says_what_to_do(self, things, client):
        page = client.get("/tim-kiem/?q=duong+nguyen+trai&nhom=news").text
        assert "Không có nội dung nào có đủ các từ" in page
        assert (
            'href="/tim-kiem/?q=duong+nguyen+trai&amp;pham-vi=tinh&amp;nhom=news" rel="nofollow">tìm trong toàn' in page
        )

    def test_filters_that_leave_nothing_can_be_taken_away_one_by_one(self, things, client):
        page = client.get("/tim-kiem/?q=cung+cap+thong+tin&nam=2011&tinh-trang=expired").text
        assert "bỏ “Tình trạng hiệu lực: hết hiệu lực” (1 kết quả)" in page
        assert "bỏ “Năm" not in page

    def test_near_ones_stand_apart(self, things, client):
        page = client.get("/tim-kiem/?q=cung+cap+thong+tin+khonghethay").text
        assert "Gần với điều bạn tìm" in page
        assert "43/2011/NĐ-CP" in page.split('id="gan-voi"')[1]

    def test_empty_query_helps_to_begin(self, things, client):
        page = client.get("/tim-kiem/").text
        assert "Cách tìm" in page
        assert found(page) == ["Nghị định 07/2015/NĐ-CP", "Nghị định 43/2011/NĐ-CP"]
        assert "nhom=news" in page

    def test_portal_without_anything_renders(self, client):
        assert client.get("/tim-kiem/").status_code == 200
        assert client.get("/tim-kiem/?q=x").status_code == 200


class TestEngines:
    def test_spare_engine_is_named_in_one_line(self, things, client, monkeypatch):
        ask = answering.find
        monkeypatch.setattr(answering, "find", lambda query: Found(ask(query).answer, "database", is_fallback=True))
        assert "công cụ dự phòng" in client.get("/tim-kiem/?q=dai+bieu").text
        monkeypatch.undo()
        assert "công cụ dự phòng" not in client.get("/tim-kiem/?q=dai+bieu").text

    @pytest.mark.parametrize("path", ["", "rss/", "csv/", "xlsx/"])
    def test_no_engine_at_all_is_told_in_words(self, client, monkeypatch, path):
        def fail(query):
            raise EngineFailed("down")

        monkeypatch.setattr(answering, "find", fail)
        for query in ("?q=a", ""):
            answer = client.get(f"/tim-kiem/{path}{query}")
            assert answer.status_code == 503
            assert answer["Retry-After"]
            assert "chưa trả lời được" in answer.text


class TestAddresses:
    @pytest.mark.parametrize(
        "query", ["%", "_", "\\", "'", '"', "-", '""', "a" * 5_000, "x " * 3_000, "<b>", "​", "()*:"]
    )
    def test_odd_queries_are_harmless(self, things, client, query):
        assert client.get("/tim-kiem/", {"q": query}).status_code in {200, 400}

    def test_ten_thousand_letters_and_hundreds_of_parameters_are_refused_or_cut(self, things, client):
        assert client.get("/tim-kiem/?q=" + "a" * 10_000).status_code == 400
        many = "&".join(f"nam={year}&loai=nghi_dinh&x{year}=1" for year in range(1900, 2150))
        assert client.get(f"/tim-kiem/?q=a&{many}").status_code in {200, 400}

    @pytest.mark.parametrize("page", ["2", "50", "51", "1000000", "0", "x", "9" * 30])
    def test_page_that_is_not_there_is_not_found_in_words(self, things, client, page):
        answer = client.get(f"/tim-kiem/?q=dai+bieu&trang={page}")
        assert answer.status_code in {400, 404}
        assert "<h1" in answer.text

    def test_result_pages_are_for_people_and_set_no_cookie(self, things, client):
        for address in ("/tim-kiem/", "/tim-kiem/?q=dai+bieu", "/tim-kiem/?q=khonghethay"):
            answer = client.get(address)
            assert '<meta name="robots" content="noindex' in answer.text
            assert not answer.cookies
            assert "csrf" not in answer.text

    def test_pages_are_linked_with_all_that_was_asked(self, client, department):
        put(*(news(department, key=f"news:{n}", title=f"Tin thứ {n} về hội chợ") for n in range(1, 46)))
        page = client.get("/tim-kiem/?q=hoi+cho&nhom=news").text
        assert "45 kết quả" in page
        assert 'rel="next" href="/tim-kiem/?q=hoi+cho&amp;nhom=news&amp;trang=2"' in page
        last = client.get("/tim-kiem/?q=hoi+cho&nhom=news&trang=3").text
        assert len(found(last)) == 5
        assert 'start="41"' in last


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_queries_are_few_and_do_not_grow(client, province, department, district):
    owners = (province, department, district)

    def some(numbers):
        passages = (Passage("Báo cáo quý.", "art_1", "Điều 1."),)
        return [
            decree(owners[n % 3], key=f"document:{n}", number=f"{n}/2011/NĐ-CP", passages=passages, summary="Báo cáo",
                   day=date(2011, 1, 1 + n % 28))
            for n in numbers
        ]  # fmt: skip

    put(*some(range(1, 2)))
    addresses = ("/tim-kiem/?q=bao+cao&pham-vi=tinh", "/tim-kiem/?q=bao+cao&pham-vi=tinh&nam=2011", "/tim-kiem/")
    one = {address: queries(client, address) for address in addresses}
    # The engine of the database asks for three quarters of them, once more for each facet that was chosen.
    assert max(one.values()) <= 30, one
    # More than are all read.
    put(*some(range(2, 160)))
    many = {address: queries(client, address) for address in addresses}
    # Where little is found, another spelling is looked for, and what is near.
    assert all(many[address] <= one[address] for address in addresses), (one, many)
    # On PostgreSQL four of them set and lift the time limit of a statement.
    assert many[addresses[0]] <= 26
    put(*some(range(160, 240)))
    assert {address: queries(client, address) for address in addresses} == many


def test_view_answers_reading_alone(client):
    assert client.post("/tim-kiem/", {"q": "x"}).status_code in {400, 405}
