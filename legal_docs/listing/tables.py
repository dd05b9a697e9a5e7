"""A list as a table to take away: CSV and XLSX, written row by row, so that 100,000 documents need little memory."""

import csv
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import BinaryIO

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import IllegalCharacterError

from legal_docs.enums import Status
from legal_docs.models import LegalDocument

from .filters import Filters
from .numbers import newest_first, placements

_AT_ONCE = 1_000
_FORMULA = ("=", "+", "-", "@")


def headings() -> list[str]:
    """Return the first row."""
    return [
        _("Number and symbol"),
        _("Type"),
        _("Issuing body"),
        _("Abstract"),
        _("Date of issue"),
        _("Effective date"),
        _("Expiry date"),
        _("Status"),
        _("Posted on"),
        _("Address"),
    ]


def rows(agency, filters: Filters, root: str) -> Iterator[list]:
    """Yield a row for each document of a list, the newest first; `root` is the portal's address before each path."""
    waiting = newest_first(placements(agency, filters))
    last = None
    while True:
        # By the last row and not by counting rows: the hundredth thousand comes as fast as the first.
        part = waiting if last is None else waiting.filter(
            Q(issued_on__lt=last[1]) | Q(issued_on=last[1], document_id__lt=last[0])
        )  # fmt: skip
        found = list(part.values_list("document_id", "issued_on", "status")[:_AT_ONCE])
        documents = LegalDocument.objects.live().select_related("issuer").in_bulk([key for key, *_rest in found])
        for key, _issued_on, status in found:
            if key in documents:
                yield _row(documents[key], Status(status), root)
        if len(found) < _AT_ONCE:
            return
        last = found[-1]


def _row(document, status, root):
    return [
        document.number,
        str(document.kind or ""),
        document.issuer.name_vi,
        document.abstract,
        document.issued_on,
        document.effective_on,
        document.ended_on or document.expires_on,
        capfirst(str(status.label)),
        document.posted_at.date() if document.posted_at else None,
        root + document.get_absolute_url(),
    ]


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


def as_csv(table: Iterator[list]) -> Iterator[str]:
    """Yield a table line by line; Excel knows by the first character that it is UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(headings())
    for row in table:
        yield writer.writerow([_disarmed(value) for value in row])


def _disarmed(value):
    """A word that begins like a formula must not be one when the table is opened."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "\n")) else text


def as_workbook(table: Iterator[list]) -> BinaryIO:
    """Return a temporary file that holds an XLSX workbook; it is gone when it is closed."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title=_("Legal documents"))
    sheet.append(headings())
    for row in table:
        sheet.append([_cell(sheet, value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 - handed over: the answer closes it when it is sent
    workbook.save(file)
    file.seek(0)
    return file


def _cell(sheet, value):
    try:
        cell = WriteOnlyCell(sheet, value)
    except IllegalCharacterError:
        cell = WriteOnlyCell(sheet, "".join(letter for letter in value if letter.isprintable()))
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell
