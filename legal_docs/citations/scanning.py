"""Scans one line of text for what citations are made of: elements ("khoản 2", "Điều này") and documents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .documents import FORM, OUTSIDE, DocumentRecogniser, Named, outside_at
from .labels import COUNTED, labels_between, plain_label

_KIND_OF_WORD = {
    "tiết": "subpoint",
    "điểm": "point",
    "khoản": "clause",
    "điều": "article",
    "tiểu mục": "subsection",
    "mục": "section",
    "chương": "chapter",
    "phần": "part",
    "phụ lục": "attachment",
}
# Words that make another word with the one before: "tài khoản 111", "thời điểm 5", "danh mục 2".
_OTHER_WORDS = {
    kind: re.compile(rf"(?<!\w)(?:{words})\s+$", re.IGNORECASE)
    for kind, words in (
        ("subpoint", "chi|thời"),
        ("point", "thời|địa|thí|quan|đặc|trọng|cao|giao|tiêu|ưu|nhược|kiểm|thang|luận|yếu|khuyết|số|được"),
        ("clause", "tài|điều|bồi"),
        ("section", "danh|hạng|chuyên|đề|khoản|tiểu|thư|số"),
        ("chapter", "huy|văn|kỷ"),
        ("part", "cổ|thành|học|góp|một|hợp|toàn|thị|bưu"),
    )
}
_TRIGGER = re.compile(
    rf"(?<!\w)(?:(?P<outside>{OUTSIDE})|(?P<unit>tiểu\s+mục|tiết|điểm|khoản|điều|mục|chương|phần|phụ\s+lục)|(?P<form>{FORM})"
    r"|(?P<number>\d{1,5}[a-zđ]?\s?/\s?(?=(?:19|20)\d\d|[A-ZĐÐ])))(?!\w)|(?<!\w)(?P<acronym>[A-ZĐ]{2,9})(?!\w)"
    r"|(?<!\w)(?P<digits>\d{1,5}[a-zđ]?\s?/\s?(?=(?:19|20)\d\d\s?/|[A-ZĐÐ]))",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"(\w+)\s+$")
_SPACE = re.compile(r"\s+(?:số\s+)?(?:thứ\s+tự\s+)?", re.IGNORECASE)
_THIS = re.compile(r"\s+(?:này|nầy)(?!\w)")

_END = r"(?![\w%])(?![./]\d)"
_ROMAN = r"[IVX]{1,7}"
_LABELS = {
    "subpoint": rf"(?:[a-zđ]\d?|\d{{1,2}}(?:\.\d{{1,2}})*(?:\.?[a-zđ])?)\)?{_END}",
    "point": rf"(?:[a-zđA-ZĐ]\d{{0,2}}(?:\.\d{{1,2}})*|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\.?[a-zđ]?)\)?{_END}",
    "clause": rf"\d{{1,3}}(?:\.\d{{1,2}}){{0,2}}[a-zđ]?{_END}",
    "article": rf"\d{{1,4}}[a-zđ]{{0,2}}{_END}",
    "subsection": rf"(?:\d{{1,3}}(?:\.\d{{1,2}})*|{_ROMAN}|[A-ZĐ]){_END}",
    "section": rf"(?:\d{{1,3}}(?:\.\d{{1,2}})*[a-zđ]?|{_ROMAN}(?:\.\d{{1,2}})*|[A-ZĐ]){_END}",
    "chapter": rf"(?:[IVXLC]{{1,8}}[a-zđ]?|\d{{1,3}}){_END}",
    "part": rf"(?:thứ\s+\w+|{_ROMAN}|\d{{1,2}}|[A-ZĐ]){_END}",
    "attachment": rf"(?:[IVXLC]{{1,7}}|\d{{1,3}}|[A-ZĐ])(?:[.-]?(?:\d{{1,2}}|[A-Za-zđ]))?(?:[.-]\d{{1,2}})*{_END}",
}
_LABEL = {kind: re.compile(pattern) for kind, pattern in _LABELS.items()}
_TO = {
    kind: re.compile(rf"\s+(?:đến|tới)\s+(?:hết\s+)?(?:{word}\s+(?:số\s+)?)?", re.IGNORECASE)
    for word, kind in _KIND_OF_WORD.items()
}
_DASH = re.compile(r"\s?[-–]\s?(?=\d)")
_FROM = re.compile(r"\s+từ(?=\s)")
_LIST_SEPARATOR = re.compile(r"(?:\s*[,;]\s*(?:(?:và|hoặc|hay)\s+)?|\s+(?:và|hoặc|hay|và/hoặc)\s+)")


@dataclass(frozen=True)
class Unit:
    """An element that a text names; no label where it says "this" (`is_relative`) or only "Phụ lục"."""

    start: int
    end: int
    kind: str
    labels: tuple[str, ...]
    is_relative: bool = False
    is_sure: bool = True
    """Whether it is a citation by itself; "điểm 5" and "mục 3" are one only together with what they are part of."""


def scan(text: str, recogniser: DocumentRecogniser, start: int = 0) -> Iterator[Unit | Named]:
    """Yield all elements and documents that the text names from start on, in order and without overlap."""
    position = start
    while found := _TRIGGER.search(text, position):
        position = found.end()
        for atom in _atoms_at(text, found, recogniser):
            position = max(position, atom.end)
            yield atom


def _atoms_at(text, found, recogniser):
    if found["unit"]:
        kind = _KIND_OF_WORD[" ".join(found["unit"].lower().split())]
        return _units_at(text, found.start(), found.end(), kind)
    if found["outside"]:
        named = outside_at(text, found.start(), found.end())
    elif found["form"]:
        named = recogniser.at(text, found.start(), found["form"])
    elif found["acronym"]:
        named = recogniser.short_name_at(text, found.start())
    else:
        named = recogniser.number_at(text, found.start())
    return [named] if named else []


def _units_at(text, start, end, kind):
    if _follows_other_word(text, start, kind):
        return []
    if this := _THIS.match(text, end):
        return [Unit(start, this.end(), kind, (), is_relative=True, is_sure=_is_sure_this(text, start, kind))]
    space = _SPACE.match(text, from_word.end() if (from_word := _FROM.match(text, end)) else end)
    label = space and _LABEL[kind].match(text, space.end())
    if not label or COUNTED.match(text, label.end()) and kind != "attachment":
        return [Unit(start, end, kind, ("",), is_sure=False)] if kind == "attachment" and not label else []
    labels, end = _with_range(text, kind, label)
    first = Unit(start, end, kind, labels, is_sure=_is_sure(text, start, kind, label[0]))
    return [first, *_rest_of_list(text, first)]


def _follows_other_word(text, start, kind):
    pattern = _OTHER_WORDS.get(kind)
    return pattern is not None and pattern.search(text, max(0, start - 12), start) is not None


def _is_sure(text, start, kind, label):
    """Whether one can cite by these words alone: "khoản 2", "điểm b"; not "điểm 5", "điểm B", "mục 3", "phần I"."""
    if kind == "point":
        return label[0].islower()
    if kind in ("section", "subsection", "part", "subpoint"):
        return False
    if kind in ("article", "clause") or text[start].isupper():
        return True
    before = _WORD_BEFORE.search(text, max(0, start - 12), start)
    return kind == "attachment" and before is not None and before[1].lower() in ("tại", "theo", "trong", "ở")


def _is_sure_this(text, start, kind):
    """Whether "this" is an element: "điều này" and "khoản này" are everyday words, but not after "tại"."""
    if text[start].isupper() and kind in ("article", "chapter"):
        return True
    before = _WORD_BEFORE.search(text, max(0, start - 12), start)
    if before is None:
        return False
    said = before[1].lower()
    return (
        said in ("tại", "ở")
        or (text[start].isupper() and said not in ("các", "những"))
        or (kind in ("clause", "point") and said in ("của", "trong", "tiết", "theo"))
    )


def _with_range(text, kind, label):
    """Return (labels, end), with all labels of a range that begins with this label."""
    first = plain_label(label[0])
    to = _TO[kind].match(text, label.end())
    if to is None and kind in ("article", "clause"):
        to = _DASH.match(text, label.end())
    last = to and _LABEL[kind].match(text, to.end())
    if not last or COUNTED.match(text, last.end()):
        return (first,), label.end()
    return labels_between(first, plain_label(last[0])), last.end()


def _rest_of_list(text, first):
    """Return the labels that go on with a list and stand without their word: "3" and "7" of "Điều 2, 3 và 7"."""
    units, end = [], first.end
    while separator := _LIST_SEPARATOR.match(text, end):
        label = _LABEL[first.kind].match(text, separator.end())
        if not label or COUNTED.match(text, label.end()) or not _goes_on(first, label[0]):
            break
        labels, end = _with_range(text, first.kind, label)
        units.append(Unit(label.start(), end, first.kind, labels, is_sure=first.is_sure))
    return units


def _goes_on(first, label):
    if label[0].isdigit():
        return not label.startswith("0") and first.labels[0][:1].isdigit()
    # "điểm a và y tế", "Chương II và C": a letter goes on with letters only, Roman numbers with Roman ones.
    if first.kind in ("point", "subpoint"):
        return label[0].islower() and label != "y"
    return first.kind in ("chapter", "section", "part", "attachment")
