"""Pasted text and web pages to blocks."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from core.text import normalise
from legal_docs.structure.blocks import Block, Cell, Paragraph, Table

from .old_fonts import repaired
from .outcome import Remark, remark
from .signs import is_rule, raised

_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff]")
_HTML = re.compile(r"\s*<(!doctype|html|p|div|table|body|meta|span|h[1-6])\b", re.IGNORECASE)
_TITLES = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS = frozenset(("p", "div", "li", "dt", "dd", "blockquote", "pre", "section", "article", "center"))
_PARAGRAPHS = _TITLES | _BLOCKS
_LEFT_OUT = frozenset(("script", "style", "head", "title", "noscript", "template", "svg", "select", "button", "nav"))
_BOLD = _TITLES | {"b", "strong", "th"}
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_LONGEST_RUN_OF_ROWS = 2


def blocks_of_pasted(text: str) -> tuple[tuple[Block, ...], tuple[Remark, ...]]:
    """Return the blocks of a pasted text, and remarks; HTML is known by its first tag.

    Rows that were copied out of a table keep it: their cells are parted by tabs.
    """
    text, encoding = repaired(normalise(text))
    remarks = (remark("old_fonts", encodings=encoding),) if encoding else ()
    if _HTML.match(text):
        return blocks_of_html(text), remarks
    return tuple(_blocks(_BREAKS.split(text))), remarks


def _blocks(lines):
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        cells = _CONTROLS.sub("", line).split("\t")
        if len(cells) > 1 and cells[0].strip() and (not rows or len(rows[0]) == len(cells)):
            rows.append(cells)
            continue
        yield from _table_or_lines(rows)
        rows = []
        yield from _paragraph(line)


def _table_or_lines(rows):
    """Several rows of as many cells are a table; a lone one is a line with tabs in it."""
    if len(rows) >= _LONGEST_RUN_OF_ROWS:
        yield Table(tuple(tuple(Cell(" ".join(cell.split())) for cell in row) for row in rows))
    else:
        for row in rows:
            yield from _paragraph(" ".join(row))


def _paragraph(line):
    text = " ".join(_CONTROLS.sub("", line).split())
    if text and not is_rule(text):
        yield Paragraph(text)


def blocks_of_html(text: str) -> tuple[Block, ...]:
    """Return the paragraphs and tables of a web page or of what a browser puts into the clipboard."""
    reader = _HtmlReader()
    reader.feed(text)
    reader.close()
    reader.end_paragraph()
    while reader.tables:
        reader.end_table()
    return tuple(reader.blocks)


@dataclass
class _OpenTable:
    rows: list[list[Cell]] = field(default_factory=list)
    lines: list[str] | None = None
    columns: int = 1
    spans: int = 1
    is_header: bool = False


class _HtmlReader(HTMLParser):
    """Collects text; what it cannot place is text all the same."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.tables: list[_OpenTable] = []
        self._text: list[str] = []
        self._bold_letters = self._letters = 0
        self._bold = self._hidden = self._raised = 0
        self._is_centred = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in _LEFT_OUT:
            self._hidden += 1
        if tag in _PARAGRAPHS or tag in ("br", "hr"):
            self.end_paragraph()
        if tag in _PARAGRAPHS:
            self._is_centred = tag == "center" or given.get("align") == "center"
            self._is_centred |= bool(_CENTRED.search(given.get("style") or ""))
        if tag in _BOLD:
            self._bold += 1
        self._raised += tag == "sup"
        if tag == "table":
            self.end_paragraph()
            self.tables.append(_OpenTable())
        elif self.tables and tag in ("tr", "td", "th"):
            self._begin_cell(tag, given)

    def _begin_cell(self, tag, given):
        self._end_cell()
        table = self.tables[-1]
        if tag == "tr" or not table.rows:
            table.rows.append([])
        if tag != "tr":
            table.lines, table.is_header = [], tag == "th"
            table.columns, table.spans = _span(given.get("colspan")), _span(given.get("rowspan"))

    def handle_endtag(self, tag):
        if tag in _LEFT_OUT:
            self._hidden = max(0, self._hidden - 1)
        if tag in _PARAGRAPHS:
            self.end_paragraph()
        if tag in _BOLD:
            self._bold = max(0, self._bold - 1)
        if tag == "sup":
            self._raised = max(0, self._raised - 1)
        if self.tables and tag in ("td", "th", "tr"):
            self._end_cell()
        if self.tables and tag == "table":
            self.end_table()

    def handle_data(self, data):
        if self._hidden:
            return
        text = (raised(data) or data) if self._raised else data
        letters = sum(map(str.isalnum, text))
        self._letters += letters
        self._bold_letters += letters if self._bold else 0
        self._text.append(text)

    def end_paragraph(self):
        """Close the paragraph that is open; inside a cell it is a line."""
        text = normalise(" ".join(_CONTROLS.sub("", "".join(self._text)).split()))
        is_bold = bool(self._letters) and self._bold_letters >= 0.9 * self._letters
        self._text, self._letters, self._bold_letters = [], 0, 0
        if not text or is_rule(text):
            return
        if self.tables and self.tables[-1].lines is not None:
            self.tables[-1].lines.append(text)
        else:
            self.blocks.append(Paragraph(text, is_bold, self._is_centred))

    def _end_cell(self):
        self.end_paragraph()
        table = self.tables[-1]
        if table.lines is not None:
            table.rows[-1].append(Cell("\n".join(table.lines), table.columns, table.spans, table.is_header))
            table.lines = None

    def end_table(self):
        """Close the innermost table: one inside a cell becomes lines of it, one of a single column paragraphs."""
        self._end_cell()
        rows = [tuple(row) for row in self.tables.pop().rows if any(cell.text for cell in row)]
        outer = self.tables[-1].lines if self.tables else None
        if outer is not None:
            outer += [" | ".join(cell.text for cell in row if cell.text) for row in rows]
        elif all(len(row) == 1 for row in rows):
            self.blocks += [Paragraph(line) for row in rows for line in row[0].text.split("\n")]
        elif rows:
            self.blocks.append(Table(tuple(rows)))


def _span(text):
    return min(max(int(text), 1), 200) if (text or "").isascii() and (text or "").isdigit() else 1
