"""Tables of a DOCX: which cells span what, and which table is none but a way to set things side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from core.text import normalise
from legal_docs.structure.blocks import Cell, Table

from .docx_package import value, w, whole_number
from .docx_styles import Styles

_WRAPPERS = {w(name) for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_OFF = {"0", "false", "off"}
_NO_LINE = {None, "nil", "none"}
_MOST_COLUMNS = 200


@dataclass(frozen=True)
class Row:
    """A row with its cells as elements, and how many columns of the grid stand empty before it."""

    cells: list[etree._Element]
    before: int
    is_header: bool


def rows_of(table: etree._Element) -> Iterator[Row]:
    """Yield the rows of a table that were not deleted."""
    for row in _below(table, "tr"):
        properties = row.find(w("trPr"))
        if properties is not None and properties.find(w("del")) is not None:
            continue
        header = None if properties is None else properties.find(w("tblHeader"))
        cells = list(_below(row, "tc"))
        if cells:
            before = whole_number(value(properties, "gridBefore"), 0, most=_MOST_COLUMNS)
            yield Row(cells, before, header is not None and header.get(w("val"), "1") not in _OFF)


def _below(element, name):
    for child in element:
        if child.tag == w(name):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _below(child, name)


@dataclass
class _Open:
    """A cell that may still grow downwards."""

    cell: Cell
    is_bold: bool
    rows: int = 1


@dataclass
class Grid:
    """Puts cells together row by row."""

    _rows: list[list[_Open]] = field(default_factory=list)
    _headers: list[bool] = field(default_factory=list)
    _growing: dict[int, _Open] = field(default_factory=dict)

    def add(self, row: Row, texts: list[tuple[str, bool]]) -> None:
        """Add a row with the text of each of its cells and whether it is bold."""
        found, column = [], row.before
        if row.before:
            found.append(_Open(Cell("", columns=row.before), False))
        for element, (text, is_bold) in zip(row.cells, texts, strict=True):
            span = whole_number(value(element, "tcPr/gridSpan"), 1, least=1, most=_MOST_COLUMNS)
            merge = element.find(f"{w('tcPr')}/{w('vMerge')}")
            goes_on = merge is not None and merge.get(w("val"), "continue") == "continue"
            if goes_on and column in self._growing:
                self._growing[column].rows += 1
            else:
                cell = _Open(Cell(normalise(text), columns=span), is_bold)
                found.append(cell)
                self._growing.pop(column, None)
                if merge is not None:
                    self._growing[column] = cell
            column += span
        self._rows.append(found)
        self._headers.append(row.is_header)

    def table(self, has_header: bool) -> Iterator[Table]:
        """Yield the table, unless it is empty; its first row is a header if it says so or if it alone is bold."""
        if not any(cell.cell.text for row in self._rows for cell in row):
            return
        headers = self._header_rows() if has_header else 0
        yield Table(
            tuple(
                tuple(replace(cell.cell, rows=cell.rows, is_header=place < headers) for cell in row)
                for place, row in enumerate(self._rows)
            )
        )

    def _header_rows(self):
        said = next((place for place, is_header in enumerate(self._headers) if not is_header), 0)
        if said or len(self._rows) < 2:
            return said
        first, *others = [all(cell.is_bold for cell in row if cell.cell.text) for row in self._rows]
        has_text = any(cell.cell.text for cell in self._rows[0])
        return int(has_text and first and not all(others))


def is_layout(table: etree._Element, styles: Styles) -> bool:
    """Tell whether a table has no lines: then it sets things side by side, as issuer and national motto."""
    if any(_has_lines(borders) for borders in table.iter(w("tblBorders"), w("tcBorders"))):
        return False
    return not any(_has_lines(borders) for borders in styles.borders(value(table, "tblPr/tblStyle")))


def _has_lines(borders):
    return any(border.get(w("val")) not in _NO_LINE for border in borders)
