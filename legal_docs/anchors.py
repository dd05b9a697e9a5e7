"""What somebody spoke of in a text: an element, or words in it, found again in a later version."""

from collections.abc import Iterator
from dataclasses import dataclass
from os.path import commonprefix

from legal_docs.aligning import Alignment, Standing
from legal_docs.structure.plain_text import lines
from legal_docs.structure.tree import Element

# Letters around a passage that tell it from others with the same words.
CONTEXT = 80
# So many letters beside a passage must be as they were, or the words are others that read alike.
_LEAST = 12
# How many more letters around the best place must be as they were than around the next.
_AHEAD = 8


@dataclass(frozen=True)
class Anchor:
    """An element of a version ("" is the whole text) or a passage of it: `quote`, from letter `start` of the element's
    text, with what stands `before` and `after`.
    """

    eid: str = ""
    quote: str = ""
    start: int = 0
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Found:
    """Where an anchor is in a later version; of an orphan nothing but the old words is left. `start` is that of the
    passage in the element's text, None where no passage was meant or its words have changed.
    """

    standing: Standing
    eid: str = ""
    start: int | None = None


def text_of(element: Element) -> str:
    """Return the text of an element and all below it in which passages are counted, without its own number."""
    return _text_with_label(element).removeprefix(element.label).lstrip()


def anchor_at(element: Element, start: int, end: int) -> Anchor:
    """Return the anchor of the letters from start to end of an element's text."""
    text = text_of(element)
    return Anchor(element.eid, text[start:end], start, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def locate(anchor: Anchor, alignment: Alignment) -> Found:
    """Say where an anchor of the older version is in the newer one: a passage in what has become of the smallest
    element that holds it.
    """
    if not anchor.quote:
        new = alignment.partner(anchor.eid)
        return Found(alignment.standing(anchor.eid), new.eid) if new is not None else Found(Standing.ORPHAN)
    old = alignment.old(anchor.eid)
    holders = list(_holders(old, anchor.start, anchor.start + len(anchor.quote))) if old is not None else []
    for holder, start in reversed(holders):
        new = alignment.partner(holder.eid)
        if new is not None:
            return _located(anchor, start, new, is_changed=alignment.standing(holder.eid) is Standing.CHANGED)
    return Found(Standing.ORPHAN)


def _located(anchor, start, new, *, is_changed):
    text = text_of(new)
    if is_changed or not text.startswith(anchor.quote, start):
        start = _place_in(text, anchor)
    if start is None:
        return Found(Standing.CHANGED, new.eid)
    return Found(Standing.SAME if _is_within(new.eid, anchor.eid) else Standing.MOVED, new.eid, start)


def _holders(element: Element, start: int, end: int) -> Iterator[tuple[Element, int]]:
    """Yield an element and what of it holds the letters from start to end, the outermost first, each with where these
    begin in its text.
    """
    yield element, start
    # From where the lines of the children begin in the text of their parent, which lacks its own label.
    place = len(text_of(element)) - sum(len(_text_with_label(child)) + 1 for child in element.children) + 1
    for child in element.children:
        whole = _text_with_label(child)
        own = place + len(whole) - len(text_of(child))
        if own <= start and end <= place + len(whole):
            yield from _holders(child, start - own, end - own)
            return
        place += len(whole) + 1


def _text_with_label(element):
    return "\n".join(lines(element))


def _is_within(eid, outer):
    return eid == outer or eid.startswith(f"{outer}__") or not outer


def _place_in(text, anchor) -> int | None:
    """Return where the words of an anchor stand in a changed text; None where they don't, or it can't be told."""
    scores = {start: _likeness(text, start, anchor) for start in _places(text, anchor.quote)}
    if not scores:
        return None
    best = max(scores, key=lambda start: scores[start])
    others = [score for start, score in scores.items() if start != best]
    if scores[best] < min(_LEAST, len(anchor.before) + len(anchor.after)):
        return None
    return best if not others or scores[best] >= max(others) + _AHEAD else None


def _places(text, quote) -> Iterator[int]:
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _likeness(text, start, anchor):
    """How many letters beside a place are as they were beside the passage."""
    end = start + len(anchor.quote)
    before = commonprefix([text[max(0, start - CONTEXT) : start][::-1], anchor.before[::-1]])
    return len(before) + len(commonprefix([text[end : end + CONTEXT], anchor.after]))
