"""A document as plain text: one paragraph a line, as it is printed."""

from collections.abc import Iterator

from .blocks import Paragraph
from .tree import GROUPS, Element, Kind, flat


def plain_text(element: Element) -> str:
    """Return the text of an element and all below it; read again, it gives the same structure."""
    return "\n".join(line for line in lines(element)) + "\n"


def lines(element: Element) -> Iterator[str]:
    """Yield the lines of an element and all below it."""
    yield from own_lines(element)
    for child in element.children:
        yield from lines(child)


def own_lines(element: Element) -> Iterator[str]:
    """Yield the lines of an element itself; its label stands before its heading or its first paragraph.

    A cell of a table is divided from the next by a tab, as spreadsheets paste it.
    """
    label = element.label
    if element.heading:
        # Titles of chapters and appendices stand below their number, as Decree 30/2020/NĐ-CP prints them.
        is_below = label and element.kind in (*GROUPS, Kind.ATTACHMENT)
        yield from (label, element.heading) if is_below else (f"{label} {element.heading}".strip(),)
        label = ""
    for block in flat(element.content):
        if isinstance(block, Paragraph):
            yield f"{label} {block.text}".strip()
            label = ""
            continue
        if label:
            yield label
            label = ""
        for row in block.rows:
            yield "\t".join(" ".join(cell.text.split()) for cell in row)
    if label:
        yield label
