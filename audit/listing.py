"""One page of a list that may have millions of entries: found by its place, never counted."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

from .models import AuditEntry

PAGE = 50
# How many entries one request looks through for a word; a link goes on from there.
SEARCHED = 100_000


@dataclass(frozen=True)
class Place:
    """A place in the list, between two entries."""

    at: datetime
    pk: int

    def __str__(self):
        return f"{int(self.at.timestamp() * 1_000_000)}-{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Read a place from an address; what is none is the beginning of the list."""
        micros, _dash, pk = text.partition("-")
        if not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in (micros, pk)):
            return None
        seconds, rest = divmod(int(micros), 1_000_000)
        try:
            return cls(datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), int(pk))
        except (ValueError, OverflowError, OSError):
            return None


@dataclass(frozen=True)
class ListPage:
    """Some entries, and where the next older ones begin; None at the end."""

    entries: list[AuditEntry]
    older: Place | None
    has_searched_all: bool = True


def list_page(entries, *, before: Place | None, searched: Q | None = None) -> ListPage:
    """Return the newest entries before a place."""
    if before:
        entries = entries.before(before.at, before.pk)
    entries = entries.newest_first()
    floor = _floor(entries) if searched is not None else None
    if searched is not None:
        entries = entries.filter(searched)
    if floor:
        entries = entries.filter(Q(at__gt=floor.at) | Q(at=floor.at, id__gte=floor.pk), at__gte=floor.at)
    found = list(entries[: PAGE + 1])
    if len(found) > PAGE:
        found = found[:PAGE]
        return ListPage(found, Place(found[-1].at, found[-1].pk))
    return ListPage(found, floor, has_searched_all=floor is None)


def _floor(entries):
    """Where a search stops for this time."""
    place = entries.values_list("at", "id")[SEARCHED : SEARCHED + 1].first()
    return Place(*place) if place else None


def in_batches(entries, size: int = 2_000):
    """Yield entries newest first, in queries that hold nobody up and in constant memory."""
    entries = entries.newest_first()
    batch = list(entries[:size])
    while batch:
        yield from batch
        batch = list(entries.before(batch[-1].at, batch[-1].pk)[:size]) if len(batch) == size else []
