"""A list as a table to take away: CSV and XLSX, written row by row, so that 100,000 documents need little memory."""

from collections.abc import Iterator
from typing import BinaryIO

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.spreadsheets import csv_lines, workbook_file
from legal_docs.enums import Status
from legal_docs.models import LegalDocument

from .filters import Filters
from .numbers import newest_first, placements

_AT_ONCE = 1_000


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


def as_csv(table: Iterator[list]) -> Iterator[str]:
    """Yield a table line by line."""
    return csv_lines(headings(), table)


def as_workbook(table: Iterator[list]) -> BinaryIO:
    """Return a temporary file that holds an XLSX workbook; it is gone when it is closed."""
    return workbook_file(_("Legal documents"), headings(), table)
