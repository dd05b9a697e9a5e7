"""How Vietnamese documents count: Roman figures, words, and the letters of points, where đ follows d."""

import re

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_UNITS = {
    "nhất": 1,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "nhì": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
# Circular 01/2011/TT-BNV lets points run by the Vietnamese alphabet; f, j, w and z are met in old texts.
LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_WITH_SUFFIX = re.compile(r"(\d+)([a-zđ]*)(\d*)")


def to_roman(number: int) -> str:
    """Return the Roman figure of a number from 1 to 3999."""
    text = ""
    for value, figure in _ROMAN:
        text += figure * (number // value)
        number %= value
    return text


def from_roman(text: str) -> int | None:
    """Return the value of a Roman figure in either case; None where it is not written as Romans are."""
    figures, value = text.upper(), 0
    rest = figures
    for amount, figure in _ROMAN:
        while rest.startswith(figure):
            value += amount
            rest = rest[len(figure) :]
    return value if value and not rest and to_roman(value) == figures else None


def from_words(text: str) -> int | None:
    """Return the number from 1 to 99 that Vietnamese words say ("thứ nhất", "mười lăm"); None for other words."""
    words = text.lower().removeprefix("thứ ").split()
    tens, units = 0, words
    if words[:1] == ["mười"]:
        tens, units = 10, words[1:]
    elif len(words) > 1 and words[1] == "mươi" and words[0] in _UNITS:
        tens, units = 10 * _UNITS[words[0]], words[2:]
    if not units:
        return tens or None
    return tens + _UNITS[units[0]] if len(units) == 1 and units[0] in _UNITS else None


def order(number: str) -> tuple[int, ...]:
    """Return what a number is sorted by: "12a" between "12" and "12b", "đ" between "d" and "e", "aa" after "z"."""
    if match := _WITH_SUFFIX.fullmatch(number):
        figure, suffix, last = match.groups()
        return (int(figure), *order(suffix), int(last or 0)) if suffix else (int(figure),)
    if "." in number or "-" in number:
        return tuple(part for piece in re.split(r"[.-]", number) for part in order(piece))
    letters = re.match(r"[a-zđ]*", number).group()
    rest = number[len(letters) :]
    value = 0
    for letter in letters:
        value = value * (len(LETTERS) + 1) + LETTERS.index(letter) + 1
    return (value, int(rest)) if rest.isdigit() else (value,)
