"""What a file is, by its bytes: names lie (a .docx that is an old .doc, a .pdf that is an error page)."""

import mmap
import re
import zipfile
from enum import StrEnum
from pathlib import Path


class FileKind(StrEnum):
    """What the reader tells apart."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    HTML = "html"
    TEXT = "text"
    IMAGE = "image"
    ENCRYPTED = "encrypted"
    OPEN_DOCUMENT = "open_document"
    SPREADSHEET = "spreadsheet"
    ARCHIVE = "archive"
    EMPTY = "empty"
    UNKNOWN = "unknown"


MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.DOC: "application/msword",
    FileKind.RTF: "application/rtf",
    FileKind.HTML: "text/html",
    FileKind.TEXT: "text/plain",
    FileKind.IMAGE: "image/*",
}
ENDINGS = {
    ".pdf": FileKind.PDF,
    ".docx": FileKind.DOCX,
    ".docm": FileKind.DOCX,
    ".doc": FileKind.DOC,
    ".rtf": FileKind.RTF,
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".txt": FileKind.TEXT,
}
_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_HTML = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,500}?-->\s*)*<(!doctype\s+html|html|head|body|meta|title|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Names of streams as the directory of an OLE file writes them.
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# The file information block begins with this mark; a bit of the word at offset 10 says "encrypted" ([MS-DOC] 2.5.2).
_WORD_MARK = b"\xec\xa5"
_FLAGS, _IS_ENCRYPTED = 10, 0x0100


def sniff(path: Path) -> FileKind:
    """Return what the bytes of a file are, whatever it is called."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return FileKind.EMPTY
    if head.startswith(_OLE):
        return _sniff_ole(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(path)
    return _sniff_head(head)


def _sniff_head(head):
    if head.lstrip().startswith(b"{\\rtf"):
        return FileKind.RTF
    if head.startswith(_PACKED):
        return FileKind.ARCHIVE
    if head.startswith(_IMAGES) or head[4:12] in (b"ftypheic", b"ftypavif"):
        return FileKind.IMAGE
    if _HTML.match(head):
        return FileKind.HTML
    # ISO 32000-1, annex H: readers accept the header within the first 1,024 bytes.
    if b"%PDF-" in head[:1029]:
        return FileKind.PDF
    return FileKind.TEXT if _is_text(head) else FileKind.UNKNOWN


def _is_text(head):
    if head.startswith(_UTF16):
        return True
    if head.count(b"\x00") > len(head) // 4 and len(set(head[1::2])) < len(set(head[::2])):
        return True
    return not _CONTROLS.search(head)


def _sniff_ole(path):
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(_ENCRYPTED_STREAM) >= 0:
            return FileKind.ENCRYPTED
        if data.find(_WORD_STREAM) < 0:
            return FileKind.SPREADSHEET
        start = next((at for at in (512, 4096) if data[at : at + 2] == _WORD_MARK), None)
        if start is None:
            return FileKind.DOC
        flags = int.from_bytes(data[start + _FLAGS : start + _FLAGS + 2], "little")
        return FileKind.ENCRYPTED if flags & _IS_ENCRYPTED else FileKind.DOC


def _sniff_zip(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return FileKind.OPEN_DOCUMENT
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        # A truncated DOCX still begins like one; opening it says that it is broken.
        return FileKind.DOCX
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        return FileKind.DOCX
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        return FileKind.SPREADSHEET
    return FileKind.ARCHIVE
