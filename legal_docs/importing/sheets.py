"""Reads the first sheet of an XLSX file, row by row; formulas are not computed, their kept results are read."""

import re
import zipfile
from collections.abc import Iterator
from datetime import time
from typing import BinaryIO

import openpyxl
from django.utils.translation import gettext as _

from core.importing.refusals import BrokenFile, RowError

from .members import checked_zip
from .tables import MOST_COLUMNS, headings_of, named

# openpyxl keeps all shared strings in memory, about three times their bytes.
LARGEST_STRINGS = 60_000_000
LARGEST_SUM = 1_000_000_000
LARGEST_SHEET = 800_000_000
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1_048_576


def read_xlsx(file: BinaryIO) -> Iterator[tuple[int, dict | RowError]]:
    """Yield (row number, fields by heading), or the error in place of the fields; empty rows are passed over."""
    with checked_zip(file, largest_sum=LARGEST_SUM, largest_member=LARGEST_SHEET) as archive:
        _check(archive)
    file.seek(0)
    try:
        yield from _rows(file)
    except (BrokenFile, RowError):
        raise
    except Exception as error:
        # A damaged workbook raises whatever the parser met: KeyError, ParseError, ValueError …
        raise BrokenFile(
            _("the workbook is damaged: %(problem)s") % {"problem": f"{type(error).__name__}: {error}"[:200]}
        ) from error


def _check(archive: zipfile.ZipFile):
    for member in archive.infolist():
        if member.filename.endswith("sharedStrings.xml") and member.file_size > LARGEST_STRINGS:
            raise BrokenFile(
                _("the workbook has more than %(size)d MB of words; save it as “CSV UTF-8”")
                % {"size": LARGEST_STRINGS // 1_000_000}
            )
        if member.filename.endswith((".xml", ".rels")) and _declares_entities(archive, member):
            raise BrokenFile(_("the workbook declares a document type or entities, which no office program does"))


def _declares_entities(archive, member):
    end = b""
    try:
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                # UTF-16 has a zero beside each of these letters.
                if _DOCTYPE.search((end + chunk).replace(b"\x00", b"")):
                    return True
                end = chunk[-20:]
    except Exception as error:
        raise BrokenFile(_("the archive is damaged: %(problem)s") % {"problem": error}) from error
    return False


def _rows(file):
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise BrokenFile(_("the workbook has no sheet"))
        sheet = book.worksheets[0]
        # What it says of its own size need not be true, and decides how far rows are filled up.
        sheet.reset_dimensions()
        headings = None
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), start=1):
            cells = [_plain(cell) for cell in cells]
            if all(cell in (None, "") for cell in cells):
                continue
            if headings is None:
                headings = headings_of(cells)
                continue
            yield number, named(headings, cells)
    finally:
        book.close()


def _plain(cell):
    if isinstance(cell, str):
        return cell.strip()
    return str(cell) if isinstance(cell, bool | time) else cell
