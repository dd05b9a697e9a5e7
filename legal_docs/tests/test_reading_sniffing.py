"""What a file is, is told by its bytes."""

import pytest

from legal_docs.reading.sniffing import FileKind, sniff

from . import reading_files as files

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _ole(stream: str, flags: int = 0) -> bytes:
    block = b"\xec\xa5" + bytes(8) + flags.to_bytes(2, "little")
    return _OLE + bytes(504) + block + bytes(500) + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", FileKind.EMPTY),
        (files.pdf([]), FileKind.PDF),
        (b"\n\n" + files.pdf([]), FileKind.PDF),
        (files.docx(""), FileKind.DOCX),
        (files.docx("")[:200], FileKind.DOCX),
        (_ole("WordDocument"), FileKind.DOC),
        (_ole("WordDocument", flags=0x0100), FileKind.ENCRYPTED),
        (_ole("EncryptedPackage"), FileKind.ENCRYPTED),
        (_ole("Workbook"), FileKind.SPREADSHEET),
        (b"{\\rtf1 text}", FileKind.RTF),
        (b"<!DOCTYPE html><html><body>404</body></html>", FileKind.HTML),
        (b"\xef\xbb\xbf \n<!-- x --><HTML>", FileKind.HTML),
        ("Điều 1. Phạm vi".encode(), FileKind.TEXT),
        ("Điều 1. Phạm vi".encode("utf-16"), FileKind.TEXT),
        (b"\x89PNG\r\n\x1a\n\x00\x00", FileKind.IMAGE),
        (b"\xff\xd8\xff\xe0JFIF", FileKind.IMAGE),
        (files.packed({"a.txt": "x"}), FileKind.ARCHIVE),
        (files.packed({"xl/workbook.xml": "x"}), FileKind.SPREADSHEET),
        (files.packed({"mimetype": "application/vnd.oasis.opendocument.text"}), FileKind.OPEN_DOCUMENT),
        (b"Rar!\x1a\x07\x00", FileKind.ARCHIVE),
        (bytes(range(256)), FileKind.UNKNOWN),
    ],
)
def test_each_kind_is_known(tmp_path, data, kind):
    path = tmp_path / "named-anyhow.pdf"
    path.write_bytes(data)
    assert sniff(path) is kind
