"""A DOCX to blocks: paragraphs with their automatic numbers, tables, text boxes, footnotes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from core.text import normalise
from legal_docs.structure.blocks import Block, Paragraph, Table

from .docx_numbering import Numbering
from .docx_package import Package, value, w
from .docx_runs import Found, Piece, RunReader, chosen
from .docx_styles import Styles, look_of
from .docx_tables import Grid, is_layout, rows_of
from .limits import Limits
from .old_fonts import FontDecoder
from .outcome import Draft, Remark, UnreadableFile, remark
from .signs import is_rule
from .sniffing import MEDIA_TYPES, FileKind

_CONTAINERS = {w(name) for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_CENTRED = {"center", "both-center"}
# A little that is not bold, such as the mark of a footnote, does not make a heading plain.
_BOLD_SHARE = 0.9
_NOTE_PARTS = {"footnote": "footnotes.xml", "endnote": "endnotes.xml"}


def read_docx(path: Path, limits: Limits) -> Draft:
    """Return the text of a DOCX; raises UnreadableFile."""
    package = Package(path, limits)
    root = package.xml(package.main_part)
    body = None if root is None else root.find(w("body"))
    if body is None:
        raise UnreadableFile("broken")
    reader = _Reader(package, body)
    blocks = tuple(reader.blocks(body)) + tuple(reader.notes())
    if not blocks:
        raise UnreadableFile("no_text")
    return Draft(blocks, "docx", MEDIA_TYPES[FileKind.DOCX], remarks=tuple(reader.remarks()))


@dataclass(frozen=True)
class _Line:
    text: str
    is_bold: bool


class _Reader:
    def __init__(self, package, body):
        self._package = package
        self._styles = Styles(package.beside_main("styles.xml"))
        self._numbering = Numbering(package.beside_main("numbering.xml"), self._styles)
        self._fonts = FontDecoder()
        self._found = Found()
        self._runs = RunReader(self._styles, self._fonts, self._found)
        self._carried: list[Piece] = []
        self._learn_fonts(body)

    def _learn_fonts(self, body):
        for paragraph in body.iter(w("p")):
            style = value(paragraph, "pPr/pStyle")
            for run in paragraph.iter(w("r")):
                properties = run.find(w("rPr"))
                look = look_of(properties).over(self._styles.look(style, value(properties, "rStyle")))
                self._fonts.learn(look.font or "", "".join(text.text or "" for text in run.iter(w("t"))))

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Yield the blocks of the body, of a cell or of a text box in their order."""
        for element in container:
            if element.tag == w("p"):
                yield from self._paragraph(element)
            elif element.tag == w("tbl"):
                yield from self._table(element)
            elif element.tag in _CONTAINERS and not _is_contents(element):
                yield from self.blocks(element)
            elif element.tag.endswith("}AlternateContent"):
                yield from self.blocks(chosen(element))

    def _paragraph(self, element):
        properties = element.find(w("pPr"))
        style = value(properties, "pStyle")
        pieces = self._carried + self._runs.pieces(element)
        boxes, self._found.boxes = self._found.boxes, []
        self._carried = []
        if _mark_is_deleted(properties):
            self._carried = pieces
        elif not _is_line_of_contents(style):
            number = self._number(properties, style, pieces)
            yield from _paragraphs(_lines(pieces), number, self._is_centred(properties, style))
        for box in boxes:
            yield from self.blocks(box)

    def _number(self, properties, style, pieces):
        # Word numbers empty paragraphs too, and shows it; one whose text was all deleted is gone.
        if not any(piece.text.strip() for piece in pieces) and properties is None:
            return ""
        return self._numbering.number(properties, style)

    def _is_centred(self, properties, style):
        return (value(properties, "jc") or self._styles.alignment(style)) in _CENTRED

    def _table(self, element):
        rows = list(rows_of(element))
        if all(len(row.cells) == 1 for row in rows):
            for row in rows:
                yield from self.blocks(row.cells[0])
            return
        grid = Grid()
        for row in rows:
            texts = [self._cell(cell) for cell in row.cells]
            grid.add(row, texts)
        yield from grid.table(has_header=not is_layout(element, self._styles))

    def _cell(self, cell):
        """Return the lines of a cell; a table inside it gives one line for each of its rows."""
        lines, bold = [], []
        for block in self.blocks(cell):
            if isinstance(block, Table):
                rows = [[text for part in row if (text := " ".join(part.text.split()))] for row in block.rows]
                lines += [" | ".join(row) for row in rows if row]
            else:
                lines.append(f"{block.number} {block.text}".strip())
                bold.append(block.is_bold)
        return "\n".join(lines), bool(bold) and all(bold)

    def notes(self) -> Iterator[Paragraph]:
        """Yield the footnotes and endnotes with the numbers that the text has for them."""
        roots = {}
        for number, (kind, identifier) in enumerate(list(self._found.notes), 1):
            if kind not in roots:
                root = self._package.beside_main(_NOTE_PARTS[kind])
                roots[kind] = {} if root is None else {note.get(w("id")): note for note in root}
            note = roots[kind].get(identifier)
            texts = [] if note is None else [block.text for block in self.blocks(note) if isinstance(block, Paragraph)]
            yield Paragraph(f"[{number}] {' '.join(texts)}".strip())

    def remarks(self) -> Iterator[Remark]:
        """Yield what the editor should know."""
        counts = self._found.counts
        if counts["tracked_changes"]:
            yield remark("tracked_changes")
        if counts["comments"]:
            yield remark("comments")
        for about in ("pictures", "formulas"):
            if counts[about]:
                yield remark(about, count=counts[about])
        if self._found.notes:
            yield remark("footnotes", count=len(self._found.notes))
        yield from font_remarks(self._fonts)


def font_remarks(fonts: FontDecoder) -> Iterator[Remark]:
    """Yield what is to be said of old fonts."""
    if fonts.used:
        yield remark("old_fonts", encodings=", ".join(sorted(fonts.used)))
    if fonts.doubtful:
        yield remark("old_fonts_left", fonts=", ".join(sorted(fonts.doubtful)))


def _lines(pieces):
    """Yield the lines of a paragraph: a line break in Word parts what a reader takes for two paragraphs."""
    line = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(Piece(first, piece.is_bold))
        for other in others:
            yield _joined(line)
            line = [Piece(other, piece.is_bold)]
    yield _joined(line)


def _joined(pieces):
    letters = sum(map(_weight, pieces))
    bold = sum(_weight(piece) for piece in pieces if piece.is_bold)
    text = normalise(" ".join("".join(piece.text for piece in pieces).split()))
    return _Line(text, bool(letters) and bold >= _BOLD_SHARE * letters)


def _weight(piece):
    return sum(character.isalnum() for character in piece.text)


def _paragraphs(lines, number, is_centred):
    for line in lines:
        if is_rule(line.text):
            continue
        if line.text or _says_something(number):
            yield Paragraph(line.text, line.is_bold, is_centred, number)
            number = ""


def _says_something(number):
    """Tell whether a number without text is worth keeping: "Điều 5." is, a lone "1." or bullet is an empty line."""
    return sum(character.isalpha() for character in number) > 2


def _mark_is_deleted(properties):
    return properties is not None and properties.find(f"{w('rPr')}/{w('del')}") is not None


def _is_line_of_contents(style):
    return bool(style) and style.upper().startswith("TOC") and style[3:].isdigit()


def _is_contents(element):
    gallery = value(element, "sdtPr/docPartObj/docPartGallery")
    return gallery == "Table of Contents"
