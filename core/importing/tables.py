"""Reads tables that people fill in a spreadsheet: CSV in UTF-8 or UTF-16, and the first sheet of an XLSX workbook."""

import csv
import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.spreadsheets import armed
from core.text import normalise

from .refusals import BrokenFile

# Columns beyond are no part of any table that is taken in; a sheet may pretend to have 16,384.
_MOST_COLUMNS = 20
_MOST_UNPACKED = 50_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BROKEN_WORKBOOK = (
    *(BadZipFile, InvalidFileException, ParseError, struct.error, NotImplementedError),
    *(KeyError, IndexError, AttributeError, ValueError, TypeError, OSError, EOFError),
)


@dataclass(frozen=True)
class Limits:
    """How much of a table is taken in at once, in bytes of the file, rows, and bytes of text."""

    file: int = 1_000_000
    rows: int = 2_000
    text: int = 1_500_000


@dataclass(frozen=True)
class Row:
    """A row with the number of its first line in the file, its cells by the names of their columns."""

    line: int
    cells: dict[str, str]


def read_table(file: BinaryIO, name: str, columns: dict[str, Sequence[str]], limits: Limits) -> list[Row]:
    """Return the rows of a table, those without any text left out; raise BrokenFile with the reason in words.

    `columns` has for each column the headings that it may have; the first one must be there.
    """
    file.seek(0, io.SEEK_END)
    if file.tell() > limits.file:
        raise BrokenFile(_("The file is larger than %(limit)d kB. Divide it.") % {"limit": limits.file // 1_000})
    file.seek(0)
    suffix = PurePath(name).suffix.lower()
    if suffix not in _READERS:
        raise BrokenFile(_("Only tables in the formats CSV and XLSX can be read."))
    filled = ((line, cells) for line, cells in _READERS[suffix](file) if any(cells))
    places = _places(next(filled, (0, []))[1], columns)
    rows, text = [], 0
    for line, cells in filled:
        rows.append(Row(line, {key: cells[at] for key, at in places.items() if at < len(cells)}))
        text += sum(len(cell.encode(errors="replace")) for cell in cells)
        if len(rows) > limits.rows or text > limits.text:
            said = {"rows": limits.rows, "text": limits.text // 1_000}
            raise BrokenFile(_("The table has more than %(rows)d rows or %(text)d kB of text. Divide it.") % said)
    if not rows:
        raise BrokenFile(_("The table has no rows."))
    return rows


def _places(headings, columns):
    known = {_plain(one): key for key, names in columns.items() for one in names}
    places = {known[_plain(one)]: at for at, one in enumerate(headings) if _plain(one) in known}
    first = next(iter(columns))
    if first not in places:
        named = {"names": ", ".join(f"“{names[0]}”" for names in columns.values())}
        raise BrokenFile(_("The first row must name the columns, as a downloaded table does: %(names)s.") % named)
    return places


def _plain(heading):
    return " ".join(heading.split()).casefold()


def _cell(text: str) -> str:
    return armed(normalise(text).strip())


def _csv_rows(file) -> Iterator[tuple[int, list[str]]]:
    content = _decoded(file.read())
    head = content.split("\n", 1)[0]
    # Excel divides by what the computer's language says: in Vietnamese by semicolons.
    delimiter = max("\t;,", key=head.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            yield before + 1, [_cell(cell) for cell in cells[:_MOST_COLUMNS]]
            before = reader.line_num
    except csv.Error as error:
        raise BrokenFile(_("Line %(line)d is no line of a table.") % {"line": before + 1}) from error


def _decoded(content):
    encoding = "utf-16" if content.startswith(_UTF16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BrokenFile(_("The letters are not in UTF-8. In Excel, save as “CSV UTF-8” or as XLSX.")) from error
    if "\x00" in text:
        raise BrokenFile(_("This is no table in the format that its name says."))
    return text


def _workbook_rows(file) -> Iterator[tuple[int, list[str]]]:
    try:
        with ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
                raise BrokenFile(_("The workbook would unpack to more than 50 MB."))
        file.seek(0)
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()
        for line, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), start=1):
            yield line, [_cell("" if value is None else str(value)) for value in cells]
    except _BROKEN_WORKBOOK as error:
        raise BrokenFile(_("This is no table in the format that its name says.")) from error


_READERS = {".csv": _csv_rows, ".xlsx": _workbook_rows}
