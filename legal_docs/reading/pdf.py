"""A PDF with a text layer to blocks; tells where there is none, or one that a machine recognised."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfplumber.utils.exceptions import PdfminerException

from legal_docs.structure.blocks import Block, Paragraph, Table

from .docx import font_remarks
from .limits import Limits
from .old_fonts import FontDecoder
from .outcome import Draft, Remark, UnreadableFile, remark
from .pdf_columns import table_of, zones_of
from .pdf_furniture import edges_of_page, repeated_patterns, without_furniture
from .pdf_glyphs import UNKNOWN, PackedGlyphs, Turn, glyphs_of, main_direction
from .pdf_lines import Line, lines_of
from .pdf_paragraphs import Growing, Margins, Place, continues, margins_of, paragraphs_of
from .pdf_tables import RuledTable, bounds, boxes_of_tables, edges_of, joined, read_table
from .progress import tell
from .sniffing import MEDIA_TYPES, FileKind
from .syllables import share_of_syllables

_LOCKED = (PDFPasswordIncorrect, PDFEncryptionError, PDFTextExtractionNotAllowed)
# A picture that covers so much of a page is the page: what text lies over it was recognised.
_COVERS = 0.75
_UNREADABLE = 0.2
_DOUBTFUL = 0.85


@dataclass
class Page:
    """What is taken from a page before it is known what other pages look like."""

    glyphs: PackedGlyphs
    tables: list[list[tuple]] = field(default_factory=list)
    width: float = 0.0
    is_picture: bool = False
    has_picture: bool = False
    is_damaged: bool = False


@dataclass(frozen=True)
class TextLayer:
    """The pages of a PDF and which of them have no text."""

    pages: list[Page]

    @property
    def empty(self) -> list[int]:
        """The numbers of pages that show a picture and have no text."""
        return [number for number, page in enumerate(self.pages, 1) if page.has_picture and not page.glyphs]

    @property
    def damaged(self) -> list[int]:
        """The numbers of pages that could not be read."""
        return [number for number, page in enumerate(self.pages, 1) if page.is_damaged]

    @property
    def is_scan(self) -> bool:
        """Tell whether no page has text."""
        return not any(page.glyphs for page in self.pages)

    @property
    def is_recognised(self) -> bool:
        """Tell whether most pages with text are pictures behind it."""
        with_text = [page for page in self.pages if page.glyphs]
        return sum(page.is_picture for page in with_text) * 2 > len(with_text)

    @property
    def is_unreadable(self) -> bool:
        """Tell whether for many signs the letter is not known."""
        letters = sum(len(page.glyphs) for page in self.pages)
        return bool(letters) and self.unknown > _UNREADABLE * letters

    @property
    def unknown(self) -> int:
        """How many signs could not be read."""
        return sum(page.glyphs.count(UNKNOWN) for page in self.pages)


def open_layer(path: Path, limits: Limits, folder: Path | None = None) -> TextLayer:
    """Return what the pages of a PDF hold, telling in the folder how far it is; raises UnreadableFile."""
    try:
        with pdfplumber.open(path) as document:
            if len(document.pages) > limits.pages:
                raise UnreadableFile("too_many_pages", {"pages": len(document.pages), "most": limits.pages})
            layer = TextLayer(list(_pages(document.pages, folder)))
    except PdfminerException as error:
        is_locked = any(isinstance(cause, _LOCKED) for cause in (error, *error.args))
        raise UnreadableFile("encrypted" if is_locked else "broken") from error
    except _LOCKED as error:
        raise UnreadableFile("encrypted") from error
    if layer.damaged and layer.is_scan:
        raise UnreadableFile("broken")
    return layer


def _pages(pages, folder):
    for done, page in enumerate(pages):
        tell(folder, "reading", done, len(pages))
        yield _take_if_sound(page)


def _take_if_sound(page):
    """Return what is needed of a page; one that is damaged does not spoil the others."""
    try:
        return _take(page)
    except MemoryError:
        raise
    except Exception:  # whatever the libraries trip over: the page is what is wrong
        return Page(PackedGlyphs([]), is_damaged=True)


def _take(page):
    """Return what is needed of a page and let the rest go: a page costs some megabytes."""
    try:
        areas = [shape for shape in page.rects if shape.get("fill") and not _is_white(shape["non_stroking_color"])]
        characters = [each for each in page.chars if not _is_white(each["non_stroking_color"]) or _lies_on(each, areas)]
        glyphs = [glyph for glyph in glyphs_of(characters) if _is_visible(glyph, page)]
        covered = max((_area(image) for image in page.images), default=0.0) / (page.width * page.height or 1.0)
        turn = Turn(main_direction(glyphs), float(page.width), float(page.height))
        edges = edges_of([*page.lines, *page.rects, *page.curves], turn)
        upright = [turn.glyph(glyph) for glyph in glyphs if glyph.direction == turn.direction]
        # On a page turned on its side the running head still stands upright: it is none of the text.
        aside = [] if turn.direction else [glyph for glyph in glyphs if glyph.direction != turn.direction]
        tables = boxes_of_tables(edges)
        return Page(PackedGlyphs(upright + aside), tables, turn.turned_width, covered >= _COVERS, bool(page.images))
    finally:
        page.close()


def _is_visible(glyph, page):
    x, y = glyph.middle
    return 0 <= x <= page.width and 0 <= y <= page.height


def _is_white(colour):
    """Tell white by its components: grey, RGB or CMYK. Signing programs leave white marks such as "[daky]"."""
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return False
    return all(part == 0 for part in parts) if len(parts) == 4 else bool(parts) and all(part >= 1 for part in parts)


def _lies_on(character, areas):
    x, y = (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
    return any(area["x0"] <= x <= area["x1"] and area["top"] <= y <= area["bottom"] for area in areas)


def _area(image):
    return max(0.0, float(image["x1"] - image["x0"])) * max(0.0, float(image["bottom"] - image["top"]))


def draft_of(layer: TextLayer) -> Draft:
    """Return the blocks of a text layer."""
    fonts = FontDecoder()
    for page in layer.pages:
        for font, text in page.glyphs.text_by_font().items():
            fonts.learn(font, text)
    blocks = tuple(_Assembly(layer.pages, fonts).blocks())
    if not blocks:
        raise UnreadableFile("no_text")
    source = "scan" if layer.is_recognised else "pdf"
    remarks = (*_remarks(layer, blocks), *font_remarks(fonts))
    return Draft(blocks, source, MEDIA_TYPES[FileKind.PDF], len(layer.pages), remarks)


def _remarks(layer, blocks) -> Iterator[Remark]:
    if layer.is_recognised:
        yield remark("hidden_text")
    if layer.damaged:
        yield remark("damaged_pages", pages=", ".join(map(str, layer.damaged)))
    if layer.unknown:
        yield remark("missing_letters", count=layer.unknown)
    text = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    share = share_of_syllables(text)
    if share is not None and share < _DOUBTFUL:
        yield remark("doubtful_words", percent=round(100 * share))


class _Assembly:
    """Puts the pages together: what is furniture, which paragraphs and tables go on from page to page."""

    def __init__(self, pages: list[Page], fonts: FontDecoder):
        self._pages, self._fonts = pages, fonts
        self._open: Growing | RuledTable | Table | None = None
        self._open_margins: Margins | None = None
        self._notes: list[Paragraph] = []

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of all pages.

        The pages are gone through twice, since what repeats on each is known only after the last; the lines of all
        of them at once would not fit into memory.
        """
        edges, places = [], {}
        for page in self._pages:
            lines, _tables = self._read(page)
            edges.append(edges_of_page(lines))
            places.setdefault(round(page.width), []).extend(Place(line.x0, line.x1, line.size) for line in lines)
        repeated = repeated_patterns(edges)
        # Pages that lie on their side have margins of their own.
        usual = {width: margins_of(found, page_width=width) for width, found in places.items()}
        for page in self._pages:
            lines, tables = self._read(page)
            lines = without_furniture(lines, repeated)
            yield from self._page(lines, tables, margins_of(lines, usual[round(page.width)]))
        yield from self._close()

    def _read(self, page):
        """Return the lines of a page that stand in no table, and its tables."""
        glyphs = page.glyphs.unpacked()
        found = [read_table(cells, _inside(glyphs, cells), self._fonts.decode) for cells in page.tables]
        tables = [table for table in found if table]
        boxes = [table.box for table in tables]
        outside = [glyph for glyph in glyphs if glyph.direction == 0 and not _lies_in(glyph, boxes)]
        return lines_of(outside, self._fonts.decode), tables

    def _page(self, lines: list[Line], tables: list[RuledTable], margins: Margins | None):
        is_first = True
        for part in _parts(lines, tables, margins):
            if isinstance(part, Growing) and _is_note(part):
                self._notes.append(part.paragraph())
                continue
            if isinstance(part, RuledTable):
                if isinstance(self._open, RuledTable) and (one := joined(self._open, part)):
                    self._open = one
                    continue
            elif is_first and self._goes_on(part, margins):
                self._open.lines += part.lines
                self._open_margins, is_first = margins, False
                continue
            yield from self._close()
            self._open, self._open_margins, is_first = part, margins, False

    def _goes_on(self, part, margins):
        """Tell whether the first paragraph of a page goes on with the last one of the page before."""
        if not (isinstance(part, Growing) and isinstance(self._open, Growing)) or part.is_centred:
            return False
        return continues(self._open, part.lines[0], margins, self._open_margins)

    def _close(self):
        part, self._open = self._open, None
        if isinstance(part, Growing):
            yield part.paragraph()
        elif isinstance(part, RuledTable):
            yield part.table
        elif part is not None:
            yield part
        yield from self._notes
        self._notes = []


def _is_note(paragraph):
    """Tell a footnote by its raised number: it comes after the paragraph that goes on over the end of the page."""
    return paragraph.text[:1] in tuple("¹²³⁴⁵⁶⁷⁸⁹")


def _parts(lines, tables, margins) -> Iterator[Growing | RuledTable | Table]:
    """Yield what stands on a page from above to below."""
    rest = sorted(tables, key=lambda table: table.box[1])
    start = 0
    for table in [*rest, None]:
        stop = len(lines) if table is None else sum(line.baseline < table.box[3] for line in lines)
        if stop > start:
            yield from _text_parts(lines[start:stop], margins)
            start = stop
        if table is not None:
            yield table


def _text_parts(lines, margins):
    place = 0
    for zone in zones_of(lines, margins):
        yield from paragraphs_of(lines[place : zone.start], margins)
        yield table_of(lines, zone)
        place = zone.stop
    yield from paragraphs_of(lines[place:], margins)


def _inside(glyphs, cells):
    return [glyph for glyph in glyphs if _lies_in(glyph, [bounds(cells)])]


def _lies_in(glyph, boxes):
    x, y = glyph.middle
    return any(box[0] <= x < box[2] and box[1] <= y < box[3] for box in boxes)
