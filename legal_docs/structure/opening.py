"""What stands before and after the articles: heads, legal bases and enacting words; recipients and signature."""

import re
from collections.abc import Sequence

from .blocks import Block, Paragraph
from .numbering import is_capitals
from .scopes import is_recipients, is_signature
from .tree import Element, Kind

_BASIS = re.compile(
    r"[-+]?\s*(Căn cứ|Theo (đề nghị|tờ trình|Tờ trình|yêu cầu|kết quả)|Xét|Thực hiện|Trên cơ sở|"
    r"Sau khi (xem xét|có ý|thống nhất))\b"
)
_ENACTS = re.compile(r".*\b(ban hành|quyết định|hướng dẫn|quyết nghị|thống nhất|quy định)\b.*[.:]\s*$", re.IGNORECASE)
_HEAD = re.compile(r"(Số|SỐ|Luật số|V/v|Kính gửi|.{2,40}, ngày .{1,4} tháng)|.*(CỘNG HÒA|CỘNG HOÀ|Độc lập)")


def read_opening(blocks: Sequence[Block]) -> list[Element]:
    """Return the preface (agency, number, title) and the preamble (legal bases, enacting words) of a document."""
    first = next((place for place, block in enumerate(blocks) if _is_basis(block)), None)
    if first is None:
        first = next((place for place, block in enumerate(blocks) if _is_enacting(block)), len(blocks))
    elements = []
    if blocks[:first]:
        elements.append(Element(Kind.PREFACE, content=tuple(blocks[:first])))
    if blocks[first:]:
        elements.append(Element(Kind.PREAMBLE, children=tuple(_preamble(blocks[first:]))))
    return elements


def _is_basis(block):
    return isinstance(block, Paragraph) and bool(_BASIS.match(block.text))


def _is_enacting(block):
    return isinstance(block, Paragraph) and not is_capitals(block.text) and bool(_ENACTS.match(block.text))


def _preamble(blocks):
    formula = []
    for block in blocks:
        if not formula and _is_basis(block):
            yield Element(Kind.BASIS, content=(block,))
        else:
            formula.append(block)
    if formula:
        yield Element(Kind.FORMULA, content=tuple(formula))


def head_ends(blocks: Sequence[Block]) -> int:
    """Return where the head of a document without any numbered element ends: after agency, number, date and title."""
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not (is_capitals(block.text) or _HEAD.match(block.text)):
            is_title = block.is_centred and block.is_bold
            if not is_title:
                return place
    return len(blocks)


def read_closing(blocks: Sequence[Block]) -> Element:
    """Return the end of a document: what it was passed by, its recipients and its signature.

    Each begins once: what follows the second of the two belongs to it, so that no line moves before another.
    """
    passage, recipients, signature = [], [], []
    current = passage
    for block in blocks:
        text = block.text if isinstance(block, Paragraph) else ""
        if is_recipients(text) and not recipients:
            current = recipients
        elif not signature and (is_signature(text) or (current is recipients and text and is_capitals(text))):
            current = signature
        current.append(block)
    children = [
        Element(kind, content=tuple(found))
        for kind, found in ((Kind.RECIPIENTS, recipients), (Kind.SIGNATURE, signature))
        if found
    ]
    # The signature may stand above the recipients; what is printed first is read first.
    if recipients and signature and blocks.index(signature[0]) < blocks.index(recipients[0]):
        children.reverse()
    return Element(Kind.CONCLUSIONS, content=tuple(passage), children=tuple(children))
