"""What stands at the beginning of a paragraph: the label of a chapter, an article, a clause or a point."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .numerals import from_roman, from_words, order
from .tree import Kind


@dataclass(frozen=True)
class Mark:
    """A label read at the beginning of a paragraph.

    `is_sure` is false for what may as well be text, such as "Điều 5 của Luật này" or "12. tháng": then the place in
    the document decides. `style` tells lists apart that may stand in each other.
    """

    kind: Kind
    number: str
    label: str
    rest: str
    is_sure: bool
    style: str = ""

    @property
    def order(self) -> tuple[int, ...]:
        """What the number is sorted by."""
        return order(self.number)


# A sentence that goes on with the name of a kind of document cites an article; it does not begin one.
_CITES = re.compile(
    r"(của|và|hoặc|đến|tại|trong|này|ban hành|nêu|quy định|được|có hiệu lực|Luật|Bộ luật|Hiến pháp|Pháp lệnh|Nghị định|"
    r"Nghị quyết|Thông tư|Quyết định|Quy chế này|Quy định này|Điều lệ này|Chương|Mục|Phần|khoản|điểm)\b"
)
_ARTICLE = re.compile(
    r"(?P<label>(?:Điều|ĐIỀU)\s+(?P<number>\d{1,4}(?:\s?[a-zđA-ZĐ]|[a-zđ]{2})?\b)\s?(?P<stop>[.:]?))(?P<rest>.*)"
)
_GROUP = re.compile(
    r"(?P<label>(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Tiểu mục|Tiểu Mục|TIỂU MỤC|Mục|MỤC)\s+"
    r"(?P<number>(?i:thứ\s+(?:mười\s+)?\w+|(?:mười\s+)?\w+?)))\s?(?P<stop>[.:]|\s[-–]|\b)(?P<rest>.*)"
)
_GROUP_NUMBER = re.compile(r"([IVXLC]+|\d{1,3})\s?([a-zđA-ZĐ]?)")
_GROUP_KINDS = {"phần": Kind.PART, "chương": Kind.CHAPTER, "mục": Kind.SECTION, "tiểu mục": Kind.SUBSECTION}


def is_capitals(text: str) -> bool:
    """Tell whether a line is set in capitals, as headings are; figures and signs do not count."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and sum(character.isupper() for character in letters) >= 0.85 * len(letters)


def read_article(text: str) -> Mark | None:
    """Return the mark of "Điều 12a. …", "ĐIỀU 5:", "Điều 5 ." or "Điều 5"; sure with a period or colon alone."""
    match = _ARTICLE.match(text)
    if match is None:
        return None
    rest = match["rest"].strip().removeprefix("-").removeprefix("–").strip()
    number = re.sub(r"\s", "", match["number"]).lower()
    is_sure = bool(match["stop"]) and not rest.startswith((",", ";"))
    if not is_sure and (re.match(r"[,;)/]|[^\W\d_A-ZÀ-ỸĐ]", rest) or _CITES.match(rest)):
        return None
    return Mark(Kind.ARTICLE, number, " ".join(match["label"].split()), rest, is_sure)


def read_group(text: str) -> Mark | None:
    """Return the mark of a part, chapter, section or subsection; sure when it stands alone or before capitals."""
    match = _GROUP.match(text)
    number = match and _group_number(match)
    if not number:
        return None
    kind = _GROUP_KINDS[match["word"].lower()]
    rest = match["rest"].strip().lstrip(".:-–").strip()
    is_sure = not rest or is_capitals(rest)
    if not is_sure and (not rest[0].isupper() or _CITES.match(rest) or rest[-1] in ".;,:"):
        return None
    label = " ".join((match["label"] + match["stop"].strip(" -–")).split())
    return Mark(kind, number, label, rest, is_sure)


def _group_number(match):
    text = " ".join(match["number"].split())
    if plain := _GROUP_NUMBER.fullmatch(text):
        figure, letter = plain.groups()
        value = int(figure) if figure.isdigit() else from_roman(figure)
        return f"{value}{letter.lower()}" if value else ""
    is_part = match["word"].lower() == "phần"
    if is_part and (value := from_words(text)):
        return str(value)
    return text.lower() if is_part and re.fullmatch(r"[A-HĐ]", text) else ""


@dataclass(frozen=True)
class _Item:
    """One way of numbering: its pattern with the groups n(umber) and rest, and which element it makes."""

    style: str
    kind: Kind
    pattern: re.Pattern
    number: Callable[[str], str | int | None] = str


def _item(style, kind, label, number=str):
    return _Item(style, kind, re.compile(rf"(?P<label>{label})\s*(?P<rest>.*)", re.DOTALL), number)


_ITEMS = (
    _item("roman", Kind.DIVISION, r"(?P<n>[IVXL]{1,7})\s?(?:[.)/]|\s?[-–])(?=\s|$)", from_roman),
    _item("dotted", Kind.SUBCLAUSE, r"(?P<n>\d{1,2}[a-zđ]?(?:\.\d{1,2}[a-zđ]?){1,4})(?:[.)](?!\d)|\.?(?=\s))"),
    _item("figure", Kind.CLAUSE, r"(?P<n>\d{1,3}(?:[a-zđ]\d?)?)(?:\s?\.(?!\d)|/(?!\d)|-(?=\s|[^\W\d]))"),
    _item("bracket", Kind.SUBPOINT, r"(?P<n>\d{1,2})\)"),
    _item("roman-point", Kind.SUBPOINT, r"\((?P<n>[ivx]{1,6})\)|(?P<n2>ii|iii|iv|vi{1,3}|ix|xi{1,3})\)", from_roman),
    _item("brackets", Kind.SUBPOINT, r"\((?P<n>\d{1,2})\)(?=\s)"),
    _item("letter-brackets", Kind.SUBPOINT, r"\((?P<n>[a-zđ])\)(?=\s)"),
    _item("point-figure", Kind.SUBPOINT, r"(?P<n>[a-zđ]\.?\d{1,2})[).](?!\d)", lambda text: text.replace(".", "")),
    _item("letter", Kind.POINT, r"(?P<n>(?P<one>[a-zđ])(?P=one)?)(?:\)|[./](?=\s))"),
    _item("bare", Kind.CLAUSE, r"(?P<n>\d{1,2})(?=\s[^\W\d_a-zà-ỹđ])"),
    _item("capital", Kind.DIVISION, r"(?P<n>[A-HĐK])[.)](?=\s)", str.lower),
)
RANKS = {
    style: rank
    for rank, style in enumerate(
        [
            "capital",
            "roman",
            "figure",
            "bare",
            "dotted",
            "letter",
            "point-figure",
            "bracket",
            "roman-point",
            "brackets",
            "letter-brackets",
        ]
    )
}
# As Circular 01/2011/TT-BNV and Decree 30/2020/NĐ-CP have points run.
LETTERS_OF_POINTS = "abcdđeghiklmnopqrstuvxy"
_WEAK = {"capital", "bare", "roman", "brackets", "letter-brackets", "bracket"}


def read_item(text: str) -> Mark | None:
    """Return the mark of "1.", "1.1.", "a)", "đ)", "(ii)", "I." and the like; decimals and dates have none.

    Sure is a mark that is seldom anything else: "1. Chữ hoa" and "a)".
    """
    for item in _ITEMS:
        match = item.pattern.match(text)
        if match is None:
            continue
        figure = match["n"] or match.groupdict().get("n2")
        number = item.number(figure)
        if number:
            return Mark(item.kind, str(number), match["label"], match["rest"], _is_sure(item, match), item.style)
    return None


def _is_sure(item, match):
    rest = re.sub(r"^\[\d+\]\s*", "", match["rest"]).lstrip("“\"'‘([«")
    if item.style in _WEAK or not rest:
        return False
    if item.style in ("figure", "dotted"):
        return rest[0].isupper() and match["label"][-1] != "-" and not match["n"].startswith("0")
    return match["label"].endswith(")")


def may_begin(mark: Mark) -> bool:
    """Tell whether a list may begin with this mark."""
    last = mark.order[-1] if mark.style in ("dotted", "point-figure") else mark.order[0]
    return last == 1


def follows(before: Mark | None, mark: Mark) -> bool:
    """Tell whether a mark is the next of a list, an inserted one ("12a") included; f, j, w and z may be left out."""
    if before is None:
        return may_begin(mark)
    old, new = before.order, mark.order
    if new <= old:
        return False
    if mark.style in ("dotted", "point-figure"):
        return old[:-1] == new[: len(old) - 1] and new[len(old) - 1] - old[-1] <= 1
    return new[0] - old[0] <= (3 if mark.style == "letter" else 1)
