"""What is in force when: the status of a document on any day, from its own dates and from what others do to it.

Pure: it knows no database. A document gives its dates, and `Effect`s, one for each relation of a later document that
touches it; back come `Span`s of days without gap or overlap. Article 154 of Law 80/2015/QH13 names what ends a
document: its own term, another document that replaces or repeals it; Article 153 what suspends it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .enums import RelationKind, Status

_ENDS = {RelationKind.REPLACES, RelationKind.REPEALS}
_FIRST_DAY, _LAST_DAY = date.min, date.max


@dataclass(frozen=True)
class Effect:
    """What another document does to this one from a day on, up to but without `until`.

    `elements` are the ids of the parts it touches, empty for the whole; `by` is whatever the caller knows the other
    document by, such as its key.
    """

    kind: RelationKind
    on: date
    by: object = None
    elements: tuple[str, ...] = ()
    until: date | None = None

    @property
    def is_partial(self) -> bool:
        return bool(self.elements)


@dataclass(frozen=True)
class Span:
    """A status from a day on, up to but without `until`; None is "as far as anybody knows". `causes` say why."""

    status: Status
    since: date | None
    until: date | None
    causes: tuple[Effect, ...] = ()

    def covers(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


def spans(*, effective_on: date | None, expires_on: date | None, effects: Iterable[Effect] = ()) -> list[Span]:
    """Return the whole life of a document as spans in order, from the beginning of time to its end.

    `effective_on` is its first day in force, None if nobody knows; `expires_on` the first day on which it is so no more
    by its own words. A document whose first day is unknown is UNKNOWN until something ends it.
    """
    effects = sorted(effects, key=lambda effect: effect.on)
    days = {_FIRST_DAY, effective_on, expires_on}
    days |= {effect.on for effect in effects} | {effect.until for effect in effects}
    days = sorted(day for day in days if day is not None)
    found: list[Span] = []
    for day, until in zip(days, [*days[1:], None], strict=True):
        status, causes = _on(day, effective_on, expires_on, effects)
        if found and (found[-1].status, found[-1].causes) == (status, causes):
            found[-1] = Span(status, found[-1].since, until, causes)
        else:
            found.append(Span(status, None if day == _FIRST_DAY else day, until, causes))
    return found


def status_on(on: date, life: Iterable[Span]) -> Span:
    """Return the span that covers a day."""
    return next(span for span in life if span.covers(on))


def end_of(life: list[Span]) -> date | None:
    """Return the first day on which a document is in force no more; None while there is none."""
    return next((span.since or _FIRST_DAY for span in life if span.status == Status.EXPIRED), None)


def _on(day, effective_on, expires_on, effects):
    """Return (status, causes) on a day on which something may have changed."""
    holding = [effect for effect in effects if effect.on <= day and (effect.until is None or day < effect.until)]
    ended = tuple(effect for effect in effects if _ends(effect) and effect.on <= day)
    if ended or (expires_on is not None and expires_on <= day):
        # Only the first: what ends a document a second time changes nothing.
        return Status.EXPIRED, ended[:1]
    if effective_on is None:
        return Status.UNKNOWN, ()
    if day < effective_on:
        return Status.NOT_YET_IN_FORCE, ()
    return _while_in_force(holding)


def _ends(effect):
    return effect.kind in _ENDS and not effect.is_partial


def _while_in_force(holding):
    suspending = [effect for effect in holding if effect.kind == RelationKind.SUSPENDS]
    whole = tuple(effect for effect in suspending if not effect.is_partial)
    if whole:
        return Status.SUSPENDED, whole
    ended_in_part = tuple(effect for effect in holding if _ends_in_part(effect))
    if ended_in_part:
        return Status.PARTLY_EXPIRED, ended_in_part
    if suspending:
        return Status.PARTLY_SUSPENDED, tuple(suspending)
    # What amends leaves it in force; the banner says by what.
    return Status.IN_FORCE, tuple(effect for effect in holding if effect.kind == RelationKind.AMENDS)


def _ends_in_part(effect):
    return effect.kind == RelationKind.PARTLY_REPEALS or (effect.kind in _ENDS and effect.is_partial)


def contradiction(stated: Status, life: Iterable[Span], on: date) -> Span | None:
    """Return the span that a status set by hand contradicts on a day; None if it says the same or nothing."""
    span = status_on(on, life)
    return span if contradicts(stated, span.status) else None


def contradicts(stated: Status, derived: Status) -> bool:
    """Say whether a status set by hand is another than the one that follows from dates and relations.

    NO_LONGER_SUITABLE is a judgement that no relation can give, so it contradicts only what has expired.
    """
    if stated in (Status.UNKNOWN, derived) or derived == Status.UNKNOWN:
        return False
    return stated != Status.NO_LONGER_SUITABLE or derived == Status.EXPIRED
