"""Lines of a PDF to paragraphs: a PDF knows none, so indents, spaces and full lines must tell."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.text import normalise
from legal_docs.structure.blocks import Paragraph
from legal_docs.structure.numbering import is_capitals

from .pdf_lines import Line

# Shares of the size of the letters.
_INDENT = 0.9
_CENTRE = 1.2
_WIDE_SPACE = 1.7
_FEWEST_INDENTS = 3
_DOTS = 5
# Shares of the width of the page (Decree 30/2020/NĐ-CP, Appendix I: 30 and 15 mm of 210 are margin).
_NARROWEST_TEXT, _USUAL_TEXT = 0.55, 0.78
_ENDS = (".", ";", ":", "/.", ".”", "?", "!", '."')
_BEGINS = re.compile(
    r"(Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ lục|PHỤ LỤC|Căn cứ|Theo đề nghị|Xét|Nơi nhận)\b"
    r"|(\d{1,3}[a-zđ]?|[a-zđ]|[IVX]{1,5})\s?[.)]\s?(?=[^\d\s])|\d{1,2}(\.\d{1,2})+\.?\s|[-–+•*]\s"
)


@dataclass(frozen=True)
class Margins:
    """Where the lines of full width begin and end, and where first lines of paragraphs begin, in points."""

    left: float
    right: float
    indent: float | None = None

    @property
    def middle(self) -> float:
        """The middle between them."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """The length of a full line."""
        return self.right - self.left


class Place(NamedTuple):
    """Where a line stands and how large it is: all that margins are known by."""

    x0: float
    x1: float
    size: float


def margins_of(
    lines: Sequence[Line | Place], fallback: Margins | None = None, page_width: float = 0.0
) -> Margins | None:
    """Return the margins that most long lines keep; the fallback where there are too few of them.

    Where no line is long, as on a page of titles, the right margin lies as far in as on most pages.
    """
    if not lines:
        return fallback
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > 0.6 * width]
    if fallback and (len(long) < 5 or width < 0.8 * fallback.width):
        return fallback
    long = long or list(lines)
    # First lines of paragraphs begin further in: the left margin is the outermost place that comes again.
    left = Counter(round(line.x0) for line in long)
    often = [place for place, count in left.items() if count >= max(2, len(long) // 10)]
    right = sorted(line.x1 for line in long)[-1 - len(long) // 20]
    margin = min(often, default=min(left))
    if right - margin < _NARROWEST_TEXT * page_width:
        right = margin + _USUAL_TEXT * page_width
    return Margins(margin, right, _usual_indent(lines, margin))


def _usual_indent(lines, left):
    """Return where first lines begin; what begins there is no heading, however much it stands in the middle."""
    places = Counter(round(line.x0) for line in lines if 0.9 * line.size < line.x0 - left < 6 * line.size)
    place, count = max(places.items(), key=lambda item: item[1], default=(0, 0))
    return place if count >= _FEWEST_INDENTS else None


@dataclass
class Growing:
    """A paragraph that is being put together."""

    lines: list[Line]
    is_centred: bool

    @property
    def text(self) -> str:
        """Its text; a word that was divided at the end of a line is one again."""
        text = self.lines[0].text
        for line in self.lines[1:]:
            text = _joined(text, line.text)
        return normalise(text)

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    def paragraph(self) -> Paragraph:
        """Return the paragraph."""
        return Paragraph(self.text, all(line.is_bold for line in self.lines), self.is_centred)


def _joined(text, more):
    # Vietnamese is not hyphenated; a dash at the end of a line belongs to a number or an address and keeps no space.
    if text.endswith(("-", "/", "–")) and not text.endswith((" -", " –")) and more[:1].isalnum():
        return text + more
    return f"{text} {more}"


def paragraphs_of(lines: Sequence[Line], margins: Margins) -> list[Growing]:
    """Return the paragraphs of lines that stand below each other."""
    found: list[Growing] = []
    usual = _usual_step(lines)
    for line in lines:
        is_centred = is_centred_line(line, margins)
        if found and _goes_on(found[-1], line, is_centred, margins, usual):
            found[-1].lines.append(line)
            found[-1].is_centred |= is_centred
        else:
            found.append(Growing([line], is_centred))
    return found


def _usual_step(lines):
    """Return the usual distance of lines as a share of their size."""
    steps = sorted((b.baseline - a.baseline) / a.size for a, b in zip(lines, lines[1:], strict=False) if a.size)
    steps = [step for step in steps if 0.8 < step < 3]
    return steps[len(steps) // 3] if steps else 1.2


def is_centred_line(line: Line, margins: Margins) -> bool:
    """Tell whether a line stands in the middle and ends well before both margins, or is a long title in capitals."""
    if line.is_bold and _is_symmetric(line, margins) and is_capitals(line.text):
        return True
    if margins.indent is not None and abs(line.x0 - margins.indent) < 2:
        return False
    before, after = line.x0 - margins.left, margins.right - line.x1
    return min(before, after) > 1.5 * line.size and _is_symmetric(line, margins)


def _is_symmetric(line, margins):
    return abs((line.x0 + line.x1) / 2 - margins.middle) < _CENTRE * line.size


def _goes_on(paragraph, line, is_centred, margins, usual):
    last = paragraph.last
    if paragraph.is_centred or is_centred:
        return _is_symmetric(line, margins) and _heading_goes_on(paragraph, line, margins, usual)
    step = (line.baseline - last.baseline) / last.size
    if step > _WIDE_SPACE * usual and step - usual > 0.5:
        return False
    return continues(paragraph, line, margins)


def _heading_goes_on(paragraph, line, margins, usual):
    """Tell whether a centred title goes on; its longest lines may reach both margins."""
    last = paragraph.last
    if last.is_bold != line.is_bold or abs(last.size - line.size) > 0.6 or not _is_symmetric(last, margins):
        return False
    if (line.baseline - last.baseline) / last.size > _WIDE_SPACE * usual:
        return False
    if is_capitals(last.text) or is_capitals(line.text):
        # Each line of a title in capitals stands for itself, unless the last was as long as it could be.
        return is_capitals(last.text) and is_capitals(line.text) and not _has_room(last, line, margins)
    if _BEGINS.match(last.text) or last.text.startswith("Độc lập"):
        return False
    return line.is_bold or not line.text[:1].isupper() or last.text.endswith((",", "-", "–"))


def _has_room(last, line, margins):
    """Tell whether the first word of a line would have fitted into the line before: then that one was ended."""
    return line.first_word_width + 0.75 * line.size < margins.right - last.x1


def _is_dotted(text):
    """Tell a line to be filled in by hand."""
    return len(text) >= _DOTS and not text.strip(".… ")


def _stands_aside(line, margins):
    """Tell whether a line is one of a block on the right, as signatures are: its lines stand alone."""
    return line.x0 > margins.left + 0.3 * margins.width


def continues(paragraph: Growing, line: Line, margins: Margins, last_margins: Margins | None = None) -> bool:
    """Tell whether a line goes on with a paragraph, also over the end of a page (then with its margins)."""
    last, before = paragraph.last, last_margins or margins
    if _stands_aside(last, before) and not line.text[:1].islower():
        return False
    if paragraph.is_centred or last.is_bold != line.is_bold and (last.is_bold or _BEGINS.match(line.text)):
        return False
    if _has_room(last, line, before) or _is_dotted(line.text):
        return False
    is_ended = _is_dotted(last.text[-_DOTS:]) or (paragraph.text[:1] + last.text[-1:]) == "()"
    if is_ended and not line.text[:1].islower():
        return False
    begins, ended = bool(_BEGINS.match(line.text)), last.text.endswith(_ENDS)
    if begins and ended:
        return False
    is_indented = line.x0 - margins.left > _INDENT * line.size
    if not is_indented:
        return True
    if line.text[:1].islower() and not begins:
        return True
    was_indented = last.x0 - before.left > _INDENT * last.size
    return was_indented and not begins and not ended and abs(line.x0 - margins.left - (last.x0 - before.left)) < 3
