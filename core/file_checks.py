"""What may become a file for download: the content must be what the ending says."""

import struct
import zipfile
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_RAR = b"Rar!\x1a\x07"
# Ending -> a path every such container holds; None for a plain archive.
_CONTAINERS = {
    ".docx": "word/",
    ".xlsx": "xl/",
    ".pptx": "ppt/",
    ".odt": "mimetype",
    ".ods": "mimetype",
    ".zip": None,
}
_TEXT = {".csv", ".txt"}
# What Windows calls “Unicode”.
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
MAX_UNPACKED_BYTES = 500_000_000


def check_file(file: BinaryIO, name: str | None = None) -> None:
    """Raise a ValidationError that says why, unless the file's bytes are what its ending promises."""
    suffix = PurePath(name or getattr(file, "name", "") or "").suffix.lower()
    file.seek(0)
    head = file.read(1024)
    try:
        if not _matches(file, head, suffix):
            raise ValidationError(
                _("The content is not what the ending “%(suffix)s” says. Save it again in that format, or rename it."),
                code="wrong_content",
                params={"suffix": suffix},
            )
    finally:
        file.seek(0)


def _matches(file, head, suffix):
    if suffix == ".pdf":
        # ISO 32000-1, annex H: readers accept the header within the first 1,024 bytes.
        before, header, _rest = head.partition(b"%PDF-")
        return bool(header) and b"<" not in before
    if suffix in {".doc", ".xls", ".ppt"}:
        return head.startswith(_OLE)
    if suffix == ".rar":
        return head.startswith(_RAR)
    if suffix in _CONTAINERS:
        return head.startswith(_ZIP) and _container_is_sound(file, _CONTAINERS[suffix])
    if suffix in _TEXT:
        return head.startswith(_UTF16) or b"\x00" not in head
    # An ending that nothing here can judge is not accepted by oversight.
    return False


def _container_is_sound(file, required):
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, OverflowError, NotImplementedError, struct.error):
        return False
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise ValidationError(_("The archive would unpack to more than 500 MB."), code="zip_bomb")
    return required is None or any(entry.filename.startswith(required) for entry in entries)
