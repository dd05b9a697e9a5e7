"""Compares two texts article by article: added, removed, moved, and which words changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from legal_docs.structure.plain_text import lines
from legal_docs.structure.tree import ITEMS, Element, Kind

# A word with the space after it: lone spaces would be half of all words, and difflib slow by the square of them.
_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
# Two articles with another number are the same one only if most of their words are the same.
_LIKE_ENOUGH = 0.6
# Below it an article with the same number has been replaced by another one.
_STILL_THE_SAME = 0.25
# difflib's time grows with the square of the words: beyond these only whole paragraphs are compared.
_MOST_WORDS = 4_000
# The same for all articles of two texts together, in pairs of words: about two seconds. Those after it are told whole.
_MOST_PAIRS = 12_000_000
_MOST_LINES = 1_500


class Change(StrEnum):
    """What happened to an article, or to a stretch of its text."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    MOVED_AND_CHANGED = "moved_and_changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Span:
    """A stretch of text that stands in both texts (SAME), only in the new (ADDED) or only in the old (REMOVED)."""

    change: Change
    text: str


@dataclass(frozen=True)
class Difference:
    """An article in both texts; `old` or `new` is None where it is missing. Lines are told apart by line breaks."""

    change: Change
    old: Element | None
    new: Element | None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class _Unit:
    element: Element
    text: str
    key: tuple[str, str]
    shingles: frozenset[int]


def compare(old: Element, new: Element) -> list[Difference]:
    """Return the articles of both texts in the order of the new one; what was removed stands where it was.

    A document without articles is compared by what it has in their place: its sections, clauses or text.
    """
    before, after = _units(old), _units(new)
    pairs = _pair(before, after)
    taken = set(pairs.values())
    differences = []
    removed = iter([place for place in range(len(before)) if place not in taken])
    waiting = next(removed, None)
    purse = _Purse(_MOST_PAIRS)
    for place, unit in enumerate(after):
        partner = pairs.get(place)
        while waiting is not None and partner is not None and waiting < partner:
            differences.append(Difference(Change.REMOVED, before[waiting].element, None))
            waiting = next(removed, None)
        differences.append(_difference(before[partner] if partner is not None else None, unit, purse))
    while waiting is not None:
        differences.append(Difference(Change.REMOVED, before[waiting].element, None))
        waiting = next(removed, None)
    return differences


def summary(differences: Sequence[Difference]) -> dict[Change, int]:
    """Return how many articles had each change."""
    return dict(Counter(difference.change for difference in differences))


