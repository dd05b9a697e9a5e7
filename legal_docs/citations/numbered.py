"""Numbers of documents as they stand in running text: "số 43/2011/NĐ-CP", "43/2011", with stray spaces and dashes."""

import re
from datetime import date

from ..numbers import NoNumber, parse_number

_PART = r"[A-ZĐÐ](?:(?!ngày|của)[\w&]){0,20}"
# A symbol's parts in capitals may be torn apart by a space after or before the dash ("NĐ- CP").
_SMALL_PART = r"[a-zđ]{2,8}\d{0,2}"
_SYMBOL = (
    rf"(?:{_PART}(?:[-–/.]{_PART}|(?:\s[-–]|[-–]\s)[A-ZĐÐ]{{2,}}\w*){{0,8}}"
    rf"|{_SMALL_PART}(?:[-–]{_SMALL_PART}){{0,8}})"
)
NUMBER = re.compile(
    rf"""
    (?P<n>\d{{1,5}}[a-zđ]?)(?![.,]\d)
    (?:\s?/\s?(?P<year>(?:19|20)\d{{2}})(?!\d))?
    (?:(?:\s?/\s?|\s?[-–](?=[A-ZĐÐ]))(?P<symbol>{_SYMBOL}))?
    (?!(?!ngày|của)\w|/\w)
    """,
    re.VERBOSE,
)
_SAID_BEFORE_NUMBER = re.compile(r"(?:\s+của\s+[^\W\d_][^,;.:()\d\n]{1,60})?\s+(?P<label>(?i:số)\s*:?\s*)?(?=\d)")
_LABEL_BEFORE_NUMBER = re.compile(r"\s+(?P<label>(?i:số)\s*:?\s*)?(?=\d)")
_DAY = r"(\d{1,2})\s*(?:/|-|\.|tháng)\s*(\d{1,2})\s*(?:/|-|\.|năm)\s*(\d{4})"
_DAY_SAID = re.compile(_DAY)
_DATE = re.compile(rf"[\s,]*(?:của\s[^,;.()\d\n]{{1,80}},?\s)?(?:ban hành\s)?ngày\s+{_DAY}")
# Numbers without a document's word before them are documents only with one of these.
_KNOWN_SYMBOL = re.compile(r"(?:NĐ|NQ|QĐ|TT|TTLT|CT|PL|QH\d+|UBTVQH\d+|L|LCT|SL|NQLT|TTLB|VBHN|TTg|CP|HĐBT)(?![a-zđ])")


def number_after(text: str, position: int, *, with_issuer: bool = True) -> re.Match | None:
    """Return the match of the number that follows a document's word, or None; "của Chính phủ" may stand between."""
    before = (_SAID_BEFORE_NUMBER if with_issuer else _LABEL_BEFORE_NUMBER).match(text, position)
    if before is None:
        return None
    found = NUMBER.match(text, before.end())
    # "Nghị định 43" is a citation, "Quyết định của Chủ tịch 5" is not.
    if found and not found["symbol"] and not found["year"] and before[0].strip() and not before["label"]:
        return None
    return found


def is_known_symbol(symbol: str) -> bool:
    """Whether a symbol begins like one of a legal document."""
    return bool(_KNOWN_SYMBOL.match(symbol))


def normal_number(found: re.Match) -> str:
    """Return the number in the one form of the registry, or as much of it as the text says: "43/2011", "43"."""
    if found["symbol"]:
        try:
            return str(parse_number(found[0]))
        except NoNumber:
            return re.sub(r"\s+", "", found[0])
    digits = re.match(r"\d+", found["n"])[0]
    parts = (f"{int(digits):02d}{found['n'][len(digits) :].lower()}", found["year"])
    return "/".join(part for part in parts if part)


def date_after(text: str, position: int) -> date | None:
    """Return the date of issue that a text says right after a number or name."""
    return _as_date(_DATE.match(text, position, position + 140))


def day_said(text: str, position: int) -> date | None:
    """Return the day that is written at a position: "01 tháng 3 năm 2018" or "01/3/2018"."""
    return _as_date(_DAY_SAID.match(text, position, position + 40))


def _as_date(found):
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
