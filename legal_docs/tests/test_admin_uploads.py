"""Files that lie, burst or never end, at the form of a document and at the screen of its full text."""

import io
import os

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from editorial.tests.test_records import form_of
from legal_docs.models import LegalDocument, StoredFile, Text
from legal_docs.services.files import MOST_BYTES

from . import reading_files as files
from .test_admin_documents import ADD, edit, entered, newest, own

pytestmark = pytest.mark.django_db
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def client(department, editor_of, client_for):
    return client_for(department, editor_of(department))


def locked_pdf():
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(files.pdf([files.text("Mật", 60, 100)]))))
    writer.encrypt("owner", "user")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def kept_files():
    root = settings.MEDIA_ROOT
    return [name for _folder, _folders, names in os.walk(root) for name in names]


def read(client, name, data):
    """Give a draft a file and ask for its text; return what the screen says."""
    document = own()
    client.post(edit(document), form_of(document) | {"new_files": [SimpleUploadedFile(name, data)]})
    [attachment] = newest(document).attachments.all()
    address = f"/admin/legal-documents/{document.pk}/text/"
    return client.post(address, {"act": "read", "file": attachment.stored_file.sha256}, follow=True)


class Endless(io.RawIOBase):
    """So many bytes of a PDF that nobody holds in memory."""

    def __init__(self, size):
        self.left = size
        self.name = "lon.pdf"

    def __len__(self):
        return self.left

    def read(self, wanted=-1):
        size = self.left if wanted < 0 else min(wanted, self.left)
        self.left -= size
        return b"%PDF-1.7 "[:size].ljust(size, b" ")


class TestAtTheForm:
    @pytest.mark.parametrize(
        "name", ["../../etc/passwd.pdf", "..\\..\\boot.pdf", "/etc/cron.d/x.pdf", "a/../../b.pdf", "....//x.pdf"]
    )
    def test_name_that_climbs_never_leaves_the_folder_of_files(self, name, client):
        client.post(ADD, entered(new_files=[SimpleUploadedFile("x", files.pdf([files.text("Điều", 60, 100)]))]))
        stored = StoredFile.objects.get()
        document = LegalDocument.objects.get()
        client.post(edit(document), form_of(document) | {"new_files": [named(name, stored)]})
        names = [one.name for one in newest(document).attachments.all()]
        assert all("/" not in one and "\\" not in one and not one.startswith(".") for one in names)
        assert stored.file.path.startswith(str(settings.MEDIA_ROOT))

    def test_ending_that_lies_is_not_believed(self, client):
        data = files.pdf([files.text("Điều", 60, 100)])
        client.post(ADD, entered(new_files=[SimpleUploadedFile("trang.html", data, content_type="text/html")]))
        assert StoredFile.objects.get().media_type == "application/pdf"

    def test_locked_pdf_is_kept_since_it_may_be_the_signed_original(self, client):
        answer = client.post(ADD, entered(new_files=[SimpleUploadedFile("mat.pdf", locked_pdf())]))
        assert answer.status_code == 302

    def test_file_beyond_the_bound_leaves_nothing_behind(self, client, settings, tmp_path):
        settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
        before = kept_files()
        answer = client.post(ADD, entered(new_files=[Endless(MOST_BYTES + 1)]))
        assert "“lon.pdf” có 51 MB; mỗi tệp tối đa 50 MB" in answer.text
        answer.wsgi_request.close()
        assert not LegalDocument.objects.exists()
        assert not StoredFile.objects.exists()
        assert kept_files() == before
        assert list(tmp_path.iterdir()) == []


def named(name, stored):
    upload = SimpleUploadedFile("x", stored.file.read() + b"\n", content_type="application/pdf")
    # SimpleUploadedFile itself would take the folders away.
    upload._name = name
    return upload


class TestAtTheText:
    @pytest.mark.parametrize(
        ("name", "data", "says"),
        [
            ("bom.docx", files.packed({"word/document.xml": b" " * 30_000_000}), "bom.docx"),
            ("mat.pdf", locked_pdf(), "mật khẩu"),
            ("cut.pdf", files.pdf([files.text("Điều 1.", 60, 100)])[:700], "hỏng"),
            ("cut.docx", files.docx(files.paragraph("a"))[:300], "hỏng"),
        ],
    )
    def test_what_cannot_be_read_says_why_and_leaves_no_text(self, name, data, says, client):
        answer = read(client, name, data)
        message = list(answer.context["messages"])[-1]
        assert message.level_tag == "error"
        assert name in message.message
        assert says in message.message
        assert not Text.objects.exists()
