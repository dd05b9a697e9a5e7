"""What stands in pages, as plain text."""

import html
import re

from wagtail.models import Page

from core.text import normalise
from core.visibility import restricted_paths
from home.models import NewsIndexPage, NewsPage, SectionPage
from search.enums import Kind

# As what pages of a type are found; others are not.
KINDS = {NewsPage: Kind.NEWS, SectionPage: Kind.SECTION, NewsIndexPage: Kind.SECTION}

_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|tr|td|th|blockquote|div|caption)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def is_restricted(path: str, restricted: list[str] | None = None) -> bool:
    """Say whether a page at a tree path may only be opened by some visitors."""
    return path.startswith(tuple(restricted_paths() if restricted is None else restricted) or ("-",))


def without_restricted(pages, restricted: list[str]):
    """Return those of a queryset of pages that all visitors may open."""
    for path in restricted:
        pages = pages.exclude(path__startswith=path)
    return pages


def lines_of(value) -> list[str]:
    """Return the text of a stream field, one paragraph, cell or title a line."""
    if not value:
        return []
    return [line for block in value for line in _lines(block.block, block.value)]


def _lines(block, value):
    """The lines of a block's value, whatever its kind: rich text, tables, lists and structures of them."""
    if value is None or value == "":
        return []
    if hasattr(block, "child_blocks"):
        return _of_children(block, value)
    if hasattr(block, "child_block"):
        return [line for item in value for line in _lines(block.child_block, item)]
    if isinstance(value, dict):
        # A table: rows of cells.
        rows = value.get("data") or []
        return [*_plain(value.get("table_caption") or ""), *filter(None, (_row(row) for row in rows))]
    if hasattr(value, "title") and not isinstance(value, str):
        # A picture or a file is known by its title; a page that is linked is found by itself.
        return [] if isinstance(value, Page) else _plain(value.title)
    return _plain(str(getattr(value, "source", value)))


def _of_children(block, value):
    if hasattr(value, "raw_data") or (isinstance(value, list) and not isinstance(value, dict)):
        return [line for child in value for line in _lines(child.block, child.value)]
    return [line for name, child in block.child_blocks.items() for line in _lines(child, value.get(name))]


def _row(cells):
    return " ".join(line for cell in cells if cell for line in _plain(str(cell)))


def _plain(text):
    """The lines of HTML or plain text; tags end no word unless they end a block."""
    bare = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", text)))
    return [normalise(line) for line in (" ".join(part.split()) for part in bare.split("\n")) if line]
