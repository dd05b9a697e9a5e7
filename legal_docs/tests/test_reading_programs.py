"""Old Word files and scans, with the real programs where they are installed, and with a clear word where not."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from legal_docs.enums import TextSource
from legal_docs.reading import Limits, UnreadableFile, parsing, programs, read
from legal_docs.structure.blocks import Paragraph, Table

from . import reading_files as files

_RTF = rb"""{\rtf1\ansi\ansicpg1258\deff0{\fonttbl{\f0 Times New Roman;}}
\pard\qc\b QUY\u7870?T \u272?\u7882?NH\b0\par
\pard\ql \u272?i\u7873?u 1. Ph\u7841?m vi\par
\trowd\cellx2000\cellx4000\intbl STT\cell T\u234?n\cell\row
\pard}"""

needs_libreoffice = pytest.mark.skipif(
    not programs.is_installed("soffice"), reason="LibreOffice is not installed: libreoffice-writer-nogui"
)
needs_recognition = pytest.mark.skipif(
    not programs.is_installed("ocrmypdf"), reason="not installed: ocrmypdf tesseract-ocr-vie"
)


@pytest.fixture
def stored(tmp_path):
    def store(data: bytes, name: str):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return store


def _picture() -> Image.Image:
    """Return a page of large letters as a scanner would."""
    page = Image.new("L", (1654, 2339), 255)
    drawing = ImageDraw.Draw(page)
    for number, line in enumerate(("NGHI QUYET SO 12", "HOI DONG NHAN DAN TINH", "TRAN TRONG THONG BAO")):
        drawing.text((200, 300 + 120 * number), line, fill=0, font=ImageFont.load_default(64))
    return page


def _saved(picture, form) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, resolution=200.0)
    return out.getvalue()


@needs_libreoffice
def test_rtf_is_converted_and_read(stored):
    found = read(stored(_RTF, "a.rtf"), name="a.rtf")
    assert found.blocks[0] == Paragraph("QUYẾT ĐỊNH", True, True)
    assert found.blocks[1] == Paragraph("Điều 1. Phạm vi")
    assert isinstance(found.blocks[2], Table)
    assert (found.source, found.media_type) == (TextSource.DOC, "application/rtf")
    assert any("LibreOffice" in remark for remark in found.remarks)


@needs_libreoffice
def test_an_old_word_file_that_is_none_is_refused(stored):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(5000)
    with pytest.raises(UnreadableFile) as caught:
        read(stored(data, "a.doc"))
    assert caught.value.reason in ("conversion_failed", "no_text")


@needs_libreoffice
def test_a_conversion_that_takes_too_long_is_stopped(stored):
    with pytest.raises(UnreadableFile) as caught:
        read(stored(_RTF, "a.rtf"), limits=Limits(seconds=0.5))
    assert caught.value.reason in ("conversion_failed", "too_slow")


@needs_recognition
def test_a_scan_is_recognised_and_says_so(stored):
    found = read(stored(_saved(_picture(), "PDF"), "a.pdf"), name="a.pdf")
    words = " ".join(block.text for block in found.blocks if isinstance(block, Paragraph))
    assert "TRONG THONG" in words
    assert (found.source, found.pages) == (TextSource.SCAN, 1)
    assert found.remarks[0].startswith("Văn bản do máy nhận dạng từ ảnh.")


@needs_recognition
def test_a_picture_of_a_page_is_recognised(stored):
    found = read(stored(_saved(_picture(), "PNG"), "a.png"), name="a.png")
    assert (found.source, found.media_type) == (TextSource.SCAN, "image/png")


@pytest.mark.parametrize(
    ("data", "reason", "package"),
    [
        (_RTF, "no_converter", "libreoffice-writer-nogui"),
        (files.pdf([], image_on=(0,)), "scan", "ocrmypdf tesseract-ocr-vie"),
        (files.pdf([files.text("Điều 1.", 60, 100)], unknown=True), "unreadable_letters", ""),
    ],
)
def test_without_the_programs_the_packages_are_named(stored, tmp_path, monkeypatch, data, reason, package):
    monkeypatch.setattr(programs.shutil, "which", lambda program: None)
    with pytest.raises(UnreadableFile) as caught:
        parsing.read_file(stored(data, "a"), "", tmp_path, Limits())
    assert caught.value.reason == reason
    assert package in str(caught.value)


def test_without_recognition_pages_that_are_pictures_are_named(stored, tmp_path, monkeypatch):
    monkeypatch.setattr(programs.shutil, "which", lambda program: None)
    data = files.pdf([files.text("Điều 1.", 60, 100)], [], [], image_on=(1, 2))
    found = parsing.read_file(stored(data, "a.pdf"), "a.pdf", tmp_path, Limits())
    assert [(each.about, dict(each.facts)["pages"]) for each in found.remarks] == [("pages_without_text", "2, 3")]
