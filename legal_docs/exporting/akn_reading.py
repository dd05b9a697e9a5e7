"""Reads Akoma Ntoso as akn.py writes it back into the tree: a dump of the registry must rebuild it."""

from xml.etree.ElementTree import Element as Xml
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from legal_docs.structure.blocks import Block, Cell, Paragraph, Table
from legal_docs.structure.tree import Content, Element, Kind, Quotation

from .akn import NAMES, NAMESPACE

_KINDS = {name: kind for kind, name in NAMES.items() if kind is not Kind.SUBPOINT}
_PREFIX = f"{{{NAMESPACE}}}"


class NotAkomaNtosoError(ValueError):
    """The XML is broken, dangerous, or holds no act of Akoma Ntoso 3.0."""


def from_akn(xml: bytes) -> Element:
    """Return the tree of an act; raise NotAkomaNtosoError where there is none to read."""
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise NotAkomaNtosoError(str(error)) from error
    act = root.find(f"{_PREFIX}act") if root.tag == f"{_PREFIX}akomaNtoso" else None
    if act is None:
        raise NotAkomaNtosoError("There is no act in it.")
    return Element(Kind.DOCUMENT, children=tuple(_document(act)))


def _name(xml: Xml) -> str:
    return xml.tag.removeprefix(_PREFIX)


def _document(xml):
    for part in xml:
        name = _name(part)
        if name == "preface":
            yield Element(Kind.PREFACE, part.get("eId", ""), content=_content(part))
        elif name == "preamble":
            yield Element(Kind.PREAMBLE, part.get("eId", ""), content=_content(part), children=tuple(_preamble(part)))
        elif name in ("body", "mainBody"):
            yield from _hierarchy(part)
        elif name == "conclusions":
            yield _conclusions(part)
        elif name == "attachments":
            yield from (_attachment(attachment) for attachment in part)


def _preamble(xml):
    for part in xml:
        if _name(part) == "citations":
            for citation in part:
                yield Element(Kind.BASIS, citation.get("eId", ""), content=_content(citation))
        elif _name(part) == "formula":
            yield Element(Kind.FORMULA, part.get("eId", ""), content=_content(part))


def _conclusions(xml):
    parts = [part for part in xml if _name(part) == "blockContainer"]
    children = [Element(Kind(part.get("class", "")), part.get("eId", ""), content=_content(part)) for part in parts]
    return Element(Kind.CONCLUSIONS, xml.get("eId", ""), content=_content(xml), children=tuple(children))


def _attachment(xml):
    document = xml.find(f"{_PREFIX}doc")
    if document is None:
        raise NotAkomaNtosoError("An attachment has no doc.")
    body = document.find(f"{_PREFIX}mainBody")
    content = () if body is None else _content(body)
    return Element(Kind.ATTACHMENT, xml.get("eId", ""), *_head(xml), content, tuple(_document(document)))


def _hierarchy(xml):
    for part in xml:
        name = _name(part)
        if name not in _KINDS or part.get("name") == "none":
            continue
        kind = Kind.SUBPOINT if part.get("class") == Kind.SUBPOINT else _KINDS[name]
        holder = part.find(f"{_PREFIX}content")
        holder = part.find(f"{_PREFIX}intro") if holder is None else holder
        content = () if holder is None else _content(holder)
        yield Element(kind, part.get("eId", ""), *_head(part), content, tuple(_hierarchy(part)))


def _head(xml) -> tuple[str, str, str]:
    """Return number, label and heading."""
    num, heading = xml.find(f"{_PREFIX}num"), xml.find(f"{_PREFIX}heading")
    number, label = ("", "") if num is None else (num.get("title", ""), "".join(num.itertext()))
    return number, label, "" if heading is None else "".join(heading.itertext())


def _content(xml) -> tuple[Content, ...]:
    return tuple(block for part in xml if (block := _content_block(part)) is not None)


def _content_block(xml):
    quoted = xml.find(f"{_PREFIX}mod/{_PREFIX}quotedStructure") if _name(xml) == "p" else None
    if quoted is not None:
        return Quotation(tuple(block for part in quoted if (block := _block(part)) is not None))
    return _block(xml)


def _block(xml) -> Block | None:
    if _name(xml) == "table":
        return Table(tuple(tuple(_cell(cell) for cell in row) for row in xml if _name(row) == "tr"))
    text = "".join(xml.itertext())
    if _name(xml) != "p" or not text:
        return None
    looks = xml.get("class", "").split()
    return Paragraph(text, is_bold="bold" in looks, is_centred="centred" in looks)


def _cell(xml):
    lines = ["".join(paragraph.itertext()) for paragraph in xml]
    spans = int(xml.get("colspan", "1")), int(xml.get("rowspan", "1"))
    return Cell("\n".join(lines), *spans, is_header=_name(xml) == "th")
