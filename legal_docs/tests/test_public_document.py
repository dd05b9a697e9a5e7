"""The reader's page of a document, at the door that citizens use."""

import json
import re
from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.models import Withdrawal
from legal_docs.enums import RelationKind, TextSource
from legal_docs.models import Attachment, Citation, FormerAddress, LegalDocument, Relation, StoredFile, Text
from legal_docs.services import registering, rendering
from legal_docs.signatures import SignatureReport
from legal_docs.tests.registry import draft, give, public, relate
from sites.models import FieldOfWork
from sites.portals import find_portal

pytestmark = pytest.mark.django_db
LAW = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Nghị định này quy định về sổ ghi chép.
2. Sổ được giữ tại cơ quan có thẩm quyền.
Điều 2. Hiệu lực
Nghị định này có hiệu lực từ ngày ký."""


def body(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.text


def read(client, document, more=""):
    answer = client.get(document.get_absolute_url() + more)
    assert answer.status_code == 200
    return body(answer)


@pytest.fixture
def client(client_for, province):
    return client_for(province)


class TestPage:
    def test_shows_text_contents_and_properties(self, client):
        document = public(text=LAW, signer="Nguyễn Văn A", signer_position="Thủ tướng")
        page = read(client, document)
        assert page.count("<h1") == 1
        assert 'id="art_1__para_2"' in page
        assert 'class="toc__link" href="#art_2">Điều 2. Hiệu lực</a>' in page
        assert 'class="toc__link" href="#chp_1">Chương I. QUY ĐỊNH CHUNG</a>' in page
        assert 'href="#art_1__para_2" data-copy-link' in page
        assert "Nguyễn Văn A, Thủ tướng" in page
        assert f'datetime="{timezone.localtime(document.posted_at).isoformat(timespec="minutes")}"' in page

    def test_tells_programs_the_same(self, client):
        old = public("09/2015/NĐ-CP", on=date(2015, 1, 5))
        document = public(text=LAW)
        relate(document, RelationKind.REPLACES, old)
        page = read(client, document)
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
        assert data["@type"] == "Legislation"
        assert data["legislationIdentifier"] == "01/2020/NĐ-CP"
        assert data["legislationRepeals"][0]["url"].endswith(old.get_absolute_url())

    def test_words_of_a_document_end_no_script_and_are_no_markup(self, client):
        document = public(abstract="Về </script><b>sổ</b>", text="Điều 1. <b>Sổ</b> & bút\nNội dung.")
        page = read(client, document)
        assert "</script><b>" not in page
        assert "<b>Sổ</b>" not in page

    def test_document_without_a_text_says_so(self, client):
        assert "Toàn văn của văn bản này chưa được nhập." in read(client, public())

    def test_text_from_a_picture_says_so(self, client):
        document = public(text=LAW)
        Text.objects.filter(pk=document.text_id).update(source=TextSource.SCAN)
        assert "do máy nhận dạng từ ảnh chụp" in read(client, document)

    def test_print_view_has_the_text_and_nothing_to_press(self, client):
        page = read(client, public(text=LAW), "in/")
        assert 'class="print-view"' in page
        assert "giữ tại cơ quan" in page
        assert "<form" not in page

    def test_files_are_told_with_digest_and_signatures(self, client):
        document = public(text=LAW)
        digest = "ab" * 32
        signatures = [
            SignatureReport("valid", signer="Chính phủ", signed_at="2020-01-15T08:30:00+07:00").as_json(),
            SignatureReport("changed", signer="Văn thư").as_json(),
        ]
        stored = StoredFile(sha256=digest, size=1_500_000, media_type="application/pdf", signatures=signatures)
        stored.file.save("x", ContentFile(b"%PDF-1.4"))
        Attachment.objects.create(document=document, stored_file=stored, name="01-2020.pdf")
        page = read(client, document)
        assert digest in page
        assert "1,5 MB" in page
        assert SignatureReport("changed").sentences()[0] in page
        assert "law-files__signature--valid" in page
        assert "08:30 15/01/2020" in page


class TestStanding:
    def test_in_force(self, client):
        assert "Văn bản đang có hiệu lực." in read(client, public("09/2015/NĐ-CP", on=date(2015, 1, 5)))

    def test_not_yet_says_from_when(self, client):
        today = timezone.localdate()
        later = today + timedelta(days=50)
        document = public(f"01/{today.year}/NĐ-CP", on=today, effective_on=later)
        assert f"có hiệu lực từ ngày {later:%d/%m/%Y}" in read(client, document)

    def test_expired_names_what_ended_it_and_is_still_there(self, client):
        old = public("09/2015/NĐ-CP", on=date(2015, 1, 5), text=LAW)
        new = public("01/2020/NĐ-CP", on=date(2020, 1, 15), effective_on=date(2020, 3, 15))
        relate(new, RelationKind.REPLACES, old)
        page = read(client, old)
        assert "Văn bản đã hết hiệu lực từ ngày 15/03/2020." in page
        assert f'Bị thay thế bởi <a href="{new.get_absolute_url()}">' in page
        assert "giữ tại cơ quan" in page

    def test_day_that_is_asked_is_answered(self, client):
        old = public("09/2015/NĐ-CP", on=date(2015, 1, 5), effective_on=date(2015, 3, 1))
        new = public("01/2020/NĐ-CP", on=date(2020, 1, 15), effective_on=date(2020, 3, 15))
        relate(new, RelationKind.REPLACES, old)
        answers = {"2015-02-28": "Chưa có hiệu lực", "2019-12-31": "Còn hiệu lực", "15/03/2020": "Hết hiệu lực"}
        for day, words in answers.items():
            assert f'<strong class="law-answer__status">{words}</strong>' in read(client, old, f"?ngay={day}")

    @pytest.mark.parametrize("day", ["hôm qua", "2020-02-30", "99999999", "0000-00-00"])
    def test_what_is_no_day_is_told(self, client, day):
        assert "Đây không phải là một ngày" in read(client, public(), f"?ngay={day}")

    def test_amendments_stand_in_banner_and_timeline(self, client):
        document = public("09/2015/NĐ-CP", on=date(2015, 1, 5))
        amending = public(abstract="Sửa đổi sổ ghi chép")
        relate(amending, RelationKind.AMENDS, document, elements="art_5 art_7__para_2")
        page = read(client, document)
        assert "Được sửa đổi, bổ sung bởi: <a" in " ".join(page.split())
        assert "Điều 5, khoản 2 Điều 7" in page
        assert page.index("timeline__event--issued") < page.index("timeline__event--amends")


class TestSearchInside:
    def test_marks_words_without_accents_and_over_links(self, client):
        cited = public("09/2015/NĐ-CP", on=date(2015, 1, 5))
        text = "Điều 1. Căn cứ\nThực hiện theo Nghị định số 09/2015/NĐ-CP của Chính phủ."
        document = public(text=text)
        rendering.render_waiting()
        assert cited.get_absolute_url() in read(client, document)
        page = read(client, document, "?tim=nghi+dinh+so+09")
        assert "xuất hiện ở 1 chỗ" in page
        assert re.sub(r"<[^>]+>", "", "".join(re.findall(r'<mark class="hit".*?</mark>', page))) == "Nghị định số 09"
        assert page.count('id="tim-1"') == 1

    def test_hits_lead_to_articles(self, client):
        page = read(client, public(text=LAW), "?tim=SO")
        assert '<a class="hits__link" href="#tim-1">Điều 1' in page

    def test_nothing_found_is_told_and_markup_is_never_marked(self, client):
        page = read(client, public(text="Điều 1. A & B\nNội dung &lt; đây."), "?tim=amp")
        assert "Không tìm thấy" in page
        assert "<mark" not in read(client, public("02/2020/NĐ-CP", text=LAW), "?tim=law-anchor")
        assert "&lt;script&gt;" in read(client, public("03/2020/NĐ-CP", text=LAW), "?tim=<script>")


class TestAddress:
    def test_canonical_address_is_the_owners_on_every_portal(self, client_for, province, department):
        field = FieldOfWork.objects.filter(agencies=department).first()
        document = public(text=LAW, fields=[field])
        pages = [read(client_for(agency), document) for agency in (province, department)]
        canonical = {re.search(r'<link rel="canonical" href="([^"]+)"', page)[1] for page in pages}
        assert canonical == {f"https://{province.site.hostname}{document.get_absolute_url()}"}

    def test_portal_that_does_not_show_it_leads_to_the_owners(self, client_for, district):
        document = public(text=LAW)
        answer = client_for(district).get(document.get_absolute_url() + "?tim=so")
        assert answer.status_code == 302
        assert answer["Location"] == f"http://binhduong.localhost{document.get_absolute_url()}?tim=so"

    def test_former_address_leads_on(self, client):
        document = public(text=LAW)
        FormerAddress.objects.create(slug="quyet-dinh-cu", document=document)
        answer = client.get("/van-ban/quyet-dinh-cu/in/?a=1")
        assert (answer.status_code, answer["Location"]) == (301, f"{document.get_absolute_url()}in/?a=1")

    def test_draft_is_not_found(self, client):
        assert client.get(draft().get_absolute_url()).status_code == 404

    def test_withdrawn_document_leaves_a_notice(self, client, province):
        document = public(text=LAW)
        FormerAddress.objects.create(slug="quyet-dinh-cu", document=document)
        document.unpublish()
        Withdrawal.objects.create(
            content_type=ContentType.objects.get_for_model(LegalDocument), object_id=str(document.pk), agency=province,
            title=str(document), reason="Đăng nhầm bản chưa ký.", withdrawn_at=timezone.now(),
        )  # fmt: skip
        for address in (document.get_absolute_url(), "/van-ban/quyet-dinh-cu/"):
            answer = client.get(address)
            assert answer.status_code == 410
            assert "Đăng nhầm bản chưa ký." in answer.text
            assert document.abstract not in answer.text

    def test_sections_of_the_tree_stand_beside_documents(self, client):
        answer = client.get("/van-ban/hdnd/")
        assert answer.status_code == 200
        assert "Văn bản HĐND tỉnh" in answer.text
        assert client.get("/van-ban/khong-co/").status_code == 404


class TestPreview:
    def preview(self, rf, province, document):
        request = rf.get("/", headers={"host": "binhduong.localhost"})
        request.portal = find_portal("binhduong.localhost", request)
        request.agency, request.is_print_view, request.review = province, False, None
        answer = document.serve_preview(request, "")
        answer.render()
        return answer

    def test_draft_is_shown_as_it_will_be(self, rf, province):
        document = draft(abstract="Bản nháp về sổ")
        give(document, LAW)
        document.save()
        answer = self.preview(rf, province, document)
        assert "Bản nháp về sổ" in answer.text
        assert 'id="art_1__para_2"' in answer.text

    def test_draft_tells_from_when_it_is_in_force_before_it_is_public(self, rf, province):
        assert "Từ ngày 15/03/2020" in self.preview(rf, province, draft()).text
        document = LegalDocument.objects.get(pk=public("02/2020/NĐ-CP").pk)
        document.expires_on = date(2021, 1, 1)
        assert "hết hiệu lực từ ngày 01/01/2021" in self.preview(rf, province, document).text

    def test_new_document_that_lacks_nearly_everything_can_be_looked_at(self, rf, province):
        answer = self.preview(rf, province, LegalDocument(owner=province, number="12/2020/QĐ-UBND"))
        assert "12/2020/QĐ-UBND" in answer.text
        assert "chưa được nhập" in answer.text


def long_text(articles):
    return "\n".join(
        f"Điều {n}. Tên điều {n}\n1. Khoản một của điều {n}.\n2. Khoản hai." for n in range(1, articles + 1)
    )


def cite_from(documents, target, each):
    """Let documents cite a document in many places of their texts."""
    rows = [
        Citation(text=one.text, eid="art_1", place=1, start=n, end=n + 1, words="Điều", target=target,
                 target_eid=f"art_{n % 5 + 1}__para_1", number_key=target.number_key)
        for one in documents
        for n in range(each)
    ]  # fmt: skip
    Citation.objects.bulk_create(rows, batch_size=500)


def queries_of(client, document):
    client.get(document.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        read(client, document)
    return [query["sql"] for query in queries]


class TestBudget:
    def test_length_and_citations_cost_no_query(self, client, province):
        field = FieldOfWork.objects.first()
        short = public("05/2019/NĐ-CP", on=date(2019, 1, 2), text=long_text(5), fields=[field], binds=[province])
        long = public("06/2019/NĐ-CP", on=date(2019, 1, 3), text=long_text(500), fields=[field], binds=[province])
        few = queries_of(client, short)
        citing = [public(f"{n}/2020/NĐ-CP", text="Điều 1. Tên\nNội dung.") for n in range(10, 25)]
        cite_from(citing, long, 200)
        for source in citing:
            Relation.objects.create(source=source, kind=RelationKind.BASED_ON, target=long)
        for source in citing[:10]:
            Relation.objects.create(source=source, kind=RelationKind.AMENDS, target=long)
        registering.register([long])
        # The task marks texts again; what is asked here is what a visitor costs.
        cite_from(citing, long, 1)
        rendering.render_waiting()
        many = queries_of(client, long)
        assert len(many) <= 15, "\n".join(many)
        assert len(few) <= 15
        assert not any('"tree"' in sql for sql in many)


class TestCitedBy:
    @pytest.fixture
    def cited(self):
        cited = public("09/2015/NĐ-CP", on=date(2015, 1, 5), text=LAW)
        text = "Điều 1. Thực hiện\nTheo khoản 2 Điều 1 Nghị định số 09/2015/NĐ-CP và Điều 2 Nghị định số 09/2015/NĐ-CP."
        self.citing = public(text=text, abstract="Văn bản viện dẫn")
        return cited

    def test_article_tells_how_often_and_leads_to_who(self, client, cited):
        page = read(client, cited)
        assert "1 văn bản viện dẫn văn bản này." in page
        assert 'href="duoc-dan-chieu/?dieu=art_1">được viện dẫn 1 lần</a>' in page
        answer = client.get(cited.get_absolute_url() + "duoc-dan-chieu/?dieu=art_1")
        assert answer.status_code == 200
        assert "Văn bản viện dẫn" in answer.text
        assert "khoản 2 Điều 1 Nghị định số 09/2015/NĐ-CP" in answer.text
        assert "<q>Điều 2 Nghị định" not in answer.text

    def test_withdrawn_citing_document_is_told_nowhere(self, client, cited):
        self.citing.unpublish()
        rendering.render_waiting()
        for more in ("", "duoc-dan-chieu/", "duoc-dan-chieu/?dieu=art_1", "luoc-do/?loai=based_on&chieu=den"):
            page = body(client.get(cited.get_absolute_url() + more))
            assert "Văn bản viện dẫn" not in page
            assert "được viện dẫn 1 lần" not in page

    def test_list_is_paged(self, client, cited):
        for number in range(30, 55):
            public(f"{number}/2020/NĐ-CP", text="Điều 1. Tên\nTheo Nghị định số 09/2015/NĐ-CP.")
        address = cited.get_absolute_url() + "duoc-dan-chieu/"
        assert client.get(address).text.count('class="doc-row"') == 20
        assert client.get(address + "?trang=2").text.count('class="doc-row"') == 6
        assert client.get(address + "?trang=3").status_code == 404


class TestDiagram:
    def test_groups_both_directions_and_leads_to_all(self, client):
        base = public("09/2015/NĐ-CP", on=date(2015, 1, 5))
        for number in range(10, 22):
            source = public(f"{number}/2020/NĐ-CP")
            Relation.objects.create(source=source, kind=RelationKind.BASED_ON, target=base)
        page = read(client, base)
        assert "Là căn cứ của" in page
        assert "(12)" in page
        assert page.count("diagram__row") == 8
        answer = client.get(base.get_absolute_url() + "luoc-do/?loai=based_on&chieu=den")
        assert answer.text.count('class="doc-row"') == 12
        assert client.get(base.get_absolute_url() + "luoc-do/?loai=nothing").status_code == 404

    def test_number_alone_is_told_of_what_is_not_in_the_registry(self, client):
        document = public()
        relate(document, RelationKind.REPEALS, target_number="77/2001/NĐ-CP")
        assert "<strong>77/2001/NĐ-CP</strong>" in read(client, document)

    def test_draft_at_the_other_end_is_told_nowhere(self, client):
        document = public()
        hidden = draft("88/2020/NĐ-CP", abstract="Dự thảo bí mật")
        relate(document, RelationKind.AMENDS, hidden)
        Relation.objects.create(source=hidden, kind=RelationKind.REPLACES, target=document)
        page = read(client, document)
        assert "88/2020" not in page
        assert "bí mật" not in page
