"""Numbers of documents in every way in which people write them, and places in a document.

"43/2011/NĐ-CP", "nd 43 2011", "nghị định 43 năm 2011", "qd 2723", "2723 qđ ubnd", "luật số 18/2008/QH12", "73-CP".
"năm 2014", "Điều 10", "18 tuổi" and "30 ngày" are no numbers of documents.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from core.text import fold
from legal_docs.document_types import abbreviations, document_types
from legal_docs.structure.ids import number_in_id
from search.wanted import WantedNumber

from .issuers import symbols_at
from .tokens import Token

# Bodies whose symbols people write apart from the number: "2723 qđ ubnd".
_BODIES = {"ubnd", "hdnd", "cp", "ttg", "nhnn", "ttcp", "tandtc", "vksndtc", "hdtp", "ktnn", "bch", "hdbt", "ubtvqh"}
_OF_TERM = {"qh", "ubtvqh"}
# Forms without an abbreviation of their own in data, as people shorten them.
_SHORT = {"cv"}
_MINISTRY = re.compile(r"b[a-z]{2,8}")
# What makes a figure after a form a count and no number: "quyết định 5 năm", "thông báo 30 ngày".
_UNITS = {
    "nam", "thang", "ngay", "gio", "tuan", "tuoi", "dong", "trieu", "ty", "nguoi", "lan", "ho", "xa", "phuong", "huyen",
    "tinh", "met", "km", "m", "ha", "phan", "loai", "muc", "buoc", "dieu", "khoan",
}  # fmt: skip
_NO_NUMBER_AFTER = {
    "dieu",
    "khoan",
    "diem",
    "chuong",
    "muc",
    "phan",
    "luc",
    "tuoi",
    "trang",
    "quy",
    "lop",
    "bang",
    "cap",
}
_LONGEST_PART = 9


@dataclass(frozen=True)
class Span:
    """Tokens[start:end] are a number of a document."""

    start: int
    end: int
    numbers: tuple[WantedNumber, ...]


@cache
def _forms() -> dict[tuple[str, ...], str]:
    """Folded words of all forms, the longest first."""
    names = {fold(kind.form) for kind in document_types().values()}
    return {tuple(name.split()): name for name in sorted(names, key=len, reverse=True)}


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(fold(word) for word in abbreviations()) | _SHORT


def numbers_in(tokens: Sequence[Token]) -> list[Span]:
    """Return the numbers of documents in what was typed, in order."""
    spans: list[Span] = []
    place = 0
    while place < len(tokens):
        span = _number_at(tokens, place, spans[-1].end if spans else 0)
        if span is not None:
            spans.append(span)
            place = span.end
        else:
            place += 1
    return spans


def _number_at(tokens, place, free_from):
    token = tokens[place]
    if not token.is_figure or len(token.text) > 5 or _goes_on(tokens, place):
        return None
    start, form, short = _before(tokens, place, free_from)
    if start == place and place and tokens[place - 1].text in _NO_NUMBER_AFTER:
        return None
    number, end = _figure(tokens, place)
    year, end, is_joined = _year(tokens, end)
    parts, end = _parts(tokens, end, has_form=bool(form or short))
    if year is None:
        year, end = _year_after(tokens, end)
    if not (form or short or parts or is_joined):
        return None
    if not parts and year is None and end < len(tokens) and tokens[end].text in _UNITS:
        return None
    if token.is_year and not (parts or short or year):
        # "luật 2013" names a year.
        return None
    if short and short not in parts and short != "cv":
        parts = (short, *parts)
    return Span(start, end, _wanted(number, year, parts, form, symbols_at(tokens, end)))


def _goes_on(tokens, place):
    """Say whether a figure is the later part of something, as in a date."""
    return place > 0 and tokens[place - 1].is_figure and tokens[place].gap.strip() in ("/", "-", ".", ",")


def _wanted(number, year, parts, form, issuers):
    number = number.lstrip("0").upper() or "0"
    # Codes are laws to whoever cites them.
    forms = ("luat", "bo luat") if form == "luat" else (form,)
    return tuple(WantedNumber(number, year, parts, one, issuers) for one in forms)


def _before(tokens, place, free_from):
    """Return where a number begins with what is said before it: its form, or the form's abbreviation."""
    start = place
    if start > free_from and tokens[start - 1].text == "so":
        start -= 1
    for words, name in _forms().items():
        begin = start - len(words)
        if begin >= free_from and tuple(token.text for token in tokens[begin:start]) == words:
            return begin, name, ""
    if start > free_from and tokens[start - 1].text in _abbreviations():
        return start - 1, "", tokens[start - 1].text
    if start > free_from and start < place:
        # "số 2723" alone.
        return start, "", ""
    return place, "", ""


