"""The screen of a full text: read or pasted, looked through, taken into the draft with the relations it tells of."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.services.approvals import submit
from editorial.tests.test_records import form_of
from legal_docs.enums import RelationKind, Status, TextSource
from legal_docs.models import LegalDocument, Text
from legal_docs.services import citing

from .registry import give
from .test_admin_documents import PDF, edit, land_law, newest, own, own_public

pytestmark = pytest.mark.django_db
TEXT = """Căn cứ Luật Đất đai số 45/2013/QH13;
QUYẾT ĐỊNH:
Điều 1. Phạm vi
1. Quyết định này quy định việc ghi sổ.
2. Thực hiện Nghị định số 43/2011/NĐ-CP và Điều 99 Luật Đất đai số 45/2013/QH13.
Điều 2. Hiệu lực
Quyết định này thay thế Quyết định số 12/2010/QĐ-UBND."""


@pytest.fixture
def editor(department, editor_of):
    return editor_of(department)


@pytest.fixture
def client(department, editor, client_for):
    return client_for(department, editor)


@pytest.fixture
def document(editor):
    document = own()
    document.abstract = "Ban hành quy chế ghi sổ"
    document.save_revision(user=editor)
    return document


def url(document, text=None):
    return f"/admin/legal-documents/{document.pk}/text/" + (f"?ban={text.pk}" if text else "")


def pasted(client, document, text=TEXT):
    client.post(url(document), {"act": "paste", "text": text})
    return Text.objects.order_by("-pk").first()


def test_pasted_text_waits_until_it_is_taken(client, document):
    text = pasted(client, document)
    assert (text.source, text.document) == (TextSource.PASTED, document)
    assert newest(document).text is None
    screen = client.get(url(document, text)).text
    assert "Điều 1. Phạm vi" in screen
    assert "0 chương, 2 điều, 2 khoản, 0 điểm" in screen
    # What has no heading is told by its first words.
    bare = pasted(client, document, "Điều 1. Ban hành kèm theo Quyết định này quy chế ghi sổ của các cơ quan.\nHết.")
    assert "quy chế ghi sổ" in client.get(url(document, bare)).text
    client.post(url(document, text), {"act": "take"})
    assert newest(document).text == text
    assert not LegalDocument.objects.get(pk=document.pk).live


@pytest.mark.parametrize(
    ("head", "is_another"),
    [
        ("Số: 99/2001/QĐ-UBND", True),
        ("Số: 99/2001/QĐ - UBND Bình Dương, ngày 5 tháng 5 năm 2001", True),
        ("Số: {own}", False),
        ("SỐ {own} Bình Dương, ngày 5 tháng 5", False),
        ("Số điện thoại: 0274 000 000", False),
        ("", False),
    ],
)
def test_head_of_another_document_is_told(head, is_another, client, document):
    text = pasted(client, document, f"ỦY BAN NHÂN DÂN\n{head.format(own=document.number)}\nQUYẾT ĐỊNH\n{TEXT}")
    assert ("Có đúng tệp không?" in client.get(url(document, text)).text) == is_another


def test_reading_is_thrown_away(client, document):
    text = pasted(client, document)
    client.post(url(document, text), {"act": "drop"})
    assert not Text.objects.exists()
    assert newest(document).text is None


def test_text_of_a_version_is_not_thrown_away(client, document):
    text = pasted(client, document)
    client.post(url(document, text), {"act": "take"})
    client.post(url(document, text), {"act": "drop"})
    second = pasted(client, document, "Điều 1. Khác\nKhác.")
    client.post(url(document, second), {"act": "take"})
    client.post(url(document, text), {"act": "drop"})
    assert set(Text.objects.all()) == {text, second}


def test_chosen_relations_come_into_the_draft(client, document):
    law = land_law()
    text = pasted(client, document)
    proposals = client.get(url(document, text)).context["proposals"]
    assert {(one.kind, one.named) for one in proposals} == {
        (RelationKind.BASED_ON, "Luật số 45/2013/QH13"),
        (RelationKind.REPLACES, "12/2010/QĐ-UBND"),
    }
    client.post(url(document, text), {"act": "take", "relation": [one.key for one in proposals]})
    found = {(one.kind, one.target, one.target_number) for one in newest(document).relations.all()}
    assert found == {("based_on", law, ""), ("replaces", None, "12/2010/QĐ-UBND")}
    assert not client.get(url(document)).context["proposals"]


def test_button_for_relations_needs_one_that_can_be_added(client, document):
    text = pasted(client, document, "Căn cứ Hiến pháp;\nĐiều 1. Một\nHai.")
    client.post(url(document, text), {"act": "take"})
    answer = client.get(url(document))
    assert answer.context["proposals"]
    assert "Thêm các quan hệ đã chọn" not in answer.text


def test_relation_that_nobody_chose_and_one_that_nobody_proposed_stay_away(client, document):
    text = pasted(client, document)
    client.post(url(document, text), {"act": "take", "relation": ["repeals|45/2013/QH13|"]})
    assert not newest(document).relations.exists()


def test_citation_that_leads_nowhere_is_shown_with_its_sentence(client, document):
    land_law(text="Điều 1. Phạm vi\nLuật này quy định.")
    text = pasted(client, document)
    screen = client.get(url(document, text)).text
    assert "<mark>Nghị định số 43/2011/NĐ-CP</mark>" in screen
    assert "Luật 45/2013/QH13 không có điều khoản này" in screen


def test_text_is_read_from_a_file_of_the_draft(client, document):
    upload = SimpleUploadedFile("van-ban.html.txt", TEXT.encode())
    client.post(edit(document), form_of(document) | {"new_files": [upload]})
    [attachment] = newest(document).attachments.all()
    answer = client.post(url(document), {"act": "read", "file": attachment.stored_file.sha256})
    text = Text.objects.get()
    assert answer.url == url(document, text)
    assert text.stored_file == attachment.stored_file
    assert text.elements.filter(eid="art_2").exists()


def test_every_form_of_the_screen_carries_its_token(client, document):
    client.post(edit(document), form_of(document) | {"new_files": [SimpleUploadedFile("a.pdf", PDF)]})
    screen = client.get(url(document, pasted(client, document))).text
    main = screen[screen.index("<main") :]
    assert main.count('<form method="post"') == main.count("csrfmiddlewaretoken") == 3


def test_file_without_text_tells_why(client, document):
    client.post(edit(document), form_of(document) | {"new_files": [SimpleUploadedFile("a.pdf", PDF)]})
    [attachment] = newest(document).attachments.all()
    answer = client.post(url(document), {"act": "read", "file": attachment.stored_file.sha256}, follow=True)
    assert "a.pdf" in answer.text
    assert not Text.objects.exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"act": "fly"}, {"act": "read", "file": "0" * 64}, {"act": "read"}, {"act": "take"}],
)
def test_form_that_no_screen_has_is_a_404(data, client, document):
    assert client.post(url(document), data).status_code == 404


@pytest.mark.parametrize("text", ["", "   \n "])
def test_empty_text_is_refused(text, client, document):
    answer = client.post(url(document), {"act": "paste", "text": text})
    assert answer.status_code == 200
    assert not Text.objects.exists()


@pytest.mark.parametrize("key", ["abc", "-1", "999999", "9" * 40])
def test_reading_that_is_not_there_is_refused(key, client, document):
    assert client.get(f"{url(document)}?ban={key}").status_code in {400, 404}


def test_text_of_another_document_is_no_reading_of_this(client, document):
    other = own("16/QĐ-STTTT")
    text = give(other, TEXT)
    assert client.get(url(document, text)).status_code == 404
    assert client.post(url(document, text), {"act": "take"}).status_code == 404


def test_draft_that_waits_for_approval_is_not_changed(client, document, department, editor_of, client_for):
    submit(thing=LegalDocument.objects.get(pk=document.pk), user=editor_of(department))
    pasted(client, document)
    assert not Text.objects.exists()


def test_markup_in_a_text_is_shown_as_text(client, document):
    text = pasted(client, document, "Điều 1. <script>alert(1)</script>\nTheo <b>Nghị định 1/1999/NĐ-CP</b>.")
    assert "<script>alert(1)" not in client.get(url(document, text)).text


class TestLists:
    def test_unresolved_citations_of_own_documents_are_listed(self, client, district, editor_of, client_for):
        own_public(text="Điều 1. Một\nTheo Nghị định số 1/1999/NĐ-CP.")
        assert "<mark>Nghị định số 1/1999/NĐ-CP</mark>" in client.get("/admin/legal-documents/unresolved/").text
        foreign = client_for(district, editor_of(district))
        assert "1/1999" not in foreign.get("/admin/legal-documents/unresolved/").text

    def test_citation_leaves_the_list_when_its_document_comes(self, client):
        document = own_public(text="Điều 1. Một\nTheo Luật Đất đai số 45/2013/QH13.")
        assert "45/2013" in client.get("/admin/legal-documents/unresolved/").text
        citing.settle_again([land_law(), document])
        assert "Mọi viện dẫn đều đã nối" in client.get("/admin/legal-documents/unresolved/").text

    def test_contradictions_of_own_documents_are_listed(self, client, district, editor_of, client_for):
        document = own_public(stated_status=Status.EXPIRED)
        assert document.number in client.get("/admin/legal-documents/contradictions/").text
        foreign = client_for(district, editor_of(district))
        assert document.number not in foreign.get("/admin/legal-documents/contradictions/").text

    def test_contradictions_are_counted_and_paged_in_a_bounded_number_of_queries(self, client):
        address, counts = "/admin/legal-documents/contradictions/", []
        for first, last in ((1, 2), (2, 21), (21, 53)):
            for number in range(first, last):
                own_public(f"{number:02}/QĐ-STTTT", stated_status=Status.EXPIRED)
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            counts.append(len(queries))
            assert f"{last - 1} văn bản" in answer.text
        assert counts[0] == counts[1] == counts[2]
        assert counts[0] <= 25
        assert len(client.get(address, {"p": 2}).context["rows"]) == 2
