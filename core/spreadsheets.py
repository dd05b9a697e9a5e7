"""Tables to take away: CSV line by line, XLSX row by row, and no foreign word in them becomes a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import IllegalCharacterError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a table line by line; Excel knows by the first character that it is UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([str(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([disarmed(value) for value in row])


def disarmed(value: object) -> str:
    """Return a value as the text of a cell that no program takes for a formula when the table is opened."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "\n")) else text


class DisarmedExport:
    """Mixin, before Wagtail's own, of a list of the admin that can be taken away: foreign words stay words in it."""

    def write_csv_row(self, writer, row_dict):
        cells = {name: disarmed(value) if isinstance(value, str) else value for name, value in row_dict.items()}
        return super().write_csv_row(writer, cells)


def armed(text: str) -> str:
    """Return what `disarmed` was given, for tables that come back; other text is returned as it is."""
    return text[1:] if text.startswith("'") and disarmed(text[1:]) == text else text


def workbook_file(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> BinaryIO:
    """Return a temporary file that holds an XLSX workbook of one sheet; it is gone when it is closed."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title=title)
    sheet.append([str(heading) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 - handed over: the answer closes it when it is sent
    workbook.save(file)
    file.seek(0)
    return file


def _cell(sheet, value):
    try:
        cell = WriteOnlyCell(sheet, value)
    except IllegalCharacterError:
        cell = WriteOnlyCell(sheet, "".join(letter for letter in value if letter.isprintable()))
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell
