"""Kinds of documents, their issuers and what the law asks of their dates, as data/document_types.yaml tells them."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

from .enums import Level, Status
from .numbers import DocumentNumber

# "Nghị quyết của Quốc hội", "Chỉ thị (QPPL) của UBND": whose it is, which no text says of itself.
_OF_WHOM = re.compile(r"\s+(?:của|\()\s*.*$")
_FILE = Path(__file__).parent / "data" / "document_types.yaml"


@dataclass(frozen=True)
class DocumentType:
    """A kind of document. `rank` 1 is the highest; None for what stands in no order, as administrative documents do."""

    id: str
    name_vi: str
    name_en: str
    abbreviation: str
    number: str
    is_normative: bool
    level: Level | None = None
    rank: int | None = None
    issuers: tuple[str, ...] = ()
    issued_from: date | None = None
    issued_until: date | None = None

    def __str__(self):
        return self.name_en if get_language() == "en" and self.name_en else self.name_vi

    @property
    def form(self) -> str:
        """What a text calls itself: "Quyết định" for "Quyết định của UBND cấp tỉnh" and "Quyết định (cá biệt)"."""
        return _OF_WHOM.sub("", self.name_vi)

    def is_issued_on(self, on: date) -> bool:
        """Say whether this form was used on a day."""
        return (self.issued_from is None or self.issued_from <= on) and (
            self.issued_until is None or on <= self.issued_until
        )


@dataclass(frozen=True)
class EffectiveRule:
    """How long after signing a normative document takes effect at the earliest, in days by the issuer's level."""

    law: str
    since: date
    until: date | None
    days: dict[Level, int] = field(hash=False)
    is_checked: bool

    def earliest(self, level: Level, issued_on: date) -> date | None:
        """Return the first day on which it may take effect; None where the law says nothing for the level."""
        days = self.days.get(level)
        return None if days is None else issued_on + timedelta(days=days)


@cache
def document_types() -> dict[str, DocumentType]:
    """Return all kinds by their ids, normative ones first, each in the order of the law that lists them."""
    data = _read()
    types = [_type(entry, is_normative=True) for entry in data["normative"]]
    types += [_type(entry, is_normative=False) for entry in data["administrative"]]
    return {kind.id: kind for kind in types}


def _type(entry, *, is_normative):
    return DocumentType(
        is_normative=is_normative,
        level=Level(entry["level"]) if "level" in entry else None,
        issuers=tuple(entry.get("issuers", ())),
        **{name: value for name, value in entry.items() if name not in ("level", "issuers")},
    )


def possible_types(number: DocumentNumber, *, level: Level | None = None, on: date | None = None) -> list[DocumentType]:
    """Return the kinds that a number can belong to: by its abbreviation, its year, the issuer's level, the day.

    "12/2017/QĐ-UBND" is a normative decision, "12/QĐ-UBND" an individual one (Decree 30/2020/NĐ-CP); a symbol without
    an abbreviation, as in "4042/UBND-VX", is an official letter's.
    """
    return [kind for kind in document_types().values() if _fits(kind, number, level, on)]


def _fits(kind, number, level, on):
    if kind.is_normative != (number.year is not None) or (on is not None and not kind.is_issued_on(on)):
        return False
    if level is not None and kind.level is not None and kind.level != level:
        return False
    first = number.parts[0]
    if first.startswith(("QH", "UBTVQH")) and first[-1:].isdigit():
        return kind.number.rpartition("/")[2].startswith(first.rstrip("0123456789") + "{")
    return kind.abbreviation == (first if first in abbreviations() else "")


@cache
def abbreviations() -> frozenset[str]:
    """Return the abbreviations with which symbols name their kinds: NĐ, QĐ, TTLT."""
    return frozenset(kind.abbreviation for kind in document_types().values() if kind.abbreviation)


@cache
def effective_rules() -> list[EffectiveRule]:
    """Return the rules on the earliest effective day, the oldest first."""
    return [
        EffectiveRule(
            law=entry["law"],
            since=entry["from"],
            until=entry.get("until"),
            days={Level(level): days for level, days in entry["days"].items()},
            is_checked=entry["checked"],
        )
        for entry in _read()["effective_rules"]
    ]


def effective_rule_on(on: date, level: Level) -> EffectiveRule | None:
    """Return the rule that held for a level on the day of signing."""
    return next(
        (
            rule
            for rule in effective_rules()
            if rule.since <= on and (rule.until is None or on <= rule.until) and level in rule.days
        ),
        None,
    )


@cache
def _status_words() -> dict[str, Status]:
    return {word.casefold(): Status(status) for status, words in _read()["statuses"].items() for word in words}


def status_from(words: str) -> Status | None:
    """Return the status that a list calls so, such as "Văn bản đang có hiệu lực"; None for words nobody knows."""
    return _status_words().get(" ".join(words.split()).casefold())


@cache
def _read():
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))
