"""A small tree of what is left of foreign HTML after sanitising."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from .plain import NEVER_TEXT

INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub", "a": "a"}
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
LISTS = {"ul", "ol"}
TABLE_PARTS = {"caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "center", "pre", "address", "dl", "dt", "dd", "li", "main",
    "aside", "blockquote", "cite", "figure", "figcaption", "table", *TABLE_PARTS, *LISTS, *HEADINGS,
}  # fmt: skip
VOID = {"br", "hr", "img"}
_TAGS = {*BLOCKS, *VOID, *INLINE}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto", "tel", "data"}
# Beyond this depth elements are taken as if their tags were not there; nobody sees the difference.
MAX_DEPTH = 40


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def find_all(self, *tags: str) -> list["Node"]:
        """Return the elements with one of these tags, in document order, however deep."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    found.append(child)
                found.extend(child.find_all(*tags))
        return found

    def text(self) -> str:
        """Return the text, with a line end after each block."""
        return "\n".join(line for line in map(_squeeze, self._raw_text().split("\n")) if line)

    def _raw_text(self):
        parts = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(_squeeze_inside(child))
            elif child.tag == "br":
                parts.append("\n")
            else:
                inner = child._raw_text()
                parts.append(f"\n{inner}\n" if child.tag in BLOCKS else inner)
        return "".join(parts)


def _squeeze(text):
    return " ".join(text.split())


def _squeeze_inside(text):
    return text.replace("\n", " ").replace("\r", " ")


def parse(markup: str) -> Node:
    """Return the sanitised tree of foreign HTML: no script, no style, no handler, only tags that we can place."""
    clean = nh3.clean(
        markup, tags=_TAGS, attributes=_ATTRIBUTES, clean_content_tags=NEVER_TEXT, url_schemes=_SCHEMES, link_rel=None
    )
    builder = _Builder()
    builder.feed(clean)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Builds the tree without recursion; nh3 has closed every element."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self.open = [self.root]
        self.too_deep = 0

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            self.open[-1].children.append(Node(tag, dict(attrs)))
        elif len(self.open) > MAX_DEPTH:
            self.too_deep += 1
        else:
            node = Node(tag, dict(attrs))
            self.open[-1].children.append(node)
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)
