"""Tables with ruled lines on a page of a PDF: their cells with what they span."""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from legal_docs.structure.blocks import Cell, Table

from .pdf_glyphs import Glyph, Turn, main_direction
from .pdf_lines import Decode, lines_of
from .pdf_paragraphs import Margins, paragraphs_of

Box = tuple[float, float, float, float]
# A filled rectangle so thin is a line; points.
_THIN = 2.5
_SHORTEST = 4.0
_TOLERANCE = 3.0
# More than this is a drawing, on which looking for cells takes minutes.
_MOST_EDGES = 4_000


@dataclass(frozen=True)
class RuledTable:
    """A table with its box on the page and the places of its columns, by which its next part is known."""

    box: Box
    columns: tuple[float, ...]
    table: Table


def edges_of(shapes: Iterable[dict], turn: Turn) -> list[dict]:
    """Return the horizontal and vertical lines among the shapes of a page; coloured areas behind text have none."""
    edges = []
    for shape in shapes:
        x0, top, x1, bottom = turn.box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])
        width, height = x1 - x0, bottom - top
        if height <= _THIN and width >= _SHORTEST:
            edges.append(_edge("h", x0, (top + bottom) / 2, x1, (top + bottom) / 2))
        elif width <= _THIN and height >= _SHORTEST:
            edges.append(_edge("v", (x0 + x1) / 2, top, (x0 + x1) / 2, bottom))
        elif shape.get("stroke") and shape.get("object_type") == "rect":
            edges += [_edge("h", x0, y, x1, y) for y in (top, bottom)]
            edges += [_edge("v", x, top, x, bottom) for x in (x0, x1)]
    return edges


def _edge(orientation, x0, top, x1, bottom):
    sizes = {"width": x1 - x0, "height": bottom - top}
    return {"orientation": orientation, "x0": x0, "top": top, "x1": x1, "bottom": bottom, **sizes}


def boxes_of_tables(edges: list[dict]) -> list[list[Box]]:
    """Return the cells of each table of at least two columns."""
    if not edges or len(edges) > _MOST_EDGES:
        return []
    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    cells = intersections_to_cells(edges_to_intersections(merged, _TOLERANCE, _TOLERANCE))
    return [table for table in cells_to_tables(cells) if len({round(cell[0]) for cell in table}) > 1]


def bounds(cells: list[Box]) -> Box:
    """Return the box around cells."""
    return min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)


def read_table(cells: list[Box], glyphs: list[Glyph], decode: Decode) -> RuledTable | None:
    """Return a table with its text; None where at most one cell has any."""
    columns, rows = _stops(cells, 0, 2), _stops(cells, 1, 3)
    placed: dict[int, list[tuple[float, Cell, bool]]] = {}
    inside = _by_cell(cells, glyphs)
    for box in sorted(cells, key=lambda box: (box[1], box[0])):
        text, is_bold = _text(box, inside[box], decode)
        cell = Cell(text, columns=_span(columns, box[0], box[2]), rows=_span(rows, box[1], box[3]))
        placed.setdefault(bisect(rows, box[1] + 0.5), []).append((box[0], cell, is_bold))
    if sum(bool(cell.text) for row in placed.values() for _x, cell, _is_bold in row) < 2:
        return None
    ordered = [sorted(row, key=lambda entry: entry[0]) for _place, row in sorted(placed.items())]
    table = Table(tuple(tuple(cell for _x, cell, _is_bold in row) for row in ordered))
    return RuledTable(bounds(cells), tuple(columns), _with_header(table, ordered))


def _stops(cells, low, high):
    """Return the lines of the grid on which cells begin and end."""
    return sorted({round(cell[side], 1) for cell in cells for side in (low, high)})


def _span(stops, begin, end):
    return max(1, bisect(stops, end - 0.5) - bisect(stops, begin + 0.5) + 1)


def _by_cell(cells, glyphs):
    inside = {box: [] for box in cells}
    for glyph in glyphs:
        x, y = glyph.middle
        box = next((box for box in cells if box[0] <= x < box[2] and box[1] <= y < box[3]), None)
        if box is not None:
            inside[box].append(glyph)
    return inside


def _text(box, glyphs, decode):
    """Return the text of a cell, its paragraphs parted by line breaks, and whether all of it is bold."""
    if not glyphs:
        return "", False
    x0, top, x1, bottom = box
    turn = Turn(main_direction(glyphs), x1 - x0, bottom - top)
    # Headings of narrow columns stand on their side: the cell is turned as a page would be.
    if turn.direction in (1, -1):
        moved = [_moved(glyph, x0, top, turn.direction) for glyph in glyphs]
        glyphs, x0, x1 = [turn.glyph(glyph) for glyph in moved], 0.0, turn.turned_width
    lines = lines_of(glyphs, decode)
    if not lines:
        return "", False
    margins = Margins(min(line.x0 for line in lines), x1 - 2)
    paragraphs = paragraphs_of(lines, margins)
    return "\n".join(paragraph.text for paragraph in paragraphs), all(line.is_bold for line in lines)


def _moved(glyph, x0, top, direction):
    baseline = glyph.baseline - (x0 if direction in (1, -1) else top)
    return replace(
        glyph,
        x0=glyph.x0 - x0,
        x1=glyph.x1 - x0,
        top=glyph.top - top,
        bottom=glyph.bottom - top,
        baseline=baseline,
    )


def _with_header(table, ordered):
    """Mark the first rows as a header: those that are bold, as far as their cells reach down."""
    is_bold = [all(bold for _x, cell, bold in row if cell.text) for row in ordered]
    has_text = any(cell.text for _x, cell, _bold in ordered[0])
    if not (has_text and is_bold[0]) or all(is_bold):
        return table
    depth = max(cell.rows for _x, cell, _bold in ordered[0])
    rows = [
        tuple(replace(cell, is_header=True) for cell in row) if place < depth else row
        for place, row in enumerate(table.rows)
    ]
    return Table(tuple(rows))


def joined(first: RuledTable, second: RuledTable) -> RuledTable | None:
    """Return one table where the second is the first's continuation on the next page; a repeated header goes."""
    if len(first.columns) != len(second.columns):
        return None
    shift = first.columns[0] - second.columns[0]
    if any(abs(a - b - shift) > _TOLERANCE for a, b in zip(first.columns, second.columns, strict=True)):
        return None
    rows = second.table.rows
    headers = [row for row in first.table.rows if row and all(cell.is_header for cell in row)]
    texts = [[cell.text for cell in row] for row in headers]
    if headers and [[cell.text for cell in row] for row in rows[: len(headers)]] == texts:
        rows = rows[len(headers) :]
    rows = tuple(tuple(replace(cell, is_header=False) for cell in row) for row in rows)
    return RuledTable(second.box, second.columns, Table(first.table.rows + rows))