def _figure(tokens, place):
    number, end = tokens[place].text, place + 1
    if end < len(tokens) and tokens[end].gap == "" and len(tokens[end].text) == 1 and not tokens[end].is_figure:
        # "36a/2015/NQ-CP".
        return number + tokens[end].text, end + 1
    follows = end + 1 < len(tokens) and tokens[end].gap == "." and tokens[end].is_figure
    if follows and "/" in tokens[end + 1].gap:
        # "66.14/2025/QĐ-UBND".
        return f"{number}.{tokens[end].text}", end + 1
    return number, end


def _year(tokens, end):
    """Return the year after a number, where it ends, and whether a stroke joins them."""
    if end < len(tokens) and tokens[end].is_year and not tokens[end].gap.strip(" /-–"):
        return int(tokens[end].text), end + 1, any(mark in tokens[end].gap for mark in "/-–")
    return None, end, False


def _year_after(tokens, end):
    """A year that is said: "năm 2011", "ngày 5/8/2014", "ngày 5 tháng 8 năm 2014"."""
    if end < len(tokens) and tokens[end].text == "nam" and end + 1 < len(tokens) and tokens[end + 1].is_year:
        return int(tokens[end + 1].text), end + 2
    if end < len(tokens) and tokens[end].text == "ngay":
        for after in range(end + 1, min(end + 7, len(tokens))):
            if tokens[after].is_year:
                return int(tokens[after].text), after + 1
            if not tokens[after].is_figure and tokens[after].text not in ("thang", "nam"):
                break
    return None, end


def _parts(tokens, end, *, has_form):
    """Return the words of the symbol that follow, and where they end; after a form a body's alone will do."""
    parts: list[str] = []
    while end < len(tokens) and len(parts) < 6:
        token = tokens[end]
        is_joined = bool(re.fullmatch(r"\s*[/.&–-]\s*", token.gap))
        if token.is_figure or len(token.text) > _LONGEST_PART or not (is_joined or not token.gap.strip(" (")):
            break
        if not is_joined and not _is_known_part(token.text, has_form or bool(parts), bool(parts)):
            break
        word, end = token.text, end + 1
        if word in _OF_TERM and end < len(tokens) and tokens[end].is_figure and tokens[end].gap == "":
            word, end = word + tokens[end].text, end + 1
        parts.append(word)
    return tuple(parts), end


def _is_known_part(word, has_form, has_parts):
    if word in _abbreviations() or word in _OF_TERM:
        return not has_parts
    # A body alone after a figure is no symbol; "4042/UBND-VX" is written joined.
    return has_form and (word in _BODIES or bool(_MINISTRY.fullmatch(word)))


def element_in(tokens: Sequence[Token]) -> str:
    """Return the id of the article, clause or point that is named ("art_10__para_2__point_b"), "" for none.

    In whatever order it is said: from the inside out, as laws cite, or from the outside in.
    """
    found = {}
    for before, token in zip(tokens, tokens[1:], strict=False):
        name = {"dieu": "art", "khoan": "para", "diem": "point"}.get(before.text)
        if name and name not in found and _may_be_place(name, token):
            found[name] = _id_of(tokens, token)
    if "art" not in found:
        return ""
    steps = ["art", "para", "point"] if "para" in found else ["art", "point"]
    return "__".join(f"{step}_{found[step]}" for step in steps if step in found)


def _may_be_place(name, token):
    return len(token.text) == 1 if name == "point" else token.is_figure and len(token.text) <= 3


def _id_of(tokens, token):
    place = next(place for place, one in enumerate(tokens) if one is token)
    follower = tokens[place + 1] if place + 1 < len(tokens) else None
    joined = token.is_figure and follower is not None and follower.gap == "" and len(follower.text) == 1
    return number_in_id(token.written + (follower.written if joined else ""))
