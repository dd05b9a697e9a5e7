"""The files of documents: kept as they were given, byte for byte, once each, under the SHA-256 of what they hold."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.text import normalise
from legal_docs.enums import AttachmentKind
from legal_docs.models import StoredFile
from legal_docs.reading import UnreadableFile
from legal_docs.reading.sniffing import MEDIA_TYPES, FileKind, sniff
from legal_docs.signatures import signatures_of

# In bytes; the web server takes 60 MB for a whole form (deploy/nginx).
MOST_BYTES = 50_000_000
LONGEST_NAME = 200
_OPEN_DOCUMENTS = {".odt": "text", ".ods": "spreadsheet", ".odp": "presentation"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TABLES = {".xlsx": _OFFICE + "spreadsheetml.sheet", ".pptx": _OFFICE + "presentationml.presentation"}
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
# What is no document: refused with the reader's own words for it.
_REFUSED = {
    FileKind.EMPTY: "empty",
    FileKind.HTML: "web_page",
    FileKind.ENCRYPTED: "encrypted",
    FileKind.UNKNOWN: "unknown",
}
_KINDS = {
    FileKind.PDF: AttachmentKind.ORIGINAL,
    FileKind.DOCX: AttachmentKind.TEXT,
    FileKind.DOC: AttachmentKind.TEXT,
    FileKind.RTF: AttachmentKind.TEXT,
}


def keep(upload: File, name: str, *, most_bytes: int = MOST_BYTES, reads_signatures: bool = True) -> StoredFile:
    """Keep the bytes of a file and return their row; the same bytes given again are the row that is there.

    Raise ValidationError, in words for whoever gave it, for a file that is too large or no document at all.
    """
    if upload.size > most_bytes:
        text = _("“%(name)s” has %(size)d MB; at most %(most)d MB are taken. Divide it, or save it smaller.")
        facts = {"name": clean_name(name), "size": upload.size // 1_000_000 + 1, "most": most_bytes // 1_000_000}
        raise ValidationError(text % facts)
    digest = StoredFile.digest_of(upload)
    known = StoredFile.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    with _on_disk(upload) as path:
        kind = sniff(path)
        if kind in _REFUSED:
            raise ValidationError(f"“{clean_name(name)}”: {UnreadableFile(_REFUSED[kind])}")
        media_type = _media_type(path, kind, name)
        found = signatures_of(path) if reads_signatures and kind is FileKind.PDF else []
    upload.seek(0)
    stored = StoredFile(sha256=digest, size=upload.size, media_type=media_type)
    stored.signatures = [report.as_json() for report in found]
    return _write(stored, upload)


def _write(stored, upload):
    try:
        with transaction.atomic():
            stored.file.save(stored.sha256, upload, save=False)
            stored.save()
    except IntegrityError:
        # Somebody gave the same bytes at the same moment; theirs are these.
        stored.file.delete(save=False)
        return StoredFile.objects.get(sha256=stored.sha256)
    return stored


@contextmanager
def _on_disk(upload):
    """Give the path of a file with these bytes; what came in small is in memory only."""
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    handle, path = tempfile.mkstemp(prefix="given-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        yield Path(path)
    finally:
        Path(path).unlink()


def _media_type(path, kind, name):
    """Return what the bytes are; the ending only tells apart what the bytes say is of one family."""
    ending = PurePosixPath(name.lower()).suffix
    if kind is FileKind.SPREADSHEET:
        return _TABLES.get(ending, "application/vnd.ms-excel")
    if kind is FileKind.OPEN_DOCUMENT:
        return f"application/vnd.oasis.opendocument.{_OPEN_DOCUMENTS.get(ending, 'text')}"
    if kind is FileKind.IMAGE:
        with path.open("rb") as file:
            head = file.read(8)
        return next((kind for beginning, kind in _PICTURES.items() if head.startswith(beginning)), "image/*")
    return MEDIA_TYPES.get(kind, "application/octet-stream")


def clean_name(name: str) -> str:
    """Return a name under which a file is offered: no folders, one form of letters, no longer than its column."""
    name = PureWindowsPath(PurePosixPath(normalise(name)).name).name
    name = " ".join("".join(letter for letter in name if letter.isprintable()).split()).lstrip(".") or _("file")
    stem, dot, ending = name.rpartition(".")
    room = LONGEST_NAME - len(ending) - 1
    return f"{stem[:room]}{dot}{ending}" if dot and len(ending) < LONGEST_NAME // 2 else name[:LONGEST_NAME]


def usual_kind(stored: StoredFile) -> AttachmentKind:
    """Return what a file of its type is as a rule: a PDF the signed original, a Word file the text for editing."""
    by_type = {MEDIA_TYPES[kind]: use for kind, use in _KINDS.items()}
    return by_type.get(stored.media_type, AttachmentKind.ANNEX)
