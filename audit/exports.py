"""The trail as files: tables for reading, and the chain itself for verifying elsewhere."""

from collections.abc import Iterator

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.spreadsheets import csv_lines, workbook_file

from .chain import Record, to_line
from .listing import in_batches
from .models import COLUMNS, AuditEntry, as_record
from .sentences import actor_label, kind_label, sentence

HEADINGS = (
    _("Number"), _("Moment"), _("Person"), _("Person's id"), _("Roles at that time"), _("What was done"), _("Action"),
    _("Kind of object"), _("Object's id"), _("Object"), _("Agency"), _("Network address"), _("Browser or account"),
    _("Request"), _("Details"),
)  # fmt: skip
# A workbook is written as a whole before it is sent; a CSV file has no such limit.
MOST_IN_WORKBOOK = 50_000
BATCH = 5_000


def as_csv(entries) -> Iterator[str]:
    """Yield a table line by line."""
    return csv_lines(HEADINGS, _rows(entries))


def as_workbook(entries):
    """Return a file that holds an XLSX workbook."""
    return workbook_file("Nhật ký", HEADINGS, _rows(entries))


def _rows(entries):
    return map(_row, in_batches(entries))


def _row(entry):
    return (
        entry.number, _moment(entry), actor_label(entry), entry.actor_id, entry.roles, sentence(entry), entry.action,
        kind_label(entry.object_type), entry.object_id, entry.object_label, entry.agency, entry.address, entry.agent,
        entry.request_id, entry.details,
    )  # fmt: skip


def _moment(entry):
    return timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")


def chain_range(entries) -> tuple[int, int]:
    """Return the first and last number of the shortest whole part of the chain that holds all of these entries."""
    found = entries.order_by().aggregate(first=Min("number"), last=Max("number"))
    return found["first"] or 0, found["last"] or 0


def chain_records(first: int = 1, last: int | None = None) -> Iterator[Record]:
    """Yield the sealed entries from one number to another, without leaving one out."""
    number = first - 1
    while last is None or number < last:
        entries = AuditEntry.objects.sealed().filter(number__gt=number).order_by("number")
        if last is not None:
            entries = entries.filter(number__lte=last)
        rows = [as_record(values) for values in entries.values_list(*COLUMNS)[:BATCH]]
        yield from rows
        if len(rows) < BATCH:
            return
        number = rows[-1].number


def as_lines(first: int, last: int) -> Iterator[str]:
    """Yield a part of the chain as the offline command reads it."""
    for record in chain_records(first, last):
        yield to_line(record)
