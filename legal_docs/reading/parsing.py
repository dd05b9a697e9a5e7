"""One file to blocks, inside the worker: by what its bytes are, not by its name."""

import re
from dataclasses import replace
from pathlib import Path, PurePath

from legal_docs.structure.blocks import Paragraph

from .doc import read_doc
from .docx import read_docx
from .encodings import decode
from .limits import MEGABYTE, Limits
from .outcome import Draft, UnreadableFile, remark
from .pasted import blocks_of_html, blocks_of_pasted
from .pdf import draft_of, open_layer
from .pdf_furniture import MOTTO
from .scan import complete, read_image, read_scan
from .sniffing import ENDINGS, MEDIA_TYPES, FileKind, sniff

_REFUSED = {
    FileKind.EMPTY: "empty",
    FileKind.ENCRYPTED: "encrypted",
    FileKind.ARCHIVE: "archive",
    FileKind.SPREADSHEET: "spreadsheet",
    FileKind.OPEN_DOCUMENT: "open_document",
    FileKind.UNKNOWN: "unknown",
}
# Many offices save web pages as .doc; a .pdf or .docx that is one is a download that failed.
_MAY_BE_HTML = {".html", ".htm", ".doc", ".txt", ""}
_HEAD = 10
_ROOM_FOR_NUMBER = re.compile(r"[Ss]ố\s*:?\s*[._…]*\s*/|ngày\s*[._…]*\s*tháng\s*[._…]*\s*năm")
# Text takes no pictures: a larger one is no document.
_MOST_TEXT = 20 * MEGABYTE


def read_file(path: Path, name: str, folder: Path, limits: Limits) -> Draft:
    """Return the text of a file; the folder is for what is written on the way. Raises UnreadableFile."""
    if not path.is_file():
        raise UnreadableFile("missing")
    if path.stat().st_size > limits.file_bytes:
        raise UnreadableFile("too_large", {"megabytes": limits.file_bytes // MEGABYTE})
    kind, suffix = sniff(path), PurePath(name or path.name).suffix.lower()
    if kind in _REFUSED:
        raise UnreadableFile(_REFUSED[kind])
    if kind is FileKind.HTML and suffix not in _MAY_BE_HTML:
        raise UnreadableFile("web_page")
    draft = _read(path, kind, folder, limits)
    if _lacks_number(draft.blocks):
        draft = replace(draft, remarks=(*draft.remarks, remark("number_missing")))
    if suffix in ENDINGS and ENDINGS[suffix] is not kind:
        lie = remark("name_lies", name=PurePath(name or path.name).name, kind=kind.value)
        draft = replace(draft, remarks=(lie, *draft.remarks))
    return draft


def _lacks_number(blocks):
    """Tell whether the head leaves room for the number or the date: an office stamps them when it signs."""
    head = "\n".join(text for block in blocks[:_HEAD] for text in _texts(block))
    return bool(_ROOM_FOR_NUMBER.search(head) and MOTTO.search(head))


def _texts(block):
    return [block.text] if isinstance(block, Paragraph) else [cell.text for row in block.rows for cell in row]


def _read(path, kind, folder, limits):
    if kind is FileKind.DOCX:
        return read_docx(path, limits)
    if kind in (FileKind.DOC, FileKind.RTF):
        return read_doc(path, kind, folder, limits)
    if kind is FileKind.PDF:
        return _read_pdf(path, folder, limits)
    if kind is FileKind.IMAGE:
        return read_image(path, folder, limits)
    return _read_text(path, kind, limits)


def _read_pdf(path, folder, limits):
    layer = open_layer(path, limits, folder)
    if layer.is_scan:
        if not layer.empty:
            raise UnreadableFile("no_text")
        return read_scan(path, folder, limits)
    if layer.is_unreadable:
        return read_scan(path, folder, limits, over_text=True)
    return complete(path, layer, folder, limits) if layer.empty else draft_of(layer)


def _read_text(path, kind, limits):
    if path.stat().st_size > min(_MOST_TEXT, limits.file_bytes):
        raise UnreadableFile("too_large", {"megabytes": _MOST_TEXT // MEGABYTE})
    text, encoding = decode(path.read_bytes())
    if kind is FileKind.HTML:
        blocks, remarks = blocks_of_html(text), ()
    else:
        blocks, remarks = blocks_of_pasted(text)
    if not blocks:
        raise UnreadableFile("no_text")
    if not encoding.startswith("utf-"):
        remarks = (remark("encoding", encoding=encoding), *remarks)
    return Draft(blocks, "pasted", MEDIA_TYPES[kind], remarks=remarks)
