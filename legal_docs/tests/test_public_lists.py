"""Lists of documents on portals: as pages, feeds and tables."""

import csv
import io
from datetime import date, timedelta

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.models import Page

from legal_docs.enums import Facet, RelationKind
from legal_docs.listing import lists, numbers, tables
from legal_docs.listing.filters import Filters
from legal_docs.models import Issuer, LegalDocument
from legal_docs.services import placing
from legal_docs.tests.registry import COMMITTEE, GOVERNMENT, draft, public, relate
from sites.models import FieldOfWork

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def client(client_for, province):
    return client_for(province)


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def fill(agency, total, *, issuer=GOVERNMENT, first_day=date(2020, 12, 31), live=True):
    """Store many documents as an import does, and place them: one a day, the newest with the highest number."""
    issuer = Issuer.objects.get(code=issuer)
    documents = []
    for number in range(total, 0, -1):
        on = first_day - timedelta(days=total - number)
        document = LegalDocument(
            number=f"{number}/{on.year}/NĐ-CP", type="nghi_dinh" if number % 3 else "nghi_quyet_cp", issuer=issuer,
            owner=agency, abstract=f"Quy định thứ {number}", issued_on=on, effective_on=on, live=live,
            number_key=f"{number}/{on.year}/NĐ-CP", year=on.year, slug=f"{number}-{on.year}-nd-cp",
        )  # fmt: skip
        documents.append(document)
    LegalDocument.objects.bulk_create(documents, batch_size=500)
    placing.place(documents)
    return documents


class TestPage:
    def test_newest_first_with_status_and_count(self, client):
        old = public("09/2015/NĐ-CP", on=date(2015, 1, 5))
        new = public(effective_on=date(2020, 3, 15))
        relate(new, RelationKind.REPLACES, old)
        page = client.get("/van-ban/").text
        assert "2 văn bản" in page
        assert page.index("01/2020/NĐ-CP") < page.index("09/2015/NĐ-CP")
        assert '<span class="pill pill--expired">Hết hiệu lực</span>' in page

    def test_filters_narrow_and_chips_take_away(self, client):
        public("09/2015/NĐ-CP", on=date(2015, 1, 5))
        public("10/2015/QĐ-TTg", on=date(2015, 1, 6), kind="quyet_dinh_ttg")
        public()
        page = client.get("/van-ban/?loai=nghi_dinh&nam=2015").text
        assert "1 văn bản" in page
        assert "09/2015/NĐ-CP" in page
        assert "10/2015/QĐ-TTg" not in page.split('class="doc-list"')[1]
        assert 'href="/van-ban/?nam=2015"><span class="chips__facet">' in page
        assert '<meta name="robots" content="noindex, follow">' in page

    def test_facets_tell_how_many_each_choice_leaves(self, client):
        public("09/2015/NĐ-CP", on=date(2015, 1, 5))
        public("10/2015/QĐ-TTg", on=date(2015, 1, 6), kind="quyet_dinh_ttg")
        public()
        page = client.get("/van-ban/").text
        assert 'href="/van-ban/?nam=2015">2015 <span class="facet__count">2</span>' in page
        page = client.get("/van-ban/?nam=2015").text
        assert 'href="/van-ban/?nam=2020">2020 <span class="facet__count">1</span>' in page
        assert 'href="/van-ban/?loai=nghi_dinh&amp;nam=2015">Nghị định <span class="facet__count">1</span>' in page

    def test_field_and_status_filter(self, client_for, department):
        field, other = FieldOfWork.objects.filter(agencies=department)[:2]
        public("09/2015/NĐ-CP", on=date(2015, 1, 5), fields=[field, other])
        public(fields=[other])
        client = client_for(department)
        assert "2 văn bản" in client.get("/van-ban/").text
        page = client.get(f"/van-ban/?linh-vuc={field.pk}").text
        assert "1 văn bản" in page
        assert "01/2020/NĐ-CP" not in page
        assert "2 văn bản" in client.get(f"/van-ban/?linh-vuc={other.pk}&tinh-trang=in_force").text

    @pytest.mark.parametrize("query", ["loai=x", "nam=abc", "nam=0000", "co-quan=-1", "linh-vuc=9x", "tinh-trang=all"])
    def test_what_is_no_value_is_as_if_it_were_not_there(self, client, query):
        public()
        assert "1 văn bản" in client.get(f"/van-ban/?{query}").text

    @pytest.mark.parametrize("query", ["loai=thong_tu", "co-quan=999999999", "linh-vuc=999999", "nam=1999&loai=luat"])
    def test_nothing_that_fits_offers_the_list_without_a_filter(self, client, query):
        public()
        answer = client.get(f"/van-ban/?{query}")
        assert answer.status_code == 200
        assert "Không có văn bản nào khớp" in answer.text
        assert 'href="/van-ban/"' in answer.text

    def test_portal_without_documents_says_so(self, client):
        assert "Chưa có văn bản nào được đăng ở đây." in client.get("/van-ban/").text

    def test_draft_is_in_no_list_number_feed_or_table(self, client):
        draft(abstract="Dự thảo bí mật")
        for address in ("/van-ban/", "/van-ban/rss/", "/van-ban/atom/", "/van-ban/csv/", "/", "/sitemap-van-ban.xml"):
            assert "bí mật" not in body(client.get(address)).decode()
            assert "01-2020-nd-cp" not in body(client.get(address)).decode()
        assert b"01/2020" not in body(client.get("/van-ban/?q=01/2020"))


