"""Finds the document that a reference names, in a registry that knows numbers, names and days of validity."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from .families import form_key
from .names import name_key
from .references import DocumentReference


@dataclass(frozen=True)
class Candidate:
    """A document of the registry: its key, and from and until when (exclusive) it is in force, None if unknown.

    `form` is its `form_key` where its number does not tell it: 18/2008/QH12 is a law and a resolution.
    """

    key: object
    issued_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    form: str = ""

    def is_coming(self, on: date) -> bool:
        """Whether it is issued and not yet in force on a day."""
        return bool(self.issued_on and self.effective_on and self.issued_on <= on < self.effective_on)

    def is_in_force(self, on: date) -> bool:
        """Whether it is in force on a day; what is unknown does not exclude it."""
        return (not self.effective_on or self.effective_on <= on) and (not self.expires_on or on < self.expires_on)


class Registry(Protocol):
    """What resolving asks of a registry."""

    def with_number(self, number: str) -> Iterable[Candidate]:
        """Return the documents with that normalised number, such as "43/2011/NĐ-CP"."""

    def with_name(self, key: str) -> Iterable[Candidate]:
        """Return the codes, laws, ordinances and constitutions whose title has that `names.name_key`."""


def resolve(reference: DocumentReference, on: date, registry: Registry, this: object = None) -> object | None:
    """Return the key of the document that a reference made on a day names; None if there is none, or more than one.

    `this` is the key of the citing document.
    """
    if reference.is_self:
        return this
    if reference.number:
        found = list(registry.with_number(reference.number)) if reference.is_complete else []
        return _only(_issued_as_said(of_form(found, form_key(reference.form)), reference))
    if not reference.name:
        return None
    return _law_of(list(registry.with_name(name_key(reference.name))), reference, on)


def of_form(candidates: Iterable[Candidate], form: str) -> list[Candidate]:
    """Return the candidates that can be meant by who said a form (its `form_key`): all, if none was said."""
    return [one for one in candidates if not form or one.form in ("", form)]


def _law_of(candidates, reference, on):
    if reference.year or reference.issued_on:
        return _only(_issued_as_said(candidates, reference))
    in_force = [candidate for candidate in candidates if candidate.is_in_force(on)]
    if in_force:
        return _only(in_force)
    # A decree may be signed to guide a law that is passed and not yet in force.
    return _only([candidate for candidate in candidates if candidate.is_coming(on)])


def _issued_as_said(candidates, reference):
    if reference.issued_on:
        same_day = [one for one in candidates if one.issued_on in (None, reference.issued_on)]
        candidates = same_day or candidates
    if reference.year and not reference.number:
        return [one for one in candidates if one.issued_on and one.issued_on.year == reference.year]
    return candidates


def _only(candidates):
    keys = {candidate.key for candidate in candidates}
    return keys.pop() if len(keys) == 1 else None
