"""Grows the tree of one scope: decides from what is open where an article, a clause or a point belongs."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .blocks import Paragraph
from .numbering import RANKS as STYLE_RANKS
from .numbering import Mark, follows, may_begin
from .tree import GROUPS, RANKS, Content, Element, Kind

_ROMAN_LETTERS = {"i": "1", "v": "5", "x": "10"}
_SHORTEST_SENTENCE = 60


@dataclass
class Node:
    """An element that is still growing."""

    kind: Kind
    mark: Mark | None = None
    heading: str = ""
    content: list[Content] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def style(self) -> str:
        """The way its list is numbered; lists of more figures ("1.1.1.") stand in those of fewer."""
        if self.mark is None or not self.mark.style:
            return ""
        return style_of(self.mark)

    @property
    def rank(self) -> float:
        """What it may stand in: in anything of a smaller rank."""
        if self.mark is None:
            return -1
        return rank_of(self.mark) if self.style else RANKS[self.kind]

    @property
    def last_text(self) -> str:
        """Its last paragraph."""
        paragraphs = [block.text for block in self.content if isinstance(block, Paragraph)]
        return paragraphs[-1] if paragraphs else self.heading

    def grown(self) -> Element:
        """Return the element that does not grow any more."""
        number, label = (self.mark.number, self.mark.label) if self.mark else ("", "")
        content = tuple(self.content)
        children = tuple(child.grown() for child in self.children)
        return Element(self.kind, "", number, label, self.heading, content, children)


def style_of(mark: Mark) -> str:
    """Return the way of numbering, with the number of figures of "1.1."."""
    return f"dotted{len(mark.order)}" if mark.style == "dotted" else mark.style


def rank_of(mark: Mark) -> float:
    """Return the rank of an item: below articles, dotted ones the lower the more figures they have."""
    rank = len(RANKS) + STYLE_RANKS[mark.style]
    return rank + len(mark.order) / 10 if mark.style == "dotted" else rank


class Growth:
    """The open elements of a scope, from its root to the one that is being written."""

    def __init__(self, has_articles: bool):
        self.root = Node(Kind.DOCUMENT)
        self.open = [self.root]
        self.has_articles = has_articles

    @property
    def current(self) -> Node:
        """The innermost open element, to which unnumbered text belongs."""
        return self.open[-1]

    def add(self, block: Content) -> None:
        """Give a paragraph, table or quotation to the innermost open element."""
        self.current.content.append(block)

    def begin(self, mark: Mark, heading: str) -> None:
        """Open a part, chapter, section, subsection or article."""
        self._close_to(RANKS[mark.kind])
        self._push(Node(mark.kind, mark, heading))

    def begin_item(self, mark: Mark, comes_again: Callable[[Mark], bool]) -> bool:
        """Open a clause or a point; return False where the mark is text in this place.

        `comes_again` tells whether a later paragraph continues the list that would begin here.
        """
        mark = self._as_here(mark)
        before = self._open_of(style_of(mark))
        if before and follows(before.mark, mark):
            parent = self._parent_of(before)
        elif before is None and self._hosts(mark):
            parent = self.current
        elif self._may_stand(mark, before, comes_again):
            parent = self._parent_of(before) if before and mark.order > before.mark.order else None
        else:
            return False
        if parent is None:
            self._close_to(rank_of(mark))
        else:
            del self.open[self.open.index(parent) + 1 :]
        self._push(Node(self._kind(mark), mark))
        if mark.rest:
            self.add(Paragraph(mark.rest))
        return True

    def _may_stand(self, mark, before, comes_again):
        if mark.style == "bare":
            return False
        if mark.style == "dotted" and not self._continues_figures(mark, before):
            return False
        if mark.is_sure:
            return True
        return may_begin(mark) and mark.rest[:1].isalnum() and comes_again(mark)

    def _continues_figures(self, mark, before):
        """Tell whether "5.1." stands in clause 5 or in article 5, or goes on a list of its kind."""
        above = mark.number.rpartition(".")[0]
        if any(node.mark and node.mark.number == above for node in self.open):
            return True
        return bool(mark.is_sure and mark.label.endswith(".") and (before or may_begin(mark)))

    def _as_here(self, mark):
        """Read a mark by what is open: the same sign may number lists of different kinds."""
        letter, figure = self._open_of("letter"), self._open_of("figure")
        if mark.style == "letter" and mark.number in _ROMAN_LETTERS:
            return self._as_roman(mark, letter)
        if letter and self._is_inserted_point(mark, letter):
            return replace(mark, kind=Kind.POINT, style="letter")
        if self._is_slip(mark, figure):
            return replace(mark, kind=Kind.CLAUSE, style="figure")
        return mark

    def _is_slip(self, mark, figure):
        """Tell whether "2)" or "2 Lời văn" is meant as "2.": it comes next, and is no row of a table."""
        is_sentence = mark.rest.endswith(":") or len(mark.rest) > _SHORTEST_SENTENCE
        is_sentence |= figure is not None and figure.mark.label.isdigit()
        if mark.style not in ("bracket", "bare") or (mark.style == "bare" and not is_sentence):
            return False
        if figure is None:
            return mark.style == "bare" and may_begin(mark) and self.current.kind is Kind.ARTICLE
        return not self._open_of("bracket") and follows(figure.mark, mark)

    def _is_inserted_point(self, mark, letter):
        """Tell whether "a1)" was inserted after point a, as "12a" is after 12, or is in a list that a announces."""
        if mark.style != "point-figure" or letter.mark.number[0] != mark.number[0] or self._open_of("point-figure"):
            return False
        return not letter.last_text.endswith(":") and not letter.children

    def _as_roman(self, mark, letter):
        roman = self._open_of("roman-point")
        as_roman = replace(mark, kind=Kind.SUBPOINT, number=_ROMAN_LETTERS[mark.number], style="roman-point")
        if letter and follows(letter.mark, mark):
            return mark
        return as_roman if follows(roman.mark if roman else None, as_roman) else mark

    def _hosts(self, mark):
        """Tell whether "1." begins below a point that announces it, in an article whose points stand in no clause."""
        letter = self.current
        if mark.style != "figure" or not may_begin(mark) or letter.style != "letter":
            return False
        above = self._parent_of(letter)
        return (
            not above.style and letter.last_text.endswith(":") and not any(c.style == "figure" for c in above.children)
        )

    def _kind(self, mark):
        if mark.style in ("roman", "capital") and not self.has_articles:
            return Kind.SECTION if mark.style == "roman" else Kind.PART
        if mark.kind is Kind.SUBPOINT and self.current.kind not in (Kind.POINT, Kind.SUBPOINT):
            return Kind.POINT
        return mark.kind

    def _open_of(self, style):
        for node in reversed(self.open):
            if node.kind is Kind.ARTICLE or (not node.style and node.kind in GROUPS):
                return None
            if node.style == style:
                return node
        return None

    def _parent_of(self, node):
        return self.open[self.open.index(node) - 1]

    def _close_to(self, rank):
        while self.current.rank >= rank:
            self.open.pop()

    def _push(self, node):
        self.current.children.append(node)
        self.open.append(node)


PAGE_NUMBER = re.compile(r"(?:Trang\s*)?[-–—]?\s*(\d{1,4})\s*(?:/\s*\d{1,4}|[-–—])?")
