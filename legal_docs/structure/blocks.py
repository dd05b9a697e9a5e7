"""What reading a file gives and what the structure is made of: paragraphs and tables in their order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: NFC text without line breaks; `number` is what Word numbered automatically, such as "a)"."""

    text: str
    is_bold: bool = False
    is_centred: bool = False
    number: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of a table; it spans so many columns and rows. Its paragraphs are divided by line breaks."""

    text: str
    columns: int = 1
    rows: int = 1
    is_header: bool = False


@dataclass(frozen=True)
class Table:
    """A table, row by row; a cell that spans rows stands in its first row only."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table
