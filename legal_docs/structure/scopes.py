"""Cuts a document into what is numbered through: the document itself and each appendix or attached regulation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .blocks import Block, Paragraph, Table
from .numbering import Mark, is_capitals, read_article
from .numerals import from_roman
from .quotations import find_quotations

_APPENDIX = re.compile(
    r"(?P<label>(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?:\s+(?:số|SỐ))?"
    r"(?:\s+(?P<number>(?:[IVXL]+|\d{1,3})(?:[a-zđA-ZĐ]|\.\d{1,2}|-\d{1,2})?|[A-HĐ])\b)?[.:]?)(?P<rest>.*)"
)
_FILE_NAME = re.compile(r"\.(docx?|pdf|xlsx?|rar|zip)$", re.IGNORECASE)
_REGULATION = re.compile(
    r"(QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY TRÌNH|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|CHIẾN LƯỢC|QUY HOẠCH|DANH MỤC|HƯỚNG DẪN|"
    r"PHƯƠNG ÁN|QUY CHUẨN|TIÊU CHUẨN|ĐỊNH MỨC|BẢNG GIÁ|BIỂU GIÁ|BIỂU MỨC|BẢNG|KHUNG)\b"
)
_ISSUED_WITH = re.compile(r"\(?\s*(Ban hành|Kèm|Phê duyệt|Được ban hành)\s*(kèm)?\s*theo", re.IGNORECASE)
_SIGNS = re.compile(r"(TM|KT|TL|TUQ|Q)\s?\.\s?[A-ZĐÀ-Ỹ]")
_OFFICES = re.compile(
    r"(CHỦ TỊCH|PHÓ CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|THỐNG ĐỐC|GIÁM ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG KIỂM TOÁN)"
    r"( QUỐC HỘI| NƯỚC| UBND| ỦY BAN NHÂN DÂN| CHÍNH PHỦ)?"
)
_PASSED = re.compile(
    r"(Luật|Bộ luật|Pháp lệnh|Nghị quyết|Hiến pháp) (này )?(đã )?được (Quốc hội|Ủy ban|Uỷ ban|Hội đồng).*thông qua"
)
_RECIPIENTS = re.compile(r"Nơi nhận\s*[:.]?", re.IGNORECASE)
LOOK_AHEAD = 6


@dataclass(frozen=True)
class Scope:
    """A run of blocks in which articles are numbered through; `label` is empty for the document itself."""

    blocks: tuple[Block, ...]
    label: str = ""
    number: str = ""
    heading: str = ""


class Lines:
    """The blocks of a document with what is known about each before it is parsed."""

    def __init__(self, blocks: Sequence[Block]):
        self.blocks = tuple(blocks)
        self.texts = [block.text if isinstance(block, Paragraph) else "" for block in self.blocks]
        self.quotations = find_quotations(self.texts)

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The places of blocks that are quoted."""
        return frozenset(place for run in self.quotations for place in run)

    @cached_property
    def articles(self) -> dict[int, Mark]:
        """What may be the heading of an article, by its place; an unsure one only where its number comes next."""
        marks, last = {}, None
        for place, text in enumerate(self.texts):
            mark = None if place in self.quoted else read_article(text)
            if mark is None or not (mark.is_sure or self._comes_next(mark, last, place)):
                continue
            # Some sources print the heading twice: an article that has no text yet does not begin again.
            if last and last.number == mark.number and place - 1 in marks:
                continue
            marks[place] = last = mark
        return marks

    def _comes_next(self, mark, last, place):
        number = mark.order[0]
        return number == (last.order[0] + 1 if last else 1) or (number == 1 and self.blocks[place].is_bold)

    def goes_on(self, place: int) -> bool:
        """Tell whether, after this place, the articles of before go on counting: then nothing is attached here."""
        before = [mark for at, mark in self.articles.items() if at < place]
        after = next((mark for at, mark in self.articles.items() if at > place), None)
        return bool(before) and after is not None and after.order > before[-1].order


