"""What a page has besides its text: running heads of the gazette, page numbers, lines that come on every page."""

import re
from collections import Counter
from collections.abc import Sequence

from legal_docs.structure.numbering import is_capitals

from .pdf_lines import Line

_GAZETTE = re.compile(r"(\d{1,4}\s+)?CÔNG BÁO\s*/\s*Số.{1,40}Ngày.{6,14}(\s+\d{1,4})?", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"([-–—\s]*\d{1,4}[-–—\s]*|(Trang|Page)\s*\d{1,4}(\s*/\s*\d{1,4})?)", re.IGNORECASE)
_SECTIONS = re.compile(r"(PHẦN\s+)?(I+\.?\s*)?(VĂN BẢN QUY PHẠM PHÁP LUẬT|VĂN BẢN KHÁC|VĂN BẢN HỢP NHẤT)")
MOTTO = re.compile(r"CỘNG\s+H[ÒO][ÀA]?A?\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA")
_EDGE = 2
_MOST_ABOVE_HEAD = 5
_FEWEST_PAGES = 3
_SHARE_OF_PAGES = 0.6
_LONGEST = 200


def edges_of_page(lines: Sequence[Line]) -> set[str]:
    """Return the first and last lines of a page, figures aside: what may come on every page."""
    return {_pattern(line.text) for line in _edges(lines)}


def repeated_patterns(pages: Sequence[set[str]]) -> set[str]:
    """Return what comes at the edge of most pages; the pages as edges_of_page tells them."""
    if len(pages) < _FEWEST_PAGES:
        return set()
    counts = Counter(pattern for patterns in pages for pattern in patterns)
    least = max(_FEWEST_PAGES, _SHARE_OF_PAGES * len(pages))
    return {pattern for pattern, count in counts.items() if count >= least and len(pattern) < _LONGEST}


def without_furniture(lines: Sequence[Line], repeated: set[str]) -> list[Line]:
    """Return the lines of a page without what belongs to the page and not to the text."""
    edges = _edges(lines)
    is_gazette = any(_GAZETTE.fullmatch(line.text) for line in edges)
    places = {id(line) for line in edges}
    kept = [line for line in lines if not (id(line) in places and _is_furniture(line.text, repeated))]
    return _without_sections(kept) if is_gazette else kept


def _edges(lines):
    return [*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]]


def _is_furniture(text, repeated):
    return bool(_GAZETTE.fullmatch(text) or _PAGE_NUMBER.fullmatch(text)) or _pattern(text) in repeated


def _pattern(text):
    return re.sub(r"\d+", "0", text)


def _without_sections(lines):
    """Leave out the gazette's own headings above the head of a document: its section and the issuer once more."""
    head = next((place for place, line in enumerate(lines[: _MOST_ABOVE_HEAD + 1]) if MOTTO.search(line.text)), None)
    if head and all(is_capitals(line.text) for line in lines[:head]):
        # The issuer may begin a line above the motto; then it stands on the left and is kept with it.
        return [line for place, line in enumerate(lines) if place >= head or not _stands_in_middle(line, lines[head])]
    return [line for line in lines if not _SECTIONS.fullmatch(line.text)]


def _stands_in_middle(line, motto):
    """Tell whether a line above the head is none of its left column."""
    return bool(_SECTIONS.fullmatch(line.text)) or line.x1 > motto.x0 + 0.45 * (motto.x1 - motto.x0)
