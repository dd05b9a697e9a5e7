"""Whether a document is in force on a day, and by what it is not: the banner, and the answer to "in force on …?"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from legal_docs.enums import RelationKind, Status
from legal_docs.models import LegalDocument, Relation, ValiditySpan

from .places import names_of


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