def split(lines: Lines) -> list[Scope]:
    """Return the document itself and then its attachments, in order."""
    starts = [(0, 0, "", "", "")]
    for place in range(1, len(lines.blocks)):
        if place >= starts[-1][1] and (found := _attachment_at(lines, place, bool(starts[1:]))):
            starts.append((place, *found))
    ends = [start[0] for start in starts[1:]] + [len(lines.blocks)]
    return [
        Scope(lines.blocks[after:end], label, number, heading)
        for (_place, after, label, number, heading), end in zip(starts, ends, strict=True)
    ]


def _attachment_at(lines, place, is_attached):
    """Return (place after the title, label, number, heading) where an appendix or a regulation begins."""
    text = lines.texts[place]
    if not text or place in lines.quoted or _FILE_NAME.search(text):
        return None
    found = _appendix_at(lines, place) or _regulation_at(lines, place)
    if found is None or lines.goes_on(place):
        return None
    return found if is_attached or _has_body_before(lines, place) else None


def _has_body_before(lines, place):
    return any(at < place for at in lines.articles) or any(is_closing(block) for block in lines.blocks[:place])


def _appendix_at(lines, place):
    match = _APPENDIX.fullmatch(lines.texts[place])
    if match is None:
        return None
    rest, block = match["rest"].strip(" .:-–"), lines.blocks[place]
    stands_out = block.is_bold or block.is_centred or match["label"].isupper()
    if rest and not (is_capitals(rest) or _ISSUED_WITH.match(rest) or (stands_out and rest[0].isupper())):
        return None
    if not rest and not stands_out and not _title_follows(lines, place):
        return None
    after, heading = _title(lines, place + 1, rest)
    return after, match["label"], _plain_number(match["number"]), heading


def _plain_number(number):
    if not number:
        return ""
    figure = re.match(r"[IVXL]+", number)
    value = figure and from_roman(figure.group())
    return (str(value) + number[figure.end() :] if value else number.lstrip("0")).lower()


def _title_follows(lines, place):
    following = [text for text in lines.texts[place + 1 : place + 4] if text]
    return any(is_capitals(text) or _ISSUED_WITH.match(text) for text in following)


def _regulation_at(lines, place):
    text = lines.texts[place]
    if not _REGULATION.match(text) or not is_capitals(text) or len(text) > 250:
        return None
    following = lines.texts[place + 1 : place + 1 + LOOK_AHEAD]
    if not any(_ISSUED_WITH.match(line) for line in following):
        return None
    label = _REGULATION.match(text).group()
    after, heading = _title(lines, place + 1, text[len(label) :].strip())
    return after, label, "", heading


def _title(lines, place, heading):
    """Return the place after the lines of a title and the title; it ends before "(Ban hành kèm theo …)"."""
    last = min(place + LOOK_AHEAD, len(lines.blocks))
    while place < last and _is_title(lines.blocks[place]) and not _ISSUED_WITH.match(lines.texts[place]):
        if _APPENDIX.fullmatch(lines.texts[place]):
            break
        heading = f"{heading} {lines.texts[place]}".strip()
        place += 1
    return place, heading


def _is_title(block):
    if isinstance(block, Table) or not block.text or read_article(block.text):
        return False
    stands_out = is_capitals(block.text) or (block.is_bold and block.is_centred)
    return stands_out and not re.match(r"(Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|[IVX]+\s?[.\-–]|[A-H]\.|\d+\.)\s", block.text)


def is_closing(block: Block) -> bool:
    """Tell whether the end of a document begins here: passed by, recipients, or the signature."""
    if isinstance(block, Table):
        firsts = [line.strip() for row in block.rows for cell in row for line in cell.text.split("\n")[:2]]
        return len(block.rows) <= 4 and any(_RECIPIENTS.match(line) or _SIGNS.match(line) for line in firsts)
    text = block.text
    if _PASSED.match(text) or re.fullmatch(_OFFICES, text):
        return True
    if _RECIPIENTS.match(text) and len(text) < 200:
        return True
    return bool(_SIGNS.match(text)) and is_capitals(text)


def is_recipients(text: str) -> bool:
    """Tell whether a line begins the list of recipients."""
    return bool(_RECIPIENTS.match(text))


def is_signature(text: str) -> bool:
    """Tell whether a line begins the signature."""
    return bool(_SIGNS.match(text)) or bool(re.fullmatch(_OFFICES, text))
