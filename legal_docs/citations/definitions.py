"""Short names that a text gives to documents: "(sau đây gọi tắt là Nghị định số 34)"."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from .documents import FORM
from .families import family
from .names import name_key
from .references import Citation, DocumentReference

_DEFINITION = re.compile(
    r"(?:sau\s+đây|dưới\s+đây|từ\s+đây|sau\s+đây\s+được)\s*,?\s*(?:xin\s+)?(?:được\s+)?(?:gọi|viết)(?:\s+(?:tắt|gọn|chung))*\s+là\s*:?\s*[“\"]?\s*"
    r"(?P<name>[A-ZĐ][^();.“”\"\n]{0,80}?)\s*(?=[();.”\"\n]|,\s|$)"
)
_FORM_AT_BEGINNING = re.compile(rf"(?:{FORM})(?!\w)", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-ZĐ][A-ZĐ&.-]{1,9}")
_FARTHEST = 600


@dataclass(frozen=True)
class Definition:
    """A short name and where it is defined."""

    start: int
    name_start: int
    name_end: int
    short_name: str

    def document_among(self, citations: list[Citation], position: int) -> DocumentReference | None:
        """Return the document that gets the short name: the one of that name, else the last one before.

        `citations` are in the order of the text; only those right before the definition count.
        """
        first = bisect_left(citations, position - _FARTHEST, key=lambda one: one.start)
        until = bisect_left(citations, position, key=lambda one: one.start)
        before = [one.document for one in citations[first:until] if self._fits(one.document)]
        key = name_key(self.short_name)
        same_name = [one for one in before if one.name and name_key(one.name) == key]
        return (same_name or before or [None])[-1]

    def _fits(self, document: DocumentReference) -> bool:
        """Whether the short name can be that document's: it says its form, or is made of its first letters."""
        if document.is_self:
            return False
        if form := _FORM_AT_BEGINNING.match(self.short_name):
            number = re.search(r"\d+", self.short_name[form.end() : form.end() + 10])
            is_its_number = not number or int(number[0]) == _first_number(document)
            return family(form[0])[-4:] == family(document.form)[-4:] and (is_its_number or bool(document.name))
        if not _ACRONYM.fullmatch(self.short_name):
            return False
        initials = "".join(word[0] for word in re.findall(r"\w+", document.name or document.form)).upper()
        return initials.startswith(self.short_name.rstrip(".")[:2])


def _first_number(document):
    digits = re.match(r"\d+", document.number)
    return int(digits[0]) if digits else None


def short_names_in(line: str) -> Iterator[Definition]:
    """Yield the definitions of a line."""
    for found in _DEFINITION.finditer(line):
        yield Definition(found.start(), found.start("name"), found.end("name"), found["name"])
