"""The letters of a PDF page with their places, also where the page or a cell is turned on its side."""

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
# What pdfminer writes for a sign of which the font does not say the letter.
_UNKNOWN = re.compile(r"\(cid:\d+\)")
UNKNOWN = "\ufffd"
_DIRECTIONS = {(1, 0): 0, (0, 1): 1, (0, -1): -1, (-1, 0): 2}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter; all lengths in points (1/72 inch), `top` and `bottom` counted from the upper edge of the page.

    `direction` is 0 for upright text, 1 for text that runs upwards, -1 for downwards and 2 for what is upside down.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    font: str
    direction: int = 0

    @property
    def is_bold(self) -> bool:
        """Tell it from the name of the font: a PDF has no other sign for it."""
        return bool(_BOLD.search(self.font))

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the letter."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def glyphs_of(characters: Iterable[dict]) -> list[Glyph]:
    """Return the letters of a page; slanted ones, as watermarks are, are left out.

    Accents that are printed as signs of their own join the letter before them.
    """
    found: list[Glyph] = []
    for character in characters:
        direction = _direction(character["matrix"])
        text = _UNKNOWN.sub(UNKNOWN, character["text"])
        if direction is None or not text or (text != " " and unicodedata.category(text[0]) == "Cc"):
            continue
        if found and unicodedata.combining(text[0]) and len(text) == 1:
            found[-1] = replace(found[-1], text=found[-1].text + text)
        else:
            found.append(_glyph(character, text, direction))
    return found


def _direction(matrix):
    """Return the direction of a matrix; None where it is not one of four."""
    a, b = matrix[0], matrix[1]
    length = max(abs(a), abs(b)) or 1.0
    return _DIRECTIONS.get((round(a / length, 1), round(b / length, 1)))


def _glyph(character, text, direction):
    # The box of a letter hangs on the font's own measures; the origin of its matrix is where it stands on the line.
    e, f = character["matrix"][4:6]
    if direction in (1, -1):
        baseline, size = e, character["x1"] - character["x0"]
    else:
        baseline, size = character["bottom"] - (f - character["y0"]), character["size"]
    return Glyph(
        text,
        character["x0"],
        character["x1"],
        character["top"],
        character["bottom"],
        baseline,
        size,
        character["fontname"],
        direction,
    )


class PackedGlyphs:
    """The letters of a page in a tenth of the memory: a document of 2,000 pages has some millions of them."""

    _NUMBERS = 6

    def __init__(self, glyphs: Iterable[Glyph]):
        self._numbers, self._directions = array("f"), array("b")
        self._texts: list[str] = []
        self._fonts: list[str] = []
        for glyph in glyphs:
            self._numbers.extend((glyph.x0, glyph.x1, glyph.top, glyph.bottom, glyph.baseline, glyph.size))
            self._directions.append(glyph.direction)
            self._texts.append(sys.intern(glyph.text))
            self._fonts.append(sys.intern(glyph.font))

    def __len__(self):
        return len(self._texts)

    def unpacked(self) -> list[Glyph]:
        """Return the letters."""
        numbers = [self._numbers[place :: self._NUMBERS] for place in range(self._NUMBERS)]
        return list(map(Glyph, self._texts, *numbers, self._fonts, self._directions))

    def count(self, text: str) -> int:
        """Return how often a letter comes."""
        return self._texts.count(text)

    def text_by_font(self) -> dict[str, str]:
        """Return the letters of each font."""
        found: dict[str, list[str]] = {}
        for font, text in zip(self._fonts, self._texts, strict=True):
            found.setdefault(font, []).append(text)
        return {font: "".join(texts) for font, texts in found.items()}


def main_direction(glyphs: list[Glyph]) -> int:
    """Return the direction of most letters."""
    counts = dict.fromkeys((0, 1, -1, 2), 0)
    for glyph in glyphs:
        counts[glyph.direction] += 1
    return max(counts, key=counts.get)


@dataclass(frozen=True)
class Turn:
    """Turns a page of this width and height so that text of one direction stands upright."""

    direction: int
    width: float
    height: float

    @property
    def turned_width(self) -> float:
        """The width of the page after turning it."""
        return self.height if self.direction in (1, -1) else self.width

    def box(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        """Return where a box (x0, top, x1, bottom) lies on the turned page."""
        if self.direction == 1:
            return self.height - bottom, x0, self.height - top, x1
        if self.direction == -1:
            return top, self.width - x1, bottom, self.width - x0
        if self.direction == 2:
            return self.width - x1, self.height - bottom, self.width - x0, self.height - top
        return x0, top, x1, bottom

    def glyph(self, glyph: Glyph) -> Glyph:
        """Return a letter on the turned page."""
        if self.direction == 0:
            return glyph
        x0, top, x1, bottom = self.box(glyph.x0, glyph.top, glyph.x1, glyph.bottom)
        edge = {1: 0.0, -1: self.width, 2: self.height}[self.direction]
        baseline = abs(edge - glyph.baseline)
        return replace(glyph, x0=x0, top=top, x1=x1, bottom=bottom, baseline=baseline, direction=0)