def compare_words(old: str, new: str) -> tuple[Span, ...]:
    """Return both texts in one: what stays, what was removed and what was added, line by line and word by word."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    spans: list[Span] = []
    if len(old_lines) > _MOST_LINES or len(new_lines) > _MOST_LINES:
        return _whole(old, new)
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        was = "".join(f"{line}\n" for line in old_lines[start:end])
        is_now = "".join(f"{line}\n" for line in new_lines[new_start:new_end])
        spans += [Span(Change.SAME, was)] if tag == "equal" else _word_spans(was, is_now)
    return tuple(_joined(spans))


def _units(tree) -> list[_Unit]:
    elements = list(tree.articles())
    if not elements:
        elements = list(_leading(tree))
    units = []
    for element in elements:
        text = "\n".join(lines(element))
        # What is moved has another number: it is not part of what is compared for likeness.
        words = re.findall(r"\w+", text.removeprefix(element.label).lower())
        shingles = frozenset(hash(tuple(words[at : at + 3])) for at in range(max(1, len(words) - 2)))
        units.append(_Unit(element, text, (element.eid.partition("art_")[0], element.number or element.eid), shingles))
    return units


def _leading(element) -> Iterator[Element]:
    """Yield what stands for articles in a document that has none: the outermost sections, clauses and texts."""
    for child in element.children:
        if child.kind in (*ITEMS, Kind.SECTION, Kind.TEXT):
            yield child
        else:
            yield from _leading(child)


def _pair(before, after) -> dict[int, int]:
    """Return which old article each new one is: the same text first, then the same number, then the most alike."""
    pairs: dict[int, int] = {}
    _pair_equal(before, after, pairs)
    likeness = _likeness(before, after, pairs)
    by_number = {unit.key: place for place, unit in enumerate(before)}
    scored = []
    for (new, old), alike in likeness.items():
        has_number = by_number.get(after[new].key) == old
        if alike >= (_STILL_THE_SAME if has_number else _LIKE_ENOUGH):
            # Of two that are alike, the one with the same number is meant.
            scored.append((alike + (0.3 if has_number else 0), -abs(new - old), new, old))
    taken = set(pairs.values())
    for _score, _distance, new, old in sorted(scored, reverse=True):
        if new not in pairs and old not in taken:
            pairs[new] = old
            taken.add(old)
    return pairs


def _pair_equal(before, after, pairs):
    places = defaultdict(list)
    for place, unit in enumerate(before):
        places[_essence(unit)].append(place)
    by_key = {unit.key: place for place, unit in enumerate(before)}
    for is_same_number in (True, False):
        for place, unit in enumerate(after):
            found = places.get(_essence(unit))
            if place in pairs or not found:
                continue
            same = by_key.get(unit.key)
            if is_same_number and same not in found:
                continue
            partner = same if is_same_number else found[0]
            found.remove(partner)
            pairs[place] = partner


def _essence(unit):
    return re.sub(r"\s+", " ", unit.text.removeprefix(unit.element.label)).strip()


def _likeness(before, after, pairs) -> dict[tuple[int, int], float]:
    """Return how alike (0 to 1) the unpaired articles are that share three words in a row.

    What very many articles share tells nothing and would cost the square of their number.
    """
    taken = set(pairs.values())
    holders = defaultdict(list)
    for place, unit in enumerate(before):
        if place not in taken:
            for shingle in unit.shingles:
                holders[shingle].append(place)
    found = {}
    for new, unit in enumerate(after):
        if new in pairs:
            continue
        shared = Counter(old for shingle in unit.shingles if len(h := holders.get(shingle, ())) <= 30 for old in h)
        for old, _count in shared.most_common(5):
            both = len(unit.shingles & before[old].shingles)
            found[new, old] = 2 * both / (len(unit.shingles) + len(before[old].shingles))
    by_key = {unit.key: place for place, unit in enumerate(before) if place not in taken}
    for new, unit in enumerate(after):
        old = by_key.get(unit.key)
        if new not in pairs and old is not None and (new, old) not in found:
            found[new, old] = _word_likeness(before[old], unit)
    return found


def _word_likeness(old, new):
    """Return how alike two short articles are that share no three words in a row."""
    words, others = set(old.text.lower().split()), set(new.text.lower().split())
    return 2 * len(words & others) / (len(words) + len(others))


def _difference(old, new, purse):
    if old is None:
        return Difference(Change.ADDED, None, new.element)
    is_moved = old.key != new.key
    if _essence(old) == _essence(new):
        return Difference(Change.MOVED if is_moved else Change.SAME, old.element, new.element)
    change = Change.MOVED_AND_CHANGED if is_moved else Change.CHANGED
    spans = compare_words(old.text, new.text) if purse.pays_for(old.text, new.text) else _whole(old.text, new.text)
    return Difference(change, old.element, new.element, spans)


class _Purse:
    """What is left of the time for comparing words, so that no two texts take longer than anybody waits."""

    def __init__(self, pairs: int):
        self.pairs = pairs

    def pays_for(self, old: str, new: str) -> bool:
        self.pairs -= (old.count(" ") + 1) * (new.count(" ") + 1)
        return self.pairs > 0


def _whole(old, new):
    return (Span(Change.REMOVED, f"{old}\n"), Span(Change.ADDED, f"{new}\n"))


def _word_spans(was, is_now):
    old, new = _WORDS.findall(was), _WORDS.findall(is_now)
    if not old or not new or len(old) + len(new) > _MOST_WORDS:
        return [Span(Change.REMOVED, was), Span(Change.ADDED, is_now)]
    spans = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            spans.append(Span(Change.SAME, "".join(old[start:end])))
            continue
        spans.append(Span(Change.REMOVED, "".join(old[start:end])))
        spans.append(Span(Change.ADDED, "".join(new[new_start:new_end])))
    return spans


def _joined(spans):
    """Join neighbours of one kind and leave out empty ones; a space between two changed words changes with them."""
    joined: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if joined and joined[-1].change == span.change:
            joined[-1] = Span(span.change, joined[-1].text + span.text)
        else:
            joined.append(span)
    return joined
