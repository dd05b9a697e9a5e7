"""The pieces of what was typed: syllables and figures with what stands between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.text import fold

_PIECE = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True)
class Token:
    """A run of letters or of figures: `text` folded, `written` as it stands, `gap` what stands before it."""

    text: str
    written: str
    gap: str

    @property
    def is_figure(self) -> bool:
        return self.text.isdigit()

    @property
    def is_year(self) -> bool:
        return len(self.text) == 4 and self.text[:2] in ("19", "20") and self.is_figure


def tokens_of(text: str) -> list[Token]:
    """Return the pieces of a text in its stored form, in order."""
    return list(_tokens(text))


def _tokens(text) -> Iterator[Token]:
    end = 0
    for match in _PIECE.finditer(text):
        yield Token(fold(match[0]), match[0], text[end : match.start()])
        end = match.end()
