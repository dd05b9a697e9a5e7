"""Short names that a text gives to documents: "(sau đây gọi tắt là Nghị định số 34)"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .documents import FORM
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

    def fits(self, document: DocumentReference) -> bool:
        """Whether the short name can be that document's: it says its form, or is made of its first letters."""
        if _FORM_AT_BEGINNING.match(self.short_name):
            return document.form.lower()[:2] == self.short_name.lower()[:2] or document.form.lower().endswith("luật")
        if not _ACRONYM.fullmatch(self.short_name):
            return False
        initials = "".join(word[0] for word in re.findall(r"\w+", document.name or document.form)).upper()
        return initials.startswith(self.short_name.rstrip(".")[:2])


def short_names_in(line: str) -> Iterator[Definition]:
    """Yield the definitions of a line."""
    for found in _DEFINITION.finditer(line):
        yield Definition(found.start(), found.start("name"), found.end("name"), found["name"])


def named_before(citations: list[Citation], position: int) -> DocumentReference | None:
    """Return the document that a definition at a position is about: the last that stands right before it."""
    before = [one for one in citations if one.end <= position and position - one.end <= _FARTHEST]
    return before[-1].document if before and not before[-1].document.is_self else None
