"""The life of a document as a line of events and as a band of spans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from legal_docs.enums import RelationKind, Status
from legal_docs.models import LegalDocument, Relation, ValiditySpan

from .places import names_of
from .relations import CHANGING
from .standing import first_day_of

# The band is drawn in these units and stretched to the width there is.
WIDTH = 1_000
_MARGIN = timedelta(days=90)


@dataclass(frozen=True)
class Event:
    """A day in the life of a document: what happened, and by which document."""

    on: date
    words: str
    kind: str
    document: LegalDocument | None = None
    parts: str = ""
    is_to_come: bool = False


@dataclass(frozen=True)
class Stretch:
    """A span of days in the band: from `x` on, `width` units long."""

    status: Status
    x: int
    width: int


@dataclass(frozen=True)
class Band:
    """The spans of a document between two days, with a mark for today."""

    first: date
    last: date
    stretches: tuple[Stretch, ...]
    marks: tuple[int, ...]
    today: int


def events_of(document: LegalDocument, first_day: date | None, changes: Iterable[Relation], today: date) -> list[Event]:
    """Return what happened to a document and is known to come, the earliest first; a day on which much is, in order."""
    # A draft in its preview may lack the day.
    events = [Event(document.issued_on, _("Issued"), "issued")] if document.issued_on else []
    if document.gazette_on:
        number = document.gazette_number
        words = _("Printed in gazette no. %(number)s") % {"number": number} if number else _("Printed in the gazette")
        events.append(Event(document.gazette_on, words, "gazette"))
    if first_day:
        events.append(Event(first_day, _("Takes effect"), "effective"))
    events += [_change(relation) for relation in changes if relation.kind in CHANGING]
    if document.expires_on:
        events.append(Event(document.expires_on, document.expiry_reason or _("Expires by its own words"), "expires"))
    order = {"issued": 0, "gazette": 1, "effective": 2}
    events.sort(key=lambda event: (event.on, order.get(event.kind, 3)))
    return [Event(e.on, e.words, e.kind, e.document, e.parts, is_to_come=e.on > today) for e in events]


def _change(relation):
    kind = RelationKind(relation.kind)
    words = str(kind.inverse)
    return Event(
        first_day_of(relation),
        words[:1].upper() + words[1:],
        kind.value,
        relation.source,
        names_of(relation.element_ids),
    )


def band_of(spans: Iterable[ValiditySpan], events: list[Event], today: date) -> Band | None:
    """Return the band from the first event to today or the last event, None where there is nothing to draw."""
    spans = list(spans)
    if not spans or not events:
        return None
    first, last = events[0].on, max(events[-1].on, today) + _MARGIN
    days = (last - first).days

    def x_of(day):
        return round(WIDTH * (min(max(day, first), last) - first).days / days)

    stretches = tuple(
        Stretch(Status(span.status), x_of(span.since), x_of(span.until) - x_of(span.since))
        for span in spans
        if x_of(span.until) > x_of(span.since)
    )
    marks = tuple(sorted({x_of(event.on) for event in events[1:]}))
    return Band(first, last, stretches, marks, x_of(today))
