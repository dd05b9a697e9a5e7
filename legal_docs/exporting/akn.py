"""Akoma Ntoso 3.0 (OASIS Standard of 29 August 2018, namespace .../akn/3.0): a document as XML.

What each element becomes, and why, is in docs/decisions/0016-akoma-ntoso.md. Akoma Ntoso has no word for khoản and
điểm as Vietnamese law has them; paragraph and point are the nearest, and `class` tells what the schema has no word for.
"""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from legal_docs.structure.blocks import Paragraph, Table
from legal_docs.structure.ids import table_id
from legal_docs.structure.tree import Element, Kind, Quotation

from .akn_meta import clean, meta
from .facts import DocumentFacts

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NAMES = {
    Kind.PART: "part",
    Kind.CHAPTER: "chapter",
    Kind.SECTION: "section",
    Kind.SUBSECTION: "subsection",
    Kind.ARTICLE: "article",
    Kind.DIVISION: "division",
    Kind.CLAUSE: "paragraph",
    Kind.SUBCLAUSE: "subparagraph",
    Kind.POINT: "point",
    Kind.SUBPOINT: "point",
    Kind.TEXT: "hcontainer",
}


def to_akn(tree: Element, facts: DocumentFacts) -> bytes:
    """Return the XML of a document in UTF-8."""
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    act = ET.SubElement(root, "act", {"name": "act", "contains": "singleVersion"})
    act.append(meta(facts, "!main"))
    _Writer(facts).write_document(tree, act)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _add(parent, name, attributes: Mapping[str, str] | None = None, text: str = ""):
    element = ET.SubElement(parent, name, {k: clean(v) for k, v in (attributes or {}).items() if v})
    if text:
        element.text = clean(text)
    return element


class _Writer:
    """Writes the elements of one document; it counts what needs ids of their own."""

    def __init__(self, facts: DocumentFacts):
        self.facts = facts

    def write_document(self, tree: Element, parent) -> None:
        """Write preface, preamble, body, conclusions and attachments in the order that the schema wants."""
        self._write_opening(tree.children, parent)
        body = _add(parent, "body")
        inner = [child for child in tree.children if child.kind in NAMES]
        self._write_children(inner, body)
        if not inner:
            # The schema wants a body with something in it.
            _add(_add(body, "hcontainer", {"name": "none"}), "content").append(ET.Element("p"))
        self._write_closing(tree.children, parent)
        attached = [child for child in tree.children if child.kind is Kind.ATTACHMENT]
        if attached:
            attachments = _add(parent, "attachments")
            for child in attached:
                self._write_attachment(child, attachments)

    def _write_attachment(self, element, parent):
        attachment = _add(parent, "attachment", {"eId": element.eid})
        self._write_head(element, attachment)
        document = _add(attachment, "doc", {"name": "attachment"})
        document.append(meta(self.facts, f"!{element.eid}"))
        self._write_opening(element.children, document)
        body = _add(document, "mainBody")
        self._write_blocks(element, body)
        inner = [child for child in element.children if child.kind in NAMES]
        self._write_children(inner, body)
        if not inner and not element.content:
            _add(body, "p")
        self._write_closing(element.children, document)

    def _write_opening(self, children, parent):
        for child in children:
            if child.kind is Kind.PREFACE:
                self._write_blocks(child, _add(parent, "preface", {"eId": child.eid}))
            elif child.kind is Kind.PREAMBLE:
                self._write_preamble(child, _add(parent, "preamble", {"eId": child.eid}))

    def _write_preamble(self, element, parent):
        self._write_blocks(element, parent)
        bases = [child for child in element.children if child.kind is Kind.BASIS]
        if bases:
            citations = _add(parent, "citations", {"eId": f"{element.eid}__cits"})
            for child in bases:
                self._write_blocks(child, _add(citations, "citation", {"eId": child.eid}))
        for child in element.children:
            if child.kind is Kind.FORMULA:
                attributes = {"eId": child.eid, "name": "enactingFormula"}
                self._write_blocks(child, _add(parent, "formula", attributes))

    def _write_closing(self, children, parent):
        for child in children:
            if child.kind is not Kind.CONCLUSIONS:
                continue
            conclusions = _add(parent, "conclusions", {"eId": child.eid})
            self._write_blocks(child, conclusions)
            for part in child.children:
                container = _add(conclusions, "blockContainer", {"eId": part.eid, "class": str(part.kind)})
                self._write_blocks(part, container)

    def _write_children(self, children, parent):
        for child in children:
            attributes = {"eId": child.eid}
            if child.kind is Kind.SUBPOINT:
                attributes["class"] = str(child.kind)
            if child.kind is Kind.TEXT:
                attributes["name"] = str(child.kind)
            element = _add(parent, NAMES[child.kind], attributes)
            self._write_head(child, element)
            if child.children:
                if child.content:
                    self._write_blocks(child, _add(element, "intro", {"eId": f"{child.eid}__intro"}))
                self._write_children(child.children, element)
            else:
                content = _add(element, "content", {"eId": f"{child.eid}__content"})
                self._write_blocks(child, content)
                if not child.content:
                    _add(content, "p")

    def _write_head(self, element, parent):
        # `title` keeps the number that citations compare, which the printed label may say in words.
        if element.label or element.number:
            _add(parent, "num", {"title": element.number}, element.label)
        if element.heading:
            _add(parent, "heading", text=element.heading)

    def _write_blocks(self, element, parent):
        tables = quotations = 0
        for block in element.content:
            if isinstance(block, Quotation):
                quotations += 1
                self._write_quotation(block, parent, f"{element.eid}__mod_{quotations}")
            elif isinstance(block, Table):
                tables += 1
                self._write_table(block, parent, table_id(element.eid, tables))
            else:
                self._write_paragraph(block, parent)

    def _write_paragraph(self, block: Paragraph, parent):
        looks = [name for name, has in (("bold", block.is_bold), ("centred", block.is_centred)) if has]
        _add(parent, "p", {"class": " ".join(looks)}, f"{block.number} {block.text}".strip())

    def _write_quotation(self, quotation, parent, eid):
        mod = _add(_add(parent, "p", {"class": "quotation"}), "mod", {"eId": eid})
        quoted = _add(mod, "quotedStructure", {"eId": f"{eid}__qstr_1"})
        for number, block in enumerate(quotation.blocks, 1):
            if isinstance(block, Table):
                self._write_table(block, quoted, f"{eid}__qstr_1__table_{number}")
            else:
                self._write_paragraph(block, quoted)

    def _write_table(self, table, parent, eid):
        element = _add(parent, "table", {"eId": eid})
        for row in table.rows:
            self._write_row(row, _add(element, "tr"))

    def _write_row(self, row: Sequence, parent):
        for cell in row:
            spans = {"colspan": cell.columns, "rowspan": cell.rows}
            attributes = {name: str(value) for name, value in spans.items() if value > 1}
            element = _add(parent, "th" if cell.is_header else "td", attributes)
            for line in cell.text.split("\n"):
                _add(element, "p", text=line)
