"""Reads CSV: comma, semicolon or tab, in Unicode or in an old encoding, never more than a row in memory."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.importing.refusals import BrokenFile, RowError
from legal_docs.reading import UnreadableFile
from legal_docs.reading.encodings import decode

LONGEST_LINE = 20_000_000
MOST_COLUMNS = 200
# An old encoding is known by the syllables of the whole, so the whole must fit.
LARGEST_OLD = 32_000_000
_CHUNK = 1_048_576
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_csv(file: BinaryIO) -> Iterator[tuple[int, dict | RowError]]:
    """Yield (line number, fields by heading), or the error in place of the fields; empty rows are passed over."""
    text = _open(file)
    first = next(_lines(text), "")
    text.seek(0)
    csv.field_size_limit(LONGEST_LINE)
    table = csv.reader(_lines(text), delimiter=_delimiter(first))
    headings = None
    try:
        for cells in table:
            if not any(cell.strip() for cell in cells):
                continue
            if headings is None:
                headings = headings_of(cells)
                continue
            yield table.line_num, named(headings, cells)
    except csv.Error as error:
        raise BrokenFile(
            _("this is no table from line %(line)d on: %(problem)s") % {"line": table.line_num, "problem": error}
        ) from error


def headings_of(cells: list) -> list[str]:
    """Return the headings of a table; raise BrokenFile if there are too many or none."""
    headings = [" ".join(str(cell or "").split())[:200] for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise BrokenFile(_("the first row has no headings"))
    if len(headings) > MOST_COLUMNS:
        raise BrokenFile(_("the table has more than %(count)d columns") % {"count": MOST_COLUMNS})
    return headings


def named(headings: list[str], cells: list) -> dict | RowError:
    """Return the cells of a row by their headings; a row that is longer than the headings has lost its order."""
    if any(cell not in (None, "") for cell in cells[len(headings) :]):
        return RowError(_("the row has more cells than there are headings"))
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading}


def _open(file):
    head = file.read(4)
    file.seek(0)
    encoding = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    if encoding or _is_utf8(file):
        file.seek(0)
        return io.TextIOWrapper(file, encoding or "utf-8", newline="")
    file.seek(0)
    data = file.read(LARGEST_OLD + 1)
    if len(data) > LARGEST_OLD:
        raise BrokenFile(
            _("the file is not in UTF-8 and has more than %(size)d MB; save it as “CSV UTF-8”")
            % {"size": LARGEST_OLD // 1_000_000}
        )
    try:
        text, _encoding = decode(data)
    except UnreadableFile as error:
        raise BrokenFile(str(error)) from error
    return io.StringIO(text, newline="")


def _is_utf8(file):
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(text):
    try:
        while line := text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                raise BrokenFile(_("a line is longer than %(limit)d MB") % {"limit": LONGEST_LINE // 1_000_000})
            yield line
    except UnicodeError as error:
        raise BrokenFile(_("the file is not in the encoding that its first bytes name")) from error


def _delimiter(line):
    return max(",;\t", key=line.count)