class TestSections:
    def test_council_and_committee_have_lists_of_their_own(self, client):
        public("05/2020/QĐ-UBND", kind="quyet_dinh_ubnd_tinh", issuer=COMMITTEE, abstract="Của Ủy ban tỉnh")
        public(abstract="Của Chính phủ")
        committee, council, above = (client.get(f"/van-ban/{word}/").text for word in ("ubnd", "hdnd", "cap-tren"))
        assert "Của Ủy ban tỉnh" in committee
        assert "Của Chính phủ" not in committee
        assert "Chưa có văn bản nào" in council
        assert "Của Chính phủ" in above
        assert "Của Ủy ban tỉnh" not in above

    def test_filters_feeds_and_tables_stay_within_the_section(self, client):
        public("05/2020/QĐ-UBND", kind="quyet_dinh_ubnd_tinh", issuer=COMMITTEE, abstract="Của Ủy ban tỉnh")
        public(abstract="Của Chính phủ")
        for form in ("rss", "atom", "csv"):
            text = body(client.get(f"/van-ban/ubnd/{form}/?nam=2020")).decode()
            assert "Của Ủy ban tỉnh" in text
            assert "Của Chính phủ" not in text
        government = Issuer.objects.get(code=GOVERNMENT)
        assert "Của Chính phủ" not in client.get(f"/van-ban/ubnd/?co-quan={government.pk}").text

    def test_renamed_section_goes_on_showing_documents_and_the_address_too(self, client):
        public()
        page = Page.objects.get(url_path="/binhduong/van-ban/").specific
        page.slug, page.title = "van-ban-phap-luat", "Văn bản của tỉnh"
        page.save_revision().publish()
        assert "01/2020/NĐ-CP" in client.get("/van-ban-phap-luat/").text
        answer = client.get("/van-ban/")
        assert answer.status_code == 200
        assert "01/2020/NĐ-CP" in answer.text
        assert b"01/2020" in body(client.get("/van-ban/csv/"))

    def test_introduction_of_the_section_stands_above_the_list(self, client):
        page = Page.objects.get(url_path="/binhduong/van-ban/").specific
        page.introduction = "Văn bản do tỉnh ban hành."
        page.save_revision().publish()
        assert "Văn bản do tỉnh ban hành." in client.get("/van-ban/").text

    def test_home_shows_the_newest(self, client):
        public(abstract="Quy định mới nhất")
        page = client.get("/").text
        assert "Quy định mới nhất" in page
        assert "/van-ban/01-2020-nd-cp/" in page


class TestFinding:
    def test_number_leads_to_its_document(self, client):
        document = public()
        for text in ("01/2020/NĐ-CP", "số 1/2020/nđ-cp", "1/2020/NĐ–CP"):
            answer = client.get("/van-ban/", {"q": text})
            assert (answer.status_code, answer["Location"]) == (302, document.get_absolute_url())

    def test_beginning_of_a_number_shows_what_it_may_be(self, client):
        public("12/2015/NĐ-CP", on=date(2015, 1, 5))
        public("12/2015/QĐ-TTg", on=date(2015, 1, 6), kind="quyet_dinh_ttg")
        page = client.get("/van-ban/?q=12/2015").text
        assert "12/2015/NĐ-CP" in page
        assert "12/2015/QĐ-TTg" in page

    def test_name_of_a_law_leads_to_it(self, client):
        law = public("45/2013/QH13", kind="luat", issuer="quoc-hoi", on=date(2013, 11, 29), abstract="Đất đai",
                     effective_on=date(2014, 7, 1))  # fmt: skip
        assert client.get("/van-ban/", {"q": "Luật Đất đai"})["Location"] == law.get_absolute_url()

    def test_other_words_are_handed_to_the_search(self, client):
        answer = client.get("/van-ban/", {"q": "chuyển đổi số"})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/tim-kiem/?q=chuy")
        assert answer["Location"].endswith("&nhom=document")

    def test_document_of_another_portal_is_not_found_here(self, client_for, district):
        public()
        assert client_for(district).get("/van-ban/", {"q": "01/2020/NĐ-CP"})["Location"].startswith("/tim-kiem/")


