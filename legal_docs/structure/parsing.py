"""From blocks to the tree: the one door of this package for whoever has read a file or a pasted text."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from core.text import normalise

from .blocks import Block, Paragraph
from .growing import PAGE_NUMBER, Growth, style_of
from .ids import with_ids
from .numbering import follows, is_capitals, read_group, read_item
from .opening import head_ends, read_closing, read_opening
from .quotations import amends
from .scopes import Lines, is_closing, split
from .tree import Element, Kind, Quotation

# Soft hyphens and spaces without width come with copied text and hide what a line begins with.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# A list that is begun by a doubtful mark is continued within so many paragraphs, or it is none.
_LOOK_AHEAD = 60
_LONGEST_HEADING = 300
_FEWEST_LETTERS_OF_A_PAGE = 500
_WORDS_OF_A_SENTENCE = 12


def parse(blocks: Iterable[Block]) -> Element:
    """Return the structure of a document: preface, preamble, body, conclusions and attachments, with element ids.

    No text is lost and none changes its order. Only page numbers that count through the document are left out.
    """
    main, *attached = split(Lines(_cleaned(blocks)))
    children = _parse_scope(Lines(main.blocks))
    children += [_attachment(scope) for scope in attached]
    return with_ids(Element(Kind.DOCUMENT, children=tuple(children)))


def blocks_of_text(text: str) -> list[Block]:
    """Return the paragraphs of a plain text, one a line."""
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _cleaned(blocks):
    cleaned = [_clean(block) for block in blocks]
    return _without_page_numbers([block for block in cleaned if not isinstance(block, Paragraph) or block.text])


def _clean(block):
    if not isinstance(block, Paragraph):
        return block
    text = " ".join(f"{block.number} {normalise(_INVISIBLE.sub('', block.text))}".split())
    return replace(block, text=text, number="")


def _without_page_numbers(blocks):
    """Leave out lone figures if each is one more than the last and a page lies between: rows of tables count too."""
    found = {}
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (match := PAGE_NUMBER.fullmatch(block.text)):
            found[place] = int(match[1])
    figures, places = list(found.values()), list(found)
    if len(figures) < 2 or figures != list(range(figures[0], figures[0] + len(figures))):
        return blocks
    if min(_letters(blocks[earlier:later]) for earlier, later in pairwise(places)) < _FEWEST_LETTERS_OF_A_PAGE:
        return blocks
    return [block for place, block in enumerate(blocks) if place not in found]


def _letters(blocks):
    return sum(len(block.text) for block in blocks if isinstance(block, Paragraph))


def _attachment(scope):
    inner = _parse_scope(Lines(scope.blocks), is_attached=True)
    content = ()
    if inner and inner[0].kind is Kind.PREFACE:
        content, inner = inner[0].content, inner[1:]
    return Element(Kind.ATTACHMENT, "", scope.number, scope.label, scope.heading, content, tuple(inner))


def _parse_scope(lines: Lines, is_attached: bool = False) -> list[Element]:
    reader = _Reader(lines)
    start = reader.find_start()
    end = reader.find_end(start)
    opening, closing = lines.blocks[:start], lines.blocks[end:]
    if start == end and not is_attached:
        return _unstructured(lines.blocks, end)
    elements = [Element(Kind.PREFACE, content=opening)] if is_attached and opening else []
    elements += [] if is_attached else read_opening(opening)
    elements += reader.read(start, end)
    return elements + ([read_closing(closing)] if closing else [])


def _unstructured(blocks, end):
    """A letter or a notice without numbers is its head, its text and its end."""
    end = end if end < len(blocks) else next((p for p, b in enumerate(blocks) if p and is_closing(b)), len(blocks))
    head = min(head_ends(blocks), end)
    elements = [Element(Kind.PREFACE, content=blocks[:head])] if head else []
    elements += [Element(Kind.TEXT, content=blocks[head:end])] if blocks[head:end] else []
    return elements + ([read_closing(blocks[end:])] if blocks[end:] else [])


class _Reader:
    """Reads one scope, block by block."""

    def __init__(self, lines: Lines):
        self.lines = lines
        self.runs = {run.start: run for run in lines.quotations}
        self.growth = Growth(has_articles=bool(lines.articles))

    def find_start(self) -> int:
        """Return the place of the first part, chapter, article, or (in a scope without articles) item."""
        for place in range(len(self.lines.blocks)):
            if place in self.lines.articles or self._group_at(place):
                return place
            if not self.growth.has_articles and self._begins_list(place):
                return place
        return len(self.lines.blocks)

    def find_end(self, start: int) -> int:
        """Return the place where the conclusions begin: no article stands after it."""
        last = max(self.lines.articles, default=start)
        for place in range(last + 1, len(self.lines.blocks)):
            if place not in self.lines.quoted and is_closing(self.lines.blocks[place]):
                return place
        return len(self.lines.blocks)

    def read(self, start: int, end: int) -> tuple[Element, ...]:
        """Return the elements of the body."""
        place = start
        while place < end:
            place = self._read_at(place, end)
        return self.growth.root.grown().children

    def _read_at(self, place, end):
        if run := self.runs.get(place):
            stop = min(run.stop, end)
            self.growth.add(Quotation(self.lines.blocks[place:stop]))
            return stop
        if mark := self.lines.articles.get(place):
            return self._begin_article(place, mark, end)
        if mark := self._group_at(place):
            return self._begin_group(place, mark, end)
        block = self.lines.blocks[place]
        if not self._begins_item(place):
            self.growth.add(block)
        return place + 1

    def _begins_item(self, place):
        mark = self._item_at(place)
        if mark is None or (self.growth.has_articles and self.growth.current is self.growth.root):
            return False
        return self.growth.begin_item(mark, lambda begun: self._comes_again(place, begun))

    def _item_at(self, place):
        text = self.lines.texts[place]
        if place in self.lines.quoted:
            return None
        if not text.startswith(("“", '"')) or (place and amends(self.lines.texts[place - 1])):
            return read_item(text)
        # Consolidated texts keep the quotation marks of the law that amended them: the place decides.
        mark = read_item(text[1:])
        return mark and replace(mark, label=text[0] + mark.label, is_sure=False)

    def _begins_list(self, place):
        mark = self._item_at(place)
        return bool(mark) and follows(None, mark) and mark.rest[:1].isalpha() and self._comes_again(place, mark)

    def _comes_again(self, place, begun):
        for later in range(place + 1, min(place + _LOOK_AHEAD, len(self.lines.blocks))):
            if later in self.lines.articles:
                return False
            mark = self._item_at(later)
            is_of_list = mark and (style_of(mark) == style_of(begun) or (mark.style, begun.style) == ("bare", "figure"))
            if is_of_list and follows(begun, mark):
                return True
        return False

    def _group_at(self, place):
        text = self.lines.texts[place]
        mark = None if place in self.lines.quoted else read_group(text)
        if mark is None:
            return None
        if self.growth.has_articles:
            return mark if self._article_follows(place, 6 if mark.is_sure else 2) else None
        block = self.lines.blocks[place]
        return mark if mark.is_sure or block.is_bold or block.is_centred else None

    def _article_follows(self, place, most):
        """Tell whether an article comes within so many lines, headings of further groups not counted."""
        for later in range(place + 1, len(self.lines.blocks)):
            if later in self.lines.articles:
                return True
            if not read_group(self.lines.texts[later]):
                most -= 1
            if most < 0:
                return False
        return False

    def _begin_group(self, place, mark, end):
        heading, place = mark.rest, place + 1
        while place < end and self._goes_on_heading(place, bool(heading)):
            heading = f"{heading} {self.lines.texts[place]}".strip()
            place += 1
        self.growth.begin(mark, heading)
        return place

    def _goes_on_heading(self, place, is_begun):
        text = self.lines.texts[place]
        if not text or place in self.lines.quoted or place in self.lines.articles or read_group(text):
            return False
        if not self.growth.has_articles and read_item(text):
            return False
        if is_begun:
            return is_capitals(text)
        return is_capitals(text) or (len(text) < _LONGEST_HEADING and text[-1] not in ".;:,")

    def _begin_article(self, place, mark, end):
        rest, block, after = mark.rest, self.lines.blocks[place], place + 1
        if not rest and after < end and self._is_heading_below(after):
            rest, after = self.lines.texts[after], after + 1
            is_heading = self._has_text(after, end)
            after = after if is_heading else after - 1
            rest = rest if is_heading else ""
        else:
            is_heading = self._has_text(after, end) and (block.is_bold or _is_heading(rest))
        self.growth.begin(mark, rest if is_heading else "")
        if rest and not is_heading:
            self.growth.add(replace(block, text=rest))
        return after

    def _is_heading_below(self, place):
        text, block = self.lines.texts[place], self.lines.blocks[place]
        if not text or place in self.lines.quoted or place in self.lines.articles or read_item(text):
            return False
        return block.is_bold or (len(text) < _LONGEST_HEADING / 2 and text[-1] not in ".;:,")

    def _has_text(self, place, end):
        """Tell whether an article has text of its own after its first line; a heading alone is no article."""
        if place >= end or place in self.lines.articles:
            return False
        return not self._group_at(place)


def _is_heading(text: str) -> bool:
    """Tell the heading of an article from its text: a sentence ends, and a list is announced by a colon."""
    if text.endswith((":", ";", ",", "/.")) or len(text) > _LONGEST_HEADING:
        return False
    return not (text.endswith(".") and len(text.split()) >= _WORDS_OF_A_SENTENCE)


def parse_text(text: str) -> Element:
    """Return the structure of a plain text with one paragraph a line."""
    return parse(blocks_of_text(text))
