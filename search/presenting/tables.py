"""Found things as a table to take away: CSV and XLSX, row by row, as deep as the list can be leafed through."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.spreadsheets import csv_lines, workbook_file
from legal_docs.enums import Status
from search.database.store import Shown
from search.enums import Facet
from sites.portals import Portal

from .names import names_for


def headings() -> list[str]:
    """Return the first row."""
    return [
        _("Kind of content"),
        _("Name or number"),
        _("Abstract"),
        _("Day"),
        _("Type"),
        _("Issuing body"),
        _("Status"),
        _("Portal"),
        _("Match"),
        _("Address"),
    ]


def rows(portal: Portal, parts: Iterable[list[Shown]]) -> Iterator[list]:
    """Yield a row for each found thing, in the order in which they stand on the page."""
    for part in parts:
        names = names_for(part)
        for one in part:
            if address := names.address_of(one.thing, portal):
                yield _row(one, address if "://" in address else portal.address + address, names)


def _row(one, address, names):
    thing = one.thing
    statuses = [status for status in thing.facets.get(Facet.STATUS, ()) if status in Status.values]
    return [
        capfirst(str(thing.kind.label)),
        thing.title,
        thing.summary,
        thing.day,
        ", ".join(names.all_of(Facet.TYPE, thing.facets.get(Facet.TYPE, ()))),
        ", ".join(names.all_of(Facet.ISSUER, thing.facets.get(Facet.ISSUER, ()))),
        ", ".join(capfirst(str(Status(status).label)) for status in statuses),
        names.owner_of(thing),
        _("near") if one.hit.is_near else _("all words"),
        address,
    ]


def as_csv(table: Iterator[list]) -> Iterator[str]:
    """Yield a table line by line."""
    return csv_lines(headings(), table)


def as_workbook(table: Iterator[list]) -> BinaryIO:
    """Return a temporary file that holds an XLSX workbook; it is gone when it is closed."""
    return workbook_file(_("Search"), headings(), table)
