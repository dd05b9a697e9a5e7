"""Tables of foreign HTML: real ones become table blocks, those that only arrange things are taken apart."""

from django.utils.translation import gettext as _

from core.importing.refusals import RowError

from .html_tree import Node

MAX_COLUMNS = 60
MAX_CELLS = 20_000


def is_layout(table: Node) -> bool:
    """Say whether a table only arranges things: one column, a table inside, or a picture with its caption."""
    rows = _rows(table)
    width = max((len(row) for row in rows), default=0)
    if width <= 1 or table.find_all("table"):
        return True
    return len(rows) <= 2 and bool(table.find_all("img"))


def table_value(table: Node) -> dict | None:
    """Return the value of a table block; None for a table without text."""
    rows = _rows(table)
    grid, merges = _lay_out(rows)
    if not any(text for line in grid for text in line):
        return None
    has_header = bool(rows) and (all(cell.tag == "th" for cell in rows[0]) or bool(table.find_all("thead")))
    captions = table.find_all("caption")
    value = {
        "data": grid,
        "first_row_is_table_header": has_header,
        "first_col_is_header": False,
        "table_header_choice": "row" if has_header else "neither",
        "table_caption": captions[0].text().replace("\n", " ") if captions else "",
    }
    if merges:
        value["mergeCells"] = merges
        value["cell"] = [{"row": row, "col": column, "hidden": True} for row, column in _covered(merges)]
    return value


def _rows(table):
    rows = [[cell for cell in row.children if isinstance(cell, Node)] for row in _own(table, "tr")]
    return [row for row in rows if row]


def _own(node, tag):
    """The elements of a table that belong to no table inside it."""
    found = []
    for child in node.children:
        if isinstance(child, Node) and child.tag != "table":
            found.extend([child] if child.tag == tag else _own(child, tag))
    return found


def _lay_out(rows):
    """Place each cell on the grid where its row and the spans above leave room."""
    placed: dict[tuple[int, int], str] = {}
    merges = []
    for row_number, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row_number, column) in placed:
                column += 1
            height = min(_span(cell, "rowspan"), len(rows) - row_number)
            width = _span(cell, "colspan")
            _occupy(placed, row_number, column, height, width)
            placed[row_number, column] = cell.text()
            if (height, width) != (1, 1):
                merges.append({"row": row_number, "col": column, "rowspan": height, "colspan": width})
            column += width
    width = max((column for _row, column in placed), default=-1) + 1
    if width > MAX_COLUMNS or width * len(rows) > MAX_CELLS:
        raise RowError(
            _("a table has more than %(columns)d columns or %(cells)d cells")
            % {"columns": MAX_COLUMNS, "cells": MAX_CELLS}
        )
    return [[placed.get((row, column), "") for column in range(width)] for row in range(len(rows))], merges


def _occupy(placed, row_number, column, height, width):
    if len(placed) + height * width > MAX_CELLS:
        raise RowError(
            _("a table has more than %(columns)d columns or %(cells)d cells")
            % {"columns": MAX_COLUMNS, "cells": MAX_CELLS}
        )
    for row in range(row_number, row_number + height):
        for covered in range(column, column + width):
            placed.setdefault((row, covered), "")


def _span(cell, name):
    text = cell.attributes.get(name, "")
    return max(1, min(int(text), 1_000)) if text.isascii() and text.isdecimal() and len(text) < 5 else 1


def _covered(merges):
    for merge in merges:
        for row in range(merge["row"], merge["row"] + merge["rowspan"]):
            for column in range(merge["col"], merge["col"] + merge["colspan"]):
                if (row, column) != (merge["row"], merge["col"]):
                    yield row, column
