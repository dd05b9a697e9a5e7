"""The structure of a legal document: an immutable tree that goes to JSON and back, and its walks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from .blocks import Block, Cell, Paragraph, Table


class Kind(StrEnum):
    """What an element is; the order from PART to SUBPOINT is the order in which they contain each other."""

    DOCUMENT = "document"
    PREFACE = "preface"
    PREAMBLE = "preamble"
    BASIS = "basis"
    FORMULA = "formula"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    DIVISION = "division"
    CLAUSE = "clause"
    SUBCLAUSE = "subclause"
    POINT = "point"
    SUBPOINT = "subpoint"
    TEXT = "text"
    CONCLUSIONS = "conclusions"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    ATTACHMENT = "attachment"


GROUPS = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
ITEMS = (Kind.DIVISION, Kind.CLAUSE, Kind.SUBCLAUSE, Kind.POINT, Kind.SUBPOINT)
RANKS = {kind: rank for rank, kind in enumerate((*GROUPS, Kind.ARTICLE, *ITEMS))}


@dataclass(frozen=True)
class Quotation:
    """What an amending text puts in quotation marks: articles and clauses of another document, without own ids."""

    blocks: tuple[Block, ...]


Content = Paragraph | Table | Quotation


@dataclass(frozen=True)
class Element:
    """One element with its own text and, after that, its children.

    `number` is what citations compare ("12a", "2" for Chương II, "đ"), `label` what is printed ("Điều 12a.").
    """

    kind: Kind
    eid: str = ""
    number: str = ""
    label: str = ""
    heading: str = ""
    content: tuple[Content, ...] = ()
    children: tuple["Element", ...] = ()

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def articles(self) -> Iterator["Element"]:
        """Yield the articles below this element in reading order, those of attachments included."""
        return (element for element in self.walk() if element.kind is Kind.ARTICLE)

    def find(self, eid: str) -> "Element | None":
        """Return the element with this id, or None."""
        return next((element for element in self.walk() if element.eid == eid), None)

    def with_children(self, children) -> "Element":
        """Return a copy with other children."""
        return replace(self, children=tuple(children))


def paths(element: Element, above: tuple[Element, ...] = ()) -> Iterator[tuple[Element, ...]]:
    """Yield for every element the way from the root down to it."""
    way = (*above, element)
    yield way
    for child in element.children:
        yield from paths(child, way)


def texts(element: Element) -> Iterator[tuple[int, str]]:
    """Yield (place, text) of what an element says itself: 0 is its heading, then its paragraphs and cells.

    These places are how a citation says where it stands; the reader's HTML links by them.
    """
    place = 0
    if element.heading:
        yield 0, element.heading
    for block in flat(element.content):
        for text in [block.text] if isinstance(block, Paragraph) else [cell.text for row in block.rows for cell in row]:
            place += 1
            yield place, text


def all_texts(tree: Element) -> Iterator[tuple[str, int, str]]:
    """Yield (element id, place, text) of every text of a document, for whoever looks for citations."""
    for element in tree.walk():
        for place, text in texts(element):
            yield element.eid, place, text


def flat(content: tuple[Content, ...]) -> Iterator[Block]:
    """Yield paragraphs and tables, quoted ones included."""
    for block in content:
        if isinstance(block, Quotation):
            yield from block.blocks
        else:
            yield block


def to_json(element: Element) -> dict:
    """Return plain lists and dictionaries; what is empty is left out, since most of an element is."""
    data = {"kind": str(element.kind)}
    data |= {name: getattr(element, name) for name in ("eid", "number", "label", "heading") if getattr(element, name)}
    if element.content:
        data["content"] = [block_to_json(block) for block in element.content]
    if element.children:
        data["children"] = [to_json(child) for child in element.children]
    return data


def from_json(data: dict) -> Element:
    """Return the element that to_json wrote; raise KeyError or ValueError on anything else."""
    return Element(
        kind=Kind(data["kind"]),
        **{name: data.get(name, "") for name in ("eid", "number", "label", "heading")},
        content=tuple(block_from_json(block) for block in data.get("content", ())),
        children=tuple(from_json(child) for child in data.get("children", ())),
    )


def block_to_json(block: Content) -> dict:
    """Return a paragraph, a table or a quotation as plain lists and dictionaries."""
    if isinstance(block, Quotation):
        return {"quotation": [block_to_json(inner) for inner in block.blocks]}
    if isinstance(block, Table):
        return {"table": [[_given(cell, columns=1, rows=1, is_header=False) for cell in row] for row in block.rows]}
    return _given(block, is_bold=False, is_centred=False, number="")


def _given(block, **defaults):
    values = {name: getattr(block, name) for name, default in defaults.items() if getattr(block, name) != default}
    return {"text": block.text, **values}


def block_from_json(data: dict) -> Content:
    """Return the block that block_to_json wrote; raise KeyError or TypeError on anything else."""
    if "quotation" in data:
        return Quotation(tuple(block_from_json(inner) for inner in data["quotation"]))
    if "table" in data:
        return Table(tuple(tuple(Cell(**cell) for cell in row) for row in data["table"]))
    return Paragraph(**data)
