"""Turns a foreign body into the blocks that editors work with: text, pictures, tables, quotes."""

import html
import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from core.importing.refusals import RowError

from .html_tree import BLOCKS, HEADINGS, INLINE, LISTS, Node, parse
from .plain import is_markup
from .records import SourcePicture
from .tables import is_layout, table_value

Piece = tuple[str, object]
# html5ever takes time with the square of the depth: 50,000 open elements are 5 seconds.
MAX_ELEMENTS = 30_000
MAX_QUOTE = 1_500
MAX_CAPTION = 250
_SPACE = re.compile(r"\s+")
_EDGES = re.compile(r"^(?:\s|<br/>)+|(?:\s|<br/>)+$")
_QUOTABLE = {"p", "div", "br", "cite", "footer", *INLINE}


def pieces_of(body: str, resolve: Callable[[str], str | None]) -> list[Piece]:
    """Return (block type, value) pairs of a body in HTML or plain text.

    A "picture" has a SourcePicture in place of its value. `resolve` turns a link into a whole address, or None.
    """
    if not is_markup(body):
        return _plain_pieces(body)
    if body.count("<") > MAX_ELEMENTS:
        raise RowError(_("the body has more than %(limit)d elements") % {"limit": MAX_ELEMENTS})
    flow = _Flow(resolve)
    flow.walk(parse(body))
    return flow.finish()


def _plain_pieces(body):
    lines = html.unescape(body).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = (
        re.sub(r"\s*\n\s*", "<br/>", html.escape(p.strip(), quote=False)) for p in re.split(r"\n\s*\n", lines)
    )
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)
    return [("text", text)] if text else []


def first_sentences(pieces: list[Piece]) -> str:
    """Return the plain text of the first text block, from which a summary can be cut."""
    markup = next((value for kind, value in pieces if kind == "text"), "")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


class _Paragraph:
    """The line of text being written, with the inline elements that are open in it."""

    def __init__(self):
        self.parts = []
        self.stack = []
        self.written = 0

    def add(self, markup):
        # An element opens only when something follows in it, so none is ever empty or left over.
        for opening, _closing in self.stack[self.written :]:
            self.parts.append(opening)
        self.written = len(self.stack)
        self.parts.append(markup)

    def push(self, opening, closing):
        self.stack.append((opening, closing))

    def pop(self):
        _opening, closing = self.stack.pop()
        if self.written > len(self.stack):
            self.parts.append(closing)
            self.written = len(self.stack)

    def end(self):
        """Return the line and begin a new one in which the same elements are open."""
        closing = "".join(closing for _opening, closing in reversed(self.stack[: self.written]))
        line = _EDGES.sub("", "".join(self.parts) + closing)
        self.parts, self.written = [], 0
        return line if re.sub(r"<[^>]*>", "", line).strip() else ""


