"""What stands in files: found as long as the public may have the file, and never read in a request."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from core.models import File
from home.models import NewsAttachment, NewsIndexPage, NewsPage
from legal_docs.enums import AttachmentKind
from legal_docs.models import Attachment, LegalDocument, StoredFile
from legal_docs.tests.reading_files import docx, paragraph
from legal_docs.tests.registry import public
from search.enums import FileState
from search.models import Change, FileText
from search.services import file_texts
from search.services.file_queue import ask_for_all, try_again
from search.services.file_texts import read_waiting
from search.services.indexing import index_changes

pytestmark = pytest.mark.django_db
WORDS = "Danh mục thuốc trừ sâu được phép dùng"


@pytest.fixture(autouse=True)
def nothing_noted(db):
    Change.objects.all().delete()


@pytest.fixture
def client(client_for, province):
    return client_for(province)


def stored(text=WORDS, data=None):
    data = data or docx(paragraph(text))
    digest = StoredFile.digest_of(BytesIO(data))
    file = StoredFile(sha256=digest, size=len(data), media_type="application/zip")
    file.file.save("x", ContentFile(data), save=False)
    file.save()
    return file


def attach(document, file, kind=AttachmentKind.ANNEX, name="phu-luc.docx", title="Phụ lục 1"):
    document.attachments.add(Attachment(stored_file=file, kind=kind, name=name, title=title))
    document.save_revision().publish()
    return document


def article(agency, text=WORDS, live=True, title="Nhà nông cần biết"):
    file = File(title="Danh mục", collection=agency.collection)
    file.file.save("danh-muc.docx", ContentFile(docx(paragraph(text))), save=False)
    file._set_document_file_metadata()
    file.save()
    section = NewsIndexPage.objects.descendant_of(agency.site.root_page).first()
    page = section.add_child(instance=NewsPage(title=title, summary="Tóm tắt.", live=live))
    NewsAttachment.objects.create(article=page, file=file)
    if live:
        page.save_revision().publish()
    return page, file


def read_all():
    """Take in what has changed, read what waits, take in what was read; return the states."""
    index_changes()
    states = [row.state for row in read_waiting()]
    index_changes()
    return states


def found(client, words="thuoc+tru+sau"):
    return client.get(f"/tim-kiem/?q={words}").text


class TestFinding:
    def test_annex_of_a_document_is_found_and_linked(self, client):
        document = attach(public(text="Điều 1. Sổ\nGiữ sổ ba năm."), stored())
        assert read_all() == [FileState.READ]
        page = found(client)
        assert "Tệp: Phụ lục 1" in page
        assert f'href="{document.get_absolute_url()}?tim=' in page
        assert "#tep" in page
        assert b'id="tep"' in b"".join(client.get(document.get_absolute_url()))

    def test_file_of_an_article_is_found(self, client, province):
        page, _file = article(province)
        assert read_all() == [FileState.READ]
        text = found(client)
        assert "Nhà nông cần biết" in text
        assert "#tep-dinh-kem" in text
        assert 'id="tep-dinh-kem"' in client.get(page.get_url()).text

    def test_original_is_read_where_there_is_no_full_text_and_not_twice_where_there_is(self, client):
        attach(public("02/2020/NĐ-CP"), stored(), AttachmentKind.ORIGINAL)
        attach(
            public("03/2020/NĐ-CP", text="Điều 1. Sổ\nGiữ sổ."), stored("Bản gốc có chữ ký"), AttachmentKind.ORIGINAL
        )
        assert read_all() == [FileState.READ]
        assert FileText.objects.count() == 1
        assert "02/2020" in found(client)

    def test_second_original_is_something_else(self, client):
        document = public(text="Điều 1. Sổ\nGiữ sổ ba năm.")
        attach(document, stored("Bản gốc có chữ ký"), AttachmentKind.ORIGINAL)
        attach(document, stored(), AttachmentKind.ORIGINAL, title="Bảng giá")
        assert read_all() == [FileState.READ]
        assert "Tệp: Bảng giá" in found(client)

    def test_file_of_two_documents_is_read_once_and_found_in_both(self, client):
        file = stored()
        attach(public("02/2020/NĐ-CP"), file)
        attach(public("03/2020/NĐ-CP"), file)
        assert read_all() == [FileState.READ]
        page = found(client)
        assert "02/2020" in page
        assert "03/2020" in page

    def test_table_is_read_too(self, client):
        cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Hoạt chất", "Abamectin"))
        attach(public(), stored(data=docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")))
        assert read_all() == [FileState.READ]
        assert "Abamectin" in found(client, "abamectin")


class TestPublicity:
    def test_draft_is_not_read(self, province):
        article(province, live=False)
        index_changes()
        assert ask_for_all() == 0
        assert not FileText.objects.exists()

    def test_what_was_taken_down_is_found_no_more_nor_read(self, client, province):
        page, _file = article(province)
        other, _other = article(province, "Danh mục thuốc thú y", title="Khác")
        index_changes()
        NewsPage.objects.get(pk=other.pk).unpublish()
        # The other one was taken up and let be.
        assert sorted(read_all()) == [FileState.READ, FileState.RUNNING]
        assert FileText.objects.count() == 1
        NewsPage.objects.get(pk=page.pk).unpublish()
        index_changes()
        assert "Nhà nông cần biết" not in found(client)

    def test_restricted_article_and_closed_collection_are_not_found(self, client, province):
        page, file = article(province)
        read_all()
        assert "Tệp: Danh mục" in found(client)
        closing = CollectionViewRestriction.objects.create(collection=file.collection, restriction_type="login")
        index_changes()
        assert "Tệp: Danh mục" not in found(client)
        closing.delete()
        index_changes()
        assert "Tệp: Danh mục" in found(client)
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        index_changes()
        assert "Tệp: Danh mục" not in found(client)

    def test_file_that_is_replaced_is_found_by_its_new_text_alone(self, client, client_for, province, approver_of):
        _page, file = article(province)
        read_all()
        data = {"title": "Danh mục 2027", "collection": province.collection.pk, "tags": ""}
        data["file"] = SimpleUploadedFile("moi.docx", docx(paragraph("Danh mục phân bón được phép dùng")))
        answer = client_for(province, approver_of(province)).post(reverse("wagtaildocs:edit", args=[file.pk]), data)
        assert answer.status_code == 302
        index_changes()
        assert "Nhà nông cần biết" not in found(client)
        read_all()
        assert "Tệp: Danh mục 2027" in found(client, "phan+bon")

    def test_file_that_is_moved_into_a_closed_collection_is_found_no_more(self, client, province):
        _page, file = article(province)
        read_all()
        closed = province.collection.add_child(name="Nội bộ")
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        file.collection = closed
        file.save()
        index_changes()
        assert "Tệp: Danh mục" not in found(client)

    def test_file_that_is_taken_off_is_found_no_more(self, client):
        document = attach(public(), stored())
        read_all()
        document = LegalDocument.objects.get(pk=document.pk)
        document.attachments.clear()
        document.save_revision().publish()
        index_changes()
        assert "Tệp: Phụ lục 1" not in found(client)


class TestReading:
    def test_no_request_reads(self, monkeypatch, client):
        monkeypatch.setattr(file_texts.reading, "read", lambda *_, **__: pytest.fail("it reads"))
        attach(public(), stored())
        index_changes()
        found(client)
        assert FileText.objects.get().state == FileState.WAITING

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x00" * 100, b"%PDF-1.4 broken"])
    def test_what_cannot_be_read_is_told_once_and_holds_nothing_up(self, client, data):
        attach(public("02/2020/NĐ-CP"), stored(data=data or b"\n"))
        attach(public("03/2020/NĐ-CP"), stored())
        assert sorted(read_all()) == [FileState.FAILED, FileState.READ]
        assert FileText.objects.get(state=FileState.FAILED).reason
        assert read_all() == []
        assert "03/2020" in found(client)

    def test_file_that_is_gone_from_the_disk_is_told(self):
        file = stored()
        attach(public(), file)
        file.file.storage.delete(file.file.name)
        assert read_all() == [FileState.FAILED]

    def test_killed_reading_is_done_again_after_a_while_and_given_up_after_the_second(self):
        attach(public(), stored())
        index_changes()
        now = timezone.now()
        for attempt in (1, 2):
            row = file_texts._taken_up(now)
            assert (row.state, row.attempts) == (FileState.RUNNING, attempt)
            # It was seen just now: nobody else takes it.
            assert file_texts._taken_up(now + timedelta(minutes=4)) is None
            now += timedelta(minutes=6)
        assert file_texts._taken_up(now) is None
        row = FileText.objects.get()
        assert (row.state, row.reason) == (FileState.FAILED, "interrupted")
        assert try_again() == 1
        assert read_all() == [FileState.READ]

    def test_very_long_text_is_cut(self, monkeypatch):
        monkeypatch.setattr(file_texts, "LONGEST", 20)
        attach(public(), stored())
        read_all()
        assert FileText.objects.get().text == WORDS[:20]

    def test_command_reads_what_was_there_before(self, client, capsys):
        attach(public(), stored())
        Change.objects.all().delete()
        call_command("read_files")
        index_changes()
        assert "1 tệp" in capsys.readouterr().out
        assert "Tệp: Phụ lục 1" in found(client)
        call_command("read_files", "--again")
        assert "0 tệp" in capsys.readouterr().out

    def test_file_without_a_digest_is_passed_over(self, client, province):
        _page, file = article(province)
        File.objects.filter(pk=file.pk).update(sha256="")
        assert read_all() == []
