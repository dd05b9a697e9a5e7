"""Letters of a PDF to lines: words parted by gaps, superscripts as Unicode, what is printed twice taken once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from .pdf_glyphs import Glyph
from .signs import is_rule, lowered, raised

# Shares of the size of the letters.
_SAME_LINE = 0.3
_WORD_GAP = 0.2
COLUMN_GAP = 1.5
_SMALL = 0.8
_BOLD_SHARE = 0.9

Decode = Callable[[str, str], str]


@dataclass(frozen=True)
class Line:
    """Letters that stand on one line, from left to right, without spaces."""

    glyphs: tuple[Glyph, ...]
    spaces: frozenset[int]
    decode: Decode

    @cached_property
    def x0(self) -> float:
        """Where it begins."""
        return self.glyphs[0].x0

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return max(glyph.x1 for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters in points."""
        return median(glyph.size for glyph in self.glyphs)

    @cached_property
    def baseline(self) -> float:
        """On what most of its letters stand."""
        return median(glyph.baseline for glyph in self.glyphs)

    @cached_property
    def top(self) -> float:
        """Its upper edge."""
        return self.baseline - self.size

    @cached_property
    def is_bold(self) -> bool:
        """Whether nearly all letters are bold; dashes and points count little."""
        weights = [(1 if glyph.text.isalnum() else 0.1, glyph.is_bold) for glyph in self.glyphs]
        return sum(w for w, is_bold in weights if is_bold) >= _BOLD_SHARE * sum(w for w, _is_bold in weights)

    @cached_property
    def text(self) -> str:
        """Its text; letters of old fonts are changed to Unicode."""
        runs: list[list] = []
        for place, glyph in enumerate(self.glyphs):
            shift = self._shift(glyph)
            text = " " * (place in self.spaces) + glyph.text
            if runs and runs[-1][:2] == [glyph.font, shift]:
                runs[-1][2] += text
            else:
                runs.append([glyph.font, shift, text])
        return " ".join("".join(_shifted(self.decode(font, text), shift) for font, shift, text in runs).split())

    def _shift(self, glyph):
        """Return 1 for a superscript, -1 for a subscript."""
        if glyph.size > _SMALL * self.size or glyph.text == ".":
            return 0
        rise = self.baseline - glyph.baseline
        return int(rise > 0.15 * self.size) - int(rise < -0.05 * self.size)

    @cached_property
    def first_word_width(self) -> float:
        """How wide its first word is."""
        end = min((place for place in self.spaces if place), default=len(self.glyphs))
        return self.glyphs[end - 1].x1 - self.x0

    def gaps(self) -> list[tuple[float, float]]:
        """Return the gaps (from, to) that are too wide to part words."""
        found, edge = [], self.glyphs[0].x1
        for glyph in self.glyphs[1:]:
            if glyph.x0 - edge > COLUMN_GAP * self.size:
                found.append((edge, glyph.x0))
            edge = max(edge, glyph.x1)
        return found

    def part(self, x0: float, x1: float) -> "Line | None":
        """Return what stands between two places, None where nothing does."""
        places = [place for place, glyph in enumerate(self.glyphs) if x0 <= glyph.middle[0] < x1]
        if not places:
            return None
        spaces = frozenset(new for new, old in enumerate(places) if old in self.spaces and new)
        return Line(tuple(self.glyphs[place] for place in places), spaces, self.decode)


def _shifted(text, shift):
    if shift == 0:
        return text
    return (raised if shift > 0 else lowered)(text) or text


def lines_of(glyphs: Iterable[Glyph], decode: Decode) -> list[Line]:
    """Return the lines of upright letters from above to below."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.baseline, glyph.x0)):
        last = groups[-1] if groups else None
        if last and abs(glyph.baseline - last[-1].baseline) <= _SAME_LINE * min(glyph.size, last[-1].size):
            last.append(glyph)
        else:
            groups.append([glyph])
    groups = [group for group in groups if any(not glyph.text.isspace() for glyph in group)]
    lines = [_line(group, decode) for group in _with_shifted(groups)]
    return [line for line in lines if not is_rule(line.text)]


def _with_shifted(groups):
    """Put superscripts and subscripts into the line beside which they stand."""
    kept: list[list[Glyph]] = []
    for group in groups:
        if kept and _belongs(group, kept[-1]):
            kept[-1] += group
        elif kept and _belongs(kept[-1], group):
            kept[-1] = kept[-1] + group
        else:
            kept.append(group)
    return kept


def _belongs(small, large):
    """Tell whether letters are smaller than those of a line, touch it, and stand a little above or below it."""
    size = median(glyph.size for glyph in large)
    if max(glyph.size for glyph in small) > _SMALL * size:
        return False
    rise = median(glyph.baseline for glyph in large) - median(glyph.baseline for glyph in small)
    if not -0.4 * size < rise < 0.7 * size:
        return False
    # After a word it is an exponent or the mark of a note, before one the number of the note.
    first, last = small[0], small[-1]
    return any(-size < first.x0 - other.x1 < 0.3 * size or -size < other.x0 - last.x1 < 0.6 * size for other in large)


def _line(group, decode):
    glyphs, spaces, is_after_space = [], set(), False
    for glyph in sorted(group, key=lambda glyph: glyph.x0):
        if glyph.text.isspace():
            is_after_space = True
            continue
        if glyphs and _is_printed_twice(glyph, glyphs[-1]):
            continue
        if glyphs and (is_after_space or glyph.x0 - glyphs[-1].x1 > _WORD_GAP * glyph.size):
            spaces.add(len(glyphs))
        is_after_space = False
        glyphs.append(glyph)
    return Line(tuple(glyphs), frozenset(spaces), decode)


def _is_printed_twice(glyph, before):
    """Some programs make bold letters by printing them twice, a hair apart."""
    return glyph.text == before.text and glyph.x0 - before.x0 < 0.25 * max(glyph.x1 - glyph.x0, 0.1)
