"""The passages of a legal document: its articles, the long ones clause by clause, and what stands outside of them."""

from collections.abc import Iterator

from legal_docs.structure.plain_text import lines, own_lines
from legal_docs.structure.tree import GROUPS, Element, Kind
from search.engine import Passage

from .passages import MOST_WORDS, passages_of, stretches

# What every document of a body has alike tells nothing of any of them.
_LEFT_OUT = {Kind.PREFACE, Kind.FORMULA, Kind.CONCLUSIONS, Kind.RECIPIENTS, Kind.SIGNATURE}
_DIVIDED = {Kind.DOCUMENT, Kind.ATTACHMENT, *GROUPS}


def passages_of_law(tree: Element) -> list[Passage]:
    """Return the passages of a text in reading order."""
    return [passage for element in tree.children for passage in _of(element, "")]


def _of(element: Element, above: str) -> Iterator[Passage]:
    """Yield the passages of an element; `above` is what it is a part of where its own label does not tell."""
    if element.kind in _LEFT_OUT:
        return
    if element.kind is Kind.ARTICLE:
        yield from _of_article(element)
    elif element.kind in _DIVIDED:
        name = element.label.rstrip(".") if element.kind is Kind.ATTACHMENT else above
        # The title of a chapter is said with each article where it is read; here it stands once.
        yield from passages_of(own_lines(element), anchor=element.eid, label=name, heading=element.heading)
        for child in element.children:
            yield from _of(child, name)
    else:
        label = element.label.rstrip(".") or above
        yield from passages_of(_without_label(element), anchor=element.eid, label=label, heading=element.heading)


def _of_article(article):
    label, heading = article.label.rstrip("."), article.heading
    whole = list(_without_label(article))
    if sum(len(line.split()) for line in whole) <= MOST_WORDS:
        yield Passage("\n".join(whole), article.eid, label, heading)
        return
    # Its first line is the heading, which is told once.
    own = list(own_lines(article))[1 if heading else 0 :]
    parts = [(article.eid, own)] if own else []
    parts += [(child.eid or article.eid, list(lines(child))) for child in article.children]
    yield from _joined(parts, label, heading)


def _joined(parts, label, heading):
    """Put clauses together as far as they fit; the address is that of the first."""
    kept, anchor, count = [], "", 0
    for eid, text in parts:
        words = sum(len(line.split()) for line in text)
        if kept and count + words > MOST_WORDS:
            yield from (Passage(stretch, anchor, label, heading) for stretch in stretches(kept))
            kept, anchor, count = [], "", 0
        anchor = anchor or eid
        kept += text
        count += words
    if kept:
        yield from (Passage(stretch, anchor, label, heading) for stretch in stretches(kept))


def _without_label(element):
    """The lines of an element and all below it, without the line that its label and heading make."""
    found = lines(element)
    if element.heading:
        next(found, None)
    return found
