"""Documents of one number: the National Assembly counts laws and resolutions apart and gives both one symbol.

18/2008/QH12 is a law and a resolution, and so is 24/2008/QH12: what tells them apart is the form that is said before
the number. So it is wherever a symbol names the body alone (QH12, UBTVQH13; CP, TTg, HĐBT before 1997). All other
symbols name the form (NĐ-CP, QĐ-UBND) or, having none, are those of official letters (UBND-VX): Decree 30/2020/NĐ-CP,
Appendix III.
"""

import re
from dataclasses import dataclass

from core.text import normalise

from .citations.documents import FORM
from .citations.families import form_key
from .document_types import abbreviations
from .numbers import DocumentNumber, parse_number

_FORM = re.compile(FORM, re.IGNORECASE)
_FORM_BEFORE = re.compile(rf"\s*(?P<form>{FORM})\s+(?:số\s*:?\s*)?(?=\d)", re.IGNORECASE)


def form_beside(number: DocumentNumber, form: str) -> str:
    """Return the `form_key` that belongs to a number whose symbol names the body alone; empty for all others."""
    names_body_alone = len(number.parts) == 1 and number.parts[0] not in abbreviations()
    return form_key(form) if names_body_alone else ""


@dataclass(frozen=True)
class NamedNumber:
    """A number as a text or list gives it, with the form said before it where that is needed to know the document."""

    number: DocumentNumber
    form: str = ""

    @classmethod
    def of(cls, number: DocumentNumber, form: str) -> "NamedNumber":
        """Return a number with the form that was said, which is dropped where it is none or the symbol names it."""
        words = " ".join(normalise(form).split())
        is_needed = _FORM.fullmatch(words) and form_beside(number, words)
        return cls(number, words[:1].upper() + words[1:] if is_needed else "")

    def __str__(self):
        return f"{self.form} số {self.number}" if self.form else str(self.number)

    @property
    def key(self) -> str:
        """The number in the form of comparison, which documents of one number share."""
        return self.number.key

    @property
    def form_key(self) -> str:
        """The form in the form of comparison; empty where none was said or none is needed."""
        return form_key(self.form)

    @property
    def identity(self) -> str:
        """Number and form as one comparable text."""
        return f"{self.form_key} {self.key}".strip()

    def may_be(self, other: "NamedNumber") -> bool:
        """Say whether both can name one document: a number without its form may be any of that number."""
        return self.key == other.key and (self.form_key == other.form_key or not (self.form and other.form))


def parse_named(text: str, form: str = "") -> NamedNumber:
    """Return the number that a text is, with the form before it, if there is one: "Nghị quyết số 24/2008/QH12".

    `form` is one that was said elsewhere, as in a column beside. Raise NoNumber as parse_number does.
    """
    found = _FORM_BEFORE.match(normalise(text))
    if found is None:
        return NamedNumber.of(parse_number(text), form)
    return NamedNumber.of(parse_number(normalise(text)[found.end() :]), found["form"])