class TestPaging:
    def test_each_document_stands_once_on_all_pages_in_order(self, province):
        fill(province, 950)
        for filters in (Filters(), Filters(chosen={Facet.TYPE: "nghi_dinh"}), Filters(chosen={Facet.YEAR: "2019"})):
            first = lists.document_list(province, filters, None)
            seen = [
                line.document.issued_on
                for number in range(1, first.page.num_pages + 1)
                for line in lists.document_list(province, filters, str(number)).page.items
            ]
            assert len(seen) == first.numbers.count == numbers.placements(province, filters).count()
            assert seen == sorted(seen, reverse=True)

    def test_page_that_is_not_there_is_not_found(self, client):
        public()
        for number in ("2", "0", "x", "99999999999"):
            assert client.get(f"/van-ban/?trang={number}").status_code == 404

    def test_long_list_under_two_filters_is_counted_to_a_bound(self, province, client, monkeypatch):
        monkeypatch.setattr(numbers, "MOST_COUNTED", 40)
        fill(province, 100)
        page = client.get("/van-ban/?loai=nghi_dinh&nam=2020").text
        assert "Hơn 40 văn bản" in page
        assert client.get("/van-ban/?loai=nghi_dinh&nam=2020&trang=2").status_code == 200
        assert client.get("/van-ban/?loai=nghi_dinh&nam=2020&trang=3").status_code == 404

    def test_queries_are_few_and_do_not_grow(self, province, client):
        fill(province, 30)
        addresses = ("/van-ban/", "/van-ban/?loai=nghi_dinh", "/van-ban/?loai=nghi_dinh&nam=2020", "/van-ban/cap-tren/")
        few = {address: _queries(client, address) for address in addresses}
        assert max(few.values()) <= 12, few
        LegalDocument.objects.all().delete()
        placing.recount(province)
        fill(province, 900)
        assert {address: _queries(client, address) for address in (*addresses, "/van-ban/?trang=45")} == few | {
            "/van-ban/?trang=45": few["/van-ban/"]
        }


def _queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


class TestFeedsAndTables:
    def test_feeds_hold_the_newest_with_filters(self, client):
        public("09/2015/NĐ-CP", on=date(2015, 1, 5))
        public()
        rss = ElementTree.fromstring(client.get("/van-ban/rss/?nam=2020").content)
        assert [item.findtext("title") for item in rss.iter("item")] == ["Nghị định 01/2020/NĐ-CP"]
        atom = ElementTree.fromstring(client.get("/van-ban/atom/").content)
        assert len(atom.findall(f"{ATOM}entry")) == 2
        assert atom.find(f"{ATOM}link[@rel='self']").get("href") == "http://binhduong.localhost/van-ban/atom/"

    def test_csv_is_whole_and_no_cell_is_a_formula(self, client, province, monkeypatch):
        monkeypatch.setattr(tables, "_AT_ONCE", 10)
        fill(province, 35)
        public(abstract='=HYPERLINK("http://x")')
        answer = client.get("/van-ban/csv/")
        assert answer["Content-Disposition"] == 'attachment; filename="van-ban-binhduong.csv"'
        text = body(answer).decode()
        assert text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text[1:])))
        assert rows[0][:4] == ["Số, ký hiệu", "Loại văn bản", "Cơ quan ban hành", "Trích yếu"]
        assert len({row[0] for row in rows[1:]}) == len(rows) - 1 == 36
        assert any(row[3].startswith("'=HYPERLINK") for row in rows)
        assert rows[1][9].startswith("http://binhduong.localhost/van-ban/")

    def test_workbook_holds_dates_and_no_formula(self, client):
        public(abstract="=1+1")
        answer = client.get("/van-ban/xlsx/?nam=2020")
        sheet = load_workbook(io.BytesIO(body(answer))).active
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        assert cells[3].value == "=1+1"
        assert cells[3].data_type == "s"
        assert cells[4].value.date() == date(2020, 1, 15)

    def test_site_map_lists_what_the_agency_keeps(self, client, client_for, department):
        field = FieldOfWork.objects.filter(agencies=department).first()
        document = public(fields=[field])
        assert document.get_absolute_url() in client.get("/sitemap-van-ban.xml").text
        assert document.get_absolute_url() not in client_for(department).get("/sitemap-van-ban.xml").text
