"""Numbers and letters of elements: Roman and ordinal numbers, the letters of points, ranges of them."""

import re
from itertools import pairwise

# The order in which points are lettered; f, j, w and z are not Vietnamese (Decree 34/2016/NĐ-CP, Article 62).
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
LONGEST_RANGE = 300
# A number before one of these counts things; it does not go on with a list of articles.
COUNTED = re.compile(
    r"\s*(?:ngày|tháng|năm|người|bộ|bản|triệu|tỷ|tỉ|nghìn|ngàn|đồng|lần|tuổi|giờ|phút|m2|km|kg|tấn|cm|mm|ha|mét|loại|nhóm"
    r"|hình|lít|tổ|đơn|hộ|xã|tỉnh|huyện|mức|bậc|thành|hồ|tờ|cán|cơ|đoàn|kỳ|quý|trường|lao|m²|m³|trang|đợt)(?!\w)|\s*[%°]"
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_OTHER_ORDINALS = {"bốn": 4, "bẩy": 7, "nhì": 2}


def plain_label(written: str) -> str:
    """Return a label as it stands in an element id before escaping: "III" is "3", "04" is "4", "thứ nhất" is "1"."""
    label = written.strip().rstrip(")")
    if label.lower().startswith("thứ"):
        return _ordinal(label.split()[-1].lower())
    # A lone C, D, L or M is a letter: no law has a hundred sections.
    if _ROMAN.fullmatch(label) and label not in ("C", "L"):
        return str(_roman(label))
    return re.sub(r"^0+(?=\d)", "", label.lower())


def labels_between(first: str, last: str) -> tuple[str, ...]:
    """Return all labels of a range, or its two ends where what lies between cannot be known ("2a" to "5b")."""
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + LONGEST_RANGE:
        return tuple(str(number) for number in range(int(first), int(last) + 1))
    if first in POINT_LETTERS and last in POINT_LETTERS and len(first) == len(last) == 1:
        between = POINT_LETTERS[POINT_LETTERS.index(first) : POINT_LETTERS.index(last) + 1]
        return tuple(between) or (first, last)
    return (first, last)


def _ordinal(word):
    if word in _ORDINALS:
        return str(_ORDINALS.index(word) + 1)
    return str(_OTHER_ORDINALS.get(word, word))


def _roman(label):
    values = [_ROMAN_DIGITS[digit] for digit in label]
    return sum(-value if value < following else value for value, following in pairwise([*values, 0]))
