"""What may become a file for download, judged at the check itself and at the admin's door."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.file_checks import check_file
from core.models import File

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"


def archive(*names, data=b"x"):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, data)
    return buffer.getvalue()


def zip_bomb():
    """60 entries that would each unpack to ten megabytes."""
    return archive(*(f"{n}.txt" for n in range(60)), data=b"\x00" * 10_000_000)


ACCEPTED = [
    (PDF, "a.pdf"),
    (b"\xef\xbb\xbf\n" + PDF, "A.PDF"),
    (OLE, "a.doc"),
    (OLE, "a.xls"),
    (archive("word/document.xml"), "a.docx"),
    (archive("xl/workbook.xml"), "a.xlsx"),
    (archive("ppt/presentation.xml"), "a.pptx"),
    (archive("mimetype", "content.xml"), "a.odt"),
    (archive("a.txt"), "a.zip"),
    (archive(), "a.zip"),
    (b"Rar!\x1a\x07\x00", "a.rar"),
    ("số,tên\n1,Thủ Dầu Một\n".encode(), "a.csv"),
    ("số,tên\n".encode("utf-16"), "a.txt"),
]
REFUSED = [
    (HTML, "a.pdf", "wrong_content"),
    (HTML + PDF, "a.pdf", "wrong_content"),
    (b"<!-- -->" + PDF, "a.pdf", "wrong_content"),
    (b" " * 1_024 + PDF, "a.pdf", "wrong_content"),
    (HTML, "a.doc", "wrong_content"),
    (PDF, "a.docx", "wrong_content"),
    (OLE, "a.docx", "wrong_content"),
    (archive("a.txt"), "a.docx", "wrong_content"),
    (archive("word/document.xml"), "a.xlsx", "wrong_content"),
    (archive("a.txt")[:-10], "a.zip", "wrong_content"),
    (b"PK\x03\x04" + b"\x00" * 100, "a.zip", "wrong_content"),
    (b"MZ" + b"\x00" * 100, "a.txt", "wrong_content"),
    (b"MZ", "a.exe", "wrong_content"),
    (HTML, "a.html", "wrong_content"),
    (PDF, "a", "wrong_content"),
    (b"", "a.pdf", "wrong_content"),
    (zip_bomb(), "a.zip", "zip_bomb"),
]


@pytest.mark.parametrize(("content", "name"), ACCEPTED)
def test_file_that_is_what_it_says_is_accepted(content, name):
    file = BytesIO(content)
    check_file(file, name)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "code"), REFUSED, ids=[f"{name}-{n}" for n, (_c, name, _k) in enumerate(REFUSED)]
)
def test_what_is_refused_is_told_why(content, name, code):
    file = BytesIO(content)
    with pytest.raises(ValidationError) as caught:
        check_file(file, name)
    assert caught.value.code == code
    assert caught.value.messages[0]
    assert file.tell() == 0


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=12))
@hypothesis_settings(max_examples=300, deadline=None)
def test_no_damage_is_more_than_a_refusal(changes):
    content = bytearray(archive("word/document.xml", "tên có dấu.xml"))
    for position, value in changes:
        content[position % len(content)] = value
    with suppress(ValidationError):
        check_file(BytesIO(bytes(content)), "a.docx")


# At the door


@pytest.fixture
def upload(department, editor_of, client_for):
    """Upload a file in the admin as an editor of the department."""
    client = client_for(department, editor_of(department))

    def post(content, name):
        data = {"title": "Tệp", "collection": department.collection.pk, "file": SimpleUploadedFile(name, content)}
        return client.post(reverse("wagtaildocs:add"), data)

    return post


def test_editor_uploads_a_file(upload):
    assert upload(PDF, "ke-hoach.pdf").status_code == 302
    file = File.objects.get()
    assert len(file.sha256) == 64
    assert file.extension == "PDF"


@pytest.mark.parametrize(
    ("content", "name"), [(HTML, "a.pdf"), (archive("a.txt"), "a.docx"), (HTML, "a.html"), (zip_bomb(), "a.zip")]
)
def test_editor_is_told_why_a_file_is_refused(upload, content, name):
    answer = upload(content, name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not File.objects.exists()
