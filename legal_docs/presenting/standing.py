"""Whether a document is in force on a day, and by what it is not: the banner, and the answer to "in force on …?"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs.enums import RelationKind, Status
from legal_docs.models import LegalDocument, Relation, ValiditySpan

from .places import names_of

_SENTENCES = {
    Status.IN_FORCE: gettext_lazy("You read a document that is in force."),
    Status.NOT_YET_IN_FORCE: gettext_lazy("Not yet in force."),
    Status.PARTLY_EXPIRED: gettext_lazy("Partly expired: some of its parts are in force no more."),
    Status.EXPIRED: gettext_lazy("You read a document that has expired."),
    Status.SUSPENDED: gettext_lazy("Suspended: it is not applied for the time being."),
    Status.PARTLY_SUSPENDED: gettext_lazy("Partly suspended: some of its parts are not applied for the time being."),
    Status.NO_LONGER_SUITABLE: gettext_lazy("No longer suitable."),
    Status.UNKNOWN: gettext_lazy("Nobody has entered yet from when this document is in force."),
}


@dataclass(frozen=True)
class Cause:
    """A document by which another is ended, suspended or changed from a day on, and the parts that it touches."""

    document: LegalDocument
    kind: str
    on: date | None
    parts: str

    @property
    def words(self) -> str:
        """What the document did to the one that is read: "Is replaced by"."""
        return capfirst(str(RelationKind(self.kind).inverse))

    @classmethod
    def of(cls, relation: Relation) -> "Cause":
        return cls(relation.source, relation.kind, first_day_of(relation), names_of(relation.element_ids))


@dataclass(frozen=True)
class Standing:
    """The status of a document on a day; `since` and `until` are None where nobody knows a first or a last day."""

    status: Status
    day: date
    since: date | None
    until: date | None
    causes: tuple[Cause, ...] = ()

    @property
    def words(self) -> str:
        return self.status.label

    @property
    def sentence(self) -> str:
        """What the banner says first: what it is that somebody reads."""
        if self.status == Status.NOT_YET_IN_FORCE and self.until:
            return _("Not yet in force: it takes effect on %(day)s.") % {"day": date_format(self.until, "d/m/Y")}
        if self.status == Status.EXPIRED and self.since:
            return _("You read a document that expired on %(day)s.") % {"day": date_format(self.since, "d/m/Y")}
        return str(_SENTENCES[self.status])

    @property
    def duration(self) -> str:
        """Since when and until when, where the sentence does not say it; "" where nobody knows."""
        if not self.since or self.status in (Status.EXPIRED, Status.UNKNOWN, Status.NOT_YET_IN_FORCE):
            return ""
        days = {"since": date_format(self.since, "d/m/Y"), "until": self.until and date_format(self.until, "d/m/Y")}
        if self.until:
            return _("From %(since)s until before %(until)s.") % days
        return _("Since %(since)s.") % days


def first_day_of(relation: Relation) -> date | None:
    """Return the day from which a relation holds, as services.validity counts it."""
    source = relation.source
    if relation.on or source.effective_on:
        return relation.on or source.effective_on
    return source.issued_on


def standing_on(day: date, spans: Iterable[ValiditySpan], changes: Mapping[int, Relation]) -> Standing:
    """Return what a document is on a day; `changes` are the public relations that touch it, by their keys."""
    span = next((span for span in spans if span.since <= day < span.until), None)
    if span is None:
        return Standing(Status.UNKNOWN, day, None, None)
    return Standing(
        status=Status(span.status),
        day=day,
        since=None if span.since == date.min else span.since,
        until=None if span.until == date.max else span.until,
        causes=tuple(Cause.of(changes[key]) for key in span.causes if key in changes),
    )
