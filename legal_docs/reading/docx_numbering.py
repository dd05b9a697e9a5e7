"""What Word numbers automatically: "Điều 5.", "a)", "2.1." stand nowhere in the text and are counted here.

ISO/IEC 29500-1, 17.9: a paragraph names a list (w:num) and a level; the list has an abstract definition that it may
share with other lists, and then they count on together.
"""

from dataclasses import dataclass

from lxml import etree

from .docx_package import value, w, whole_number
from .docx_styles import Styles

_LEVELS = 9
_OFF = {"0", "false", "off"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# Signs of bullets, also in the private area to which the fonts Symbol and Wingdings are mapped.
_DASHES = frozenset("-–—−\uf02d\uf0be")
_PLUSES = frozenset("+\uf02b")


@dataclass(frozen=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restarts_after: int | None = None
    is_legal: bool = False


class Numbering:
    """Counts the lists of one document; ask for each paragraph once and in order."""

    def __init__(self, root: etree._Element | None, styles: Styles):
        self._styles = styles
        self._abstract, self._lists, self._styled = {}, {}, {}
        for element in () if root is None else root:
            if element.tag == w("abstractNum"):
                self._abstract[element.get(w("abstractNumId"))] = element
            elif element.tag == w("num"):
                self._lists[element.get(w("numId"))] = element
        self._levels: dict[str, list[_Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def number(self, properties: etree._Element | None, paragraph_style: str | None) -> str:
        """Return what Word would print before a paragraph; an empty text for one without a number."""
        number, level = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        styled_number, styled_level = self._styles.numbering(paragraph_style)
        if number is None:
            number = styled_number
            level = level or styled_level or self._level_of_style(number, paragraph_style)
        if number is None or number == "0" or number not in self._lists:
            return ""
        return self._count(number, whole_number(level, 0, most=_LEVELS - 1))

    def _level_of_style(self, number, paragraph_style):
        abstract = self._abstract.get(self._abstract_of(number)) if number else None
        for level in () if abstract is None else abstract.findall(w("lvl")):
            if value(level, "pStyle") == paragraph_style:
                return level.get(w("ilvl"))
        return None

    def _abstract_of(self, number, depth=0):
        """Return the definition of a list; it may be that of a style, which names another list."""
        identifier = value(self._lists.get(number), "abstractNumId")
        style = value(self._abstract.get(identifier), "numStyleLink")
        if style and depth < _LEVELS and (linked := self._styles.list_of_style(style)):
            return self._abstract_of(linked, depth + 1)
        return identifier

    def _count(self, number, level):
        abstract, levels = self._abstract_of(number), self._levels_of(number)
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        override = self._start_override(number, level)
        if override is not None and (number, level) not in self._begun:
            counts[level] = override - 1
        self._begun.add((number, level))
        counts[level] = levels[level].start if counts[level] is None else counts[level] + 1
        for above in range(level):
            counts[above] = levels[above].start if counts[above] is None else counts[above]
        for below in range(level + 1, _LEVELS):
            if _begins_anew(levels[below].restarts_after, level, below):
                counts[below] = None
        return _printed(levels, counts, level)

    def _start_override(self, number, level):
        for override in self._lists[number].findall(w("lvlOverride")):
            if override.get(w("ilvl")) == str(level) and (start := value(override, "startOverride")) is not None:
                return whole_number(start, 1)
        return None

    def _levels_of(self, number):
        if number not in self._levels:
            levels = [_Level()] * _LEVELS
            abstract = self._abstract.get(self._abstract_of(number))
            overrides = self._lists[number].findall(f"{w('lvlOverride')}/{w('lvl')}")
            for element in [*(() if abstract is None else abstract.findall(w("lvl"))), *overrides]:
                levels[whole_number(element.get(w("ilvl")), 0, most=_LEVELS - 1)] = _read_level(element)
            self._levels[number] = levels
        return self._levels[number]


def _read_level(element):
    restart = value(element, "lvlRestart")
    legal = element.find(w("isLgl"))
    return _Level(
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=whole_number(value(element, "start"), 0),
        restarts_after=None if restart is None else whole_number(restart, 0),
        is_legal=legal is not None and legal.get(w("val"), "1") not in _OFF,
    )


def _begins_anew(restarts_after, level, below):
    """Tell whether a level begins anew after a paragraph of one above it; 0 means never."""
    if restarts_after is None:
        return level < below
    return restarts_after > 0 and level < restarts_after


def _printed(levels, counts, level):
    own = levels[level]
    if own.form == "bullet":
        return _bullet(own.text)
    if own.form == "none":
        return ""
    text = own.text
    for at in range(_LEVELS - 1, -1, -1):
        if f"%{at + 1}" in text:
            form = "decimal" if own.is_legal else levels[at].form
            text = text.replace(f"%{at + 1}", written(counts[at] or 0, form))
    return " ".join(text.split())


def _bullet(text):
    if not text.strip():
        return ""
    if text[0] in _DASHES:
        return "-"
    return "+" if text[0] in _PLUSES else "•"


def written(number: int, form: str) -> str:
    """Return a number in one of the forms of Word (ST_NumberFormat); in figures where the form is not known."""
    writer = _FORMS.get(form)
    return writer(number) if writer and number > 0 else str(number)


def _letters(number):
    """Word counts a … z, aa, bb …; it knows no đ."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * min(times + 1, 10)


def _roman(number):
    text = ""
    for figure, letters in _ROMAN:
        times, number = divmod(number, figure)
        text += letters * times
    return text


def _vietnamese(number):
    if number < 10:
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    words = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if ones == 0:
        return words
    last = {5: "lăm", 1: "một" if tens == 1 else "mốt"}.get(ones, _DIGITS[ones])
    return f"{words} {last}"


_FORMS = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "vietnameseCounting": _vietnamese,
    "cardinalText": _vietnamese,
}
