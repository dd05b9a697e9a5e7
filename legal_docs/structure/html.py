"""The text as a reader has it: HTML with an id on every element, links to copy, tables, quotations and contents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .blocks import Paragraph, Table
from .ids import table_id
from .places import place_name
from .tree import GROUPS, ITEMS, Element, Kind, Quotation

_LINKED = (*GROUPS, Kind.ARTICLE, *ITEMS, Kind.ATTACHMENT)
_CAPTIONS = ("Bảng ", "BẢNG ", "Biểu ", "BIỂU ", "Bảng:", "Biểu:")
_LONGEST_CAPTION = 200
_SAFE_ADDRESSES = ("/", "#", "https://", "http://")
_DEEPEST_HEADING = 6


@dataclass(frozen=True)
class Link:
    """A stretch of a text that leads somewhere: characters from `start` up to `end`, not included."""

    start: int
    end: int
    href: str
    title: str = ""


# Links by element id and place in it, as tree.texts counts places.
Links = Mapping[tuple[str, int], Sequence[Link]]


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    eid: str
    kind: Kind
    label: str
    heading: str
    children: tuple["Entry", ...] = ()


def contents(element: Element) -> tuple[Entry, ...]:
    """Return the table of contents: parts, chapters, sections, articles and attachments."""
    found = []
    for child in element.children:
        if child.kind in (*GROUPS, Kind.ARTICLE, Kind.ATTACHMENT):
            found.append(Entry(child.eid, child.kind, child.label, child.heading, contents(child)))
    return tuple(found)


def render(tree: Element, links: Links | None = None, level: int = 2) -> SafeString:
    """Return the HTML of a document; its outermost headings are of this level. All text is escaped."""
    writer = _Writer(links or {})
    for child in tree.children:
        writer.write(child, (tree,), level)
    return mark_safe("".join(writer.pieces))


def linked(text: str, links: Sequence[Link]) -> str:
    """Return a text escaped, with its links; one that overlaps another or leads to no address is left out."""
    pieces, done = [], 0
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        if not done <= link.start < link.end <= len(text) or not link.href.startswith(_SAFE_ADDRESSES):
            continue
        title = f' title="{escape(link.title)}"' if link.title else ""
        pieces.append(escape(text[done : link.start], quote=False))
        pieces.append(f'<a href="{escape(link.href)}"{title}>{escape(text[link.start : link.end], quote=False)}</a>')
        done = link.end
    pieces.append(escape(text[done:], quote=False))
    return "".join(pieces)


class _Writer:
    """Collects pieces of HTML; `place` counts the texts of the element that is being written."""

    def __init__(self, links: Links):
        self.links = links
        self.pieces: list[str] = []
        self.copy_link = escape(_("Link to %(place)s"))

    def write(self, element: Element, above: tuple[Element, ...], level: int) -> None:
        path = (*above, element)
        if element.kind in (*GROUPS, Kind.ARTICLE, Kind.ATTACHMENT):
            self._write_headed(element, path, level)
        elif element.kind in ITEMS:
            self._write_item(element, path, level)
        elif element.kind in (Kind.BASIS, Kind.FORMULA):
            self._write_plain(element, path, level)
        else:
            self.pieces.append(f'<div class="law-{element.kind}" id="{element.eid}">')
            self._write_plain(element, path, level, has_id=False)
            self.pieces.append("</div>")

    def _write_headed(self, element, path, level):
        tag = f"h{min(level, _DEEPEST_HEADING)}"
        self.pieces.append(f'<section class="law-{element.kind}" id="{element.eid}"><{tag} class="law-heading">')
        label = f'<span class="law-label">{escape(element.label, quote=False)}</span>' if element.label else ""
        heading = self._text(element, 0, element.heading) if element.heading else ""
        self.pieces.append(f"{label} {heading}".strip() + self._anchor(path) + f"</{tag}>")
        self._write_content(element, path)
        self._write_children(element, path, level + 1)
        self.pieces.append("</section>")

    def _write_item(self, element, path, level):
        self.pieces.append(f'<li class="law-{element.kind}" id="{element.eid}">')
        label = f'<span class="law-label">{escape(element.label, quote=False)}</span> '
        if not element.content or not isinstance(element.content[0], Paragraph):
            self.pieces.append(f"<p>{label.strip()}{self._anchor(path)}</p>")
            label = ""
        self._write_content(element, path, before=label, after=self._anchor(path) if label else "")
        self._write_children(element, path, level)
        self.pieces.append("</li>")

    def _write_plain(self, element, path, level, has_id=True):
        if has_id:
            self.pieces.append(f'<div class="law-{element.kind}" id="{element.eid}">')
        self._write_content(element, path)
        self._write_children(element, path, level)
        if has_id:
            self.pieces.append("</div>")

    def _write_children(self, element, path, level):
        for are_items, children in groupby(element.children, key=lambda child: child.kind in ITEMS):
            if are_items:
                self.pieces.append('<ol class="law-list" role="list">')
            for child in children:
                self.write(child, path, level)
            if are_items:
                self.pieces.append("</ol>")

    def _write_content(self, element, path, before="", after=""):
        """Write paragraphs, tables and quotations; `before` and `after` go into the first paragraph."""
        place, tables = 0, 0
        blocks = list(element.content)
        for position, block in enumerate(blocks):
            if isinstance(block, Quotation):
                place = self._write_quotation(element, block, place)
            elif isinstance(block, Table):
                tables += 1
                caption = _caption(blocks, position)
                place = self._write_table(element, path, block, place, tables, caption)
            else:
                place += 1
                if not _is_caption_of_next(blocks, position):
                    self._write_paragraph(element, block, place, before, after)
                    before = after = ""

    def _write_paragraph(self, element, block, place, before="", after=""):
        looks = [name for name, has in (("bold", block.is_bold), ("centred", block.is_centred)) if has]
        attribute = f' class="{" ".join(f"law-{look}" for look in looks)}"' if looks else ""
        self.pieces.append(f"<p{attribute}>{before}{self._text(element, place, block.text)}{after}</p>")

    def _write_quotation(self, element, quotation, place):
        self.pieces.append('<blockquote class="law-quotation">')
        for block in quotation.blocks:
            if isinstance(block, Table):
                place = self._write_rows(element, block, place, "")
            else:
                place += 1
                self._write_paragraph(element, block, place)
        self.pieces.append("</blockquote>")
        return place

    def _write_table(self, element, path, table, place, number, caption):
        eid = table_id(element.eid, number)
        if caption:
            words, look = self._text(element, place, caption), ""
        else:
            name = _("Table %(number)s, %(place)s") % {"number": number, "place": place_name(path) or element.eid}
            words, look = escape(name), ' class="visually-hidden"'
        head = f'<caption id="{eid}__caption"{look}>{words}</caption>'
        self.pieces.append(
            f'<div class="law-table" id="{eid}" role="region" tabindex="0" aria-labelledby="{eid}__caption">'
        )
        place = self._write_rows(element, table, place, head)
        self.pieces.append("</div>")
        return place

    def _write_rows(self, element, table, place, head):
        heads = _head_rows(table)
        self.pieces.append(f"<table>{head}" + ("<thead>" if heads else "<tbody>"))
        for row_number, row in enumerate(table.rows):
            if heads and row_number == heads:
                self.pieces.append("</thead><tbody>")
            self.pieces.append("<tr>")
            for cell in row:
                place += 1
                self.pieces.append(self._cell(element, cell, place, is_head=row_number < heads))
            self.pieces.append("</tr>")
        self.pieces.append("</tbody></table>" if heads < len(table.rows) or not heads else "</thead></table>")
        return place

    def _cell(self, element, cell, place, is_head):
        tag = "th" if is_head or cell.is_header else "td"
        scope = ("" if tag == "td" else ' scope="col"') if is_head else (' scope="row"' if tag == "th" else "")
        spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        text = self._text(element, place, cell.text).replace("\n", "<br>")
        return f"<{tag}{scope}{spans}>{text}</{tag}>"

    def _text(self, element, place, text):
        links = self.links.get((element.eid, place))
        return linked(text, links) if links else escape(text, quote=False)

    def _anchor(self, path):
        """The link that readers copy: of every element that a citation can name."""
        element = path[-1]
        if element.kind not in _LINKED:
            return ""
        name = self.copy_link % {"place": escape(place_name(path))}
        return f' <a class="law-anchor" href="#{element.eid}" data-copy-link aria-label="{name}">#</a>'


def _is_caption_of_next(blocks, position):
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    text = blocks[position].text
    return isinstance(following, Table) and text.startswith(_CAPTIONS) and len(text) <= _LONGEST_CAPTION


def _caption(blocks, position):
    before = blocks[position - 1] if position else None
    return before.text if isinstance(before, Paragraph) and _is_caption_of_next(blocks, position - 1) else ""


def _head_rows(table):
    """Return how many rows are the table's head: those of header cells, or the first where nothing says so."""
    marked = 0
    for row in table.rows:
        if not row or not all(cell.is_header for cell in row):
            break
        marked += 1
    if marked or any(cell.is_header for row in table.rows for cell in row):
        return marked
    return 1 if len(table.rows) > 1 and all(cell.text for cell in table.rows[0]) else 0