class _Flow:
    """Walks a tree and writes its pieces in order."""

    def __init__(self, resolve):
        self.resolve = resolve
        self.pieces = []
        self.text = []
        self.paragraph = _Paragraph()
        self.block_tag = "p"

    def finish(self):
        self._end_text()
        return self.pieces

    def walk(self, node):
        for child in node.children:
            if isinstance(child, str):
                self._words(child)
            else:
                self._element(child)

    def _words(self, words):
        words = _SPACE.sub(" ", words)
        if not self.paragraph.parts:
            words = words.lstrip()
        if words:
            self.paragraph.add(html.escape(words, quote=False))

    def _element(self, node):
        if node.tag in _SPECIAL:
            _SPECIAL[node.tag](self, node)
        elif node.tag in INLINE:
            self._inline(node)
        elif node.tag in HEADINGS:
            self._heading(node)
        elif node.tag in LISTS:
            self._list(node)
        else:
            self._block(node)

    def _inline(self, node):
        tag = INLINE[node.tag]
        opening = f"<{tag}>"
        if tag == "a":
            href = self.resolve(node.attributes.get("href"))
            if href is None:
                self.walk(node)
                return
            opening = f'<a href="{html.escape(href)}">'
        self.paragraph.push(opening, f"</{tag}>")
        self.walk(node)
        self.paragraph.pop()

    def _block(self, node):
        self._end_paragraph()
        self.walk(node)
        self._end_paragraph()

    def _heading(self, node):
        self._end_paragraph()
        self.block_tag = HEADINGS[node.tag]
        self.walk(node)
        self._end_paragraph()
        self.block_tag = "p"

    def _br(self, node):
        # Two in a row are how old editors began a paragraph.
        if self.paragraph.parts and self.paragraph.parts[-1] == "<br/>":
            self._end_paragraph()
        elif self.paragraph.parts:
            self.paragraph.add("<br/>")

    def _hr(self, node):
        self._end_paragraph()
        self.text.append("<hr/>")

    def _img(self, node, caption=""):
        src = node.attributes.get("src", "").strip()
        if src:
            self._end_text()
            alt = node.attributes.get("alt", "") or node.attributes.get("title", "")
            self.pieces.append(("picture", SourcePicture(src, " ".join(alt.split()), caption)))

    def _figure(self, node):
        captions = node.find_all("figcaption")
        images = node.find_all("img")
        text = captions[0].text().replace("\n", " ") if captions else ""
        if len(images) == 1 and len(text) <= MAX_CAPTION and not node.find_all("table"):
            self._img(images[0], text)
        else:
            self._block(node)

    def _table(self, node):
        if is_layout(node):
            self._layout(node)
            return
        value = table_value(node)
        self._end_text()
        if value:
            self.pieces.append(("table", value))
        self._pictures_of(node)

    def _layout(self, node):
        images = node.find_all("img")
        text = node.text().replace("\n", " ")
        # How old editors put a caption below a picture: a table of one column.
        if len(images) == 1 and len(text) <= MAX_CAPTION and not node.find_all(*LISTS, *HEADINGS):
            self._img(images[0], text)
        else:
            self._block(node)

    def _blockquote(self, node):
        text, said_by = self._quotation(node)
        tags = {element.tag for element in node.find_all(*BLOCKS, "img", "hr")}
        if not text or len(text) > MAX_QUOTE or tags - _QUOTABLE:
            # Old editors also indent with it.
            self._block(node)
            return
        self._end_text()
        self.pieces.append(("quote", {"quote": text, "attribution": said_by}))

    def _quotation(self, node):
        cited = node.find_all("cite", "footer")
        said_by = cited[0].text().replace("\n", " ").lstrip("—–- ") if cited else ""
        text = node.text()
        if said_by and len(said_by) <= 200:
            before, found, after = text.rpartition(cited[0].text())
            return (before + after).strip().rstrip("—–-").strip(), said_by
        return text, ""

    def _list(self, node):
        self._end_paragraph()
        if not any(isinstance(child, Node) and child.tag == "li" for child in node.children):
            self._block(node)
            return
        markup = self._list_markup(node)
        if markup:
            self.text.append(markup)
        self._pictures_of(node)

    def _list_markup(self, node):
        items = []
        for child in node.children:
            if isinstance(child, Node) and child.tag == "li":
                items.append(self._item_markup(child))
            elif isinstance(child, Node) and child.tag in LISTS and (nested := self._list_markup(child)):
                # A list beside the items instead of in one: it belongs to the item before it.
                items.append((items.pop() if items else "") + nested)
        inner = "".join(f"<li>{item}</li>" for item in items if item)
        return f"<{node.tag}>{inner}</{node.tag}>" if inner else ""

    def _item_markup(self, item):
        inside = _Flow(self.resolve)
        nested = []
        for child in item.children:
            if isinstance(child, Node) and child.tag in LISTS:
                nested.append(self._list_markup(child))
            elif isinstance(child, Node):
                inside._element(child)
            else:
                inside._words(child)
        lines = [re.sub(r"^<(\w+)>(.*)</\1>$", r"\2", line) for line in inside._lines()]
        return "<br/>".join(lines) + "".join(nested)

    def _lines(self):
        """The paragraphs of a list item; tables and quotes in it give their text."""
        self._end_text()
        lines = []
        for kind, value in self.pieces:
            if kind == "text":
                lines.extend(re.findall(r"<(?:p|h2|h3)>.*?</(?:p|h2|h3)>", value))
            elif kind == "table":
                lines.extend(html.escape(" - ".join(filter(None, row)), quote=False) for row in value["data"])
            elif kind == "quote":
                lines.append(html.escape(value["quote"], quote=False).replace("\n", "<br/>"))
        return lines

    def _pictures_of(self, node):
        for image in node.find_all("img"):
            self._img(image)

    def _end_paragraph(self):
        line = self.paragraph.end()
        if line:
            self.text.append(f"<{self.block_tag}>{line}</{self.block_tag}>")

    def _end_text(self):
        self._end_paragraph()
        # A rule has something above it.
        while self.text and self.text[0] == "<hr/>":
            self.text.pop(0)
        if self.text:
            self.pieces.append(("text", "".join(self.text)))
        self.text = []


_SPECIAL = {
    "br": _Flow._br,
    "hr": _Flow._hr,
    "img": _Flow._img,
    "figure": _Flow._figure,
    "table": _Flow._table,
    "blockquote": _Flow._blockquote,
}
