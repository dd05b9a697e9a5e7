"""The accents of what was typed without them, as found things write it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from core.accents import one_form
from core.text import fold
from search.database.store import Shown
from search.database.terms import storable, words

# Of a passage so many letters are looked at.
_LONGEST = 3_000
_WORD = re.compile(r"\w+")


def with_accents(text: str, shown: Iterable[Shown]) -> str:
    """Return a text with the accents of found things, where these write a word in one way beside its neighbours.

    Words in which accents were typed stay as they are.
    """
    found = list(_WORD.finditer(text))
    folded = [fold(match[0]) for match in found]
    seen = _seen(set(pairwise(folded)), shown)
    written = []
    for place, match in enumerate(found):
        ways = seen[tuple(folded[place - 1 : place + 1]), 1] | seen[tuple(folded[place : place + 2]), 0]
        is_known = match[0].isascii() and match[0].isalpha() and len(ways) == 1
        written.append(min(ways) if is_known else match[0])
    places = iter(written)
    return _WORD.sub(lambda _match: next(places), text)


def _seen(pairs, shown) -> dict[tuple, set[str]]:
    """Return for each pair of folded neighbours, and for the first or second of them, how it is written."""
    seen: dict[tuple, set[str]] = defaultdict(set)
    for text in _texts(shown):
        for (first, as_first), (second, as_second) in pairwise(words(text)):
            if (first, second) in pairs:
                seen[(first, second), 0].add(one_form(as_first))
                seen[(first, second), 1].add(one_form(as_second))
    return seen


def _texts(shown) -> Iterator[str]:
    for one in shown:
        yield from map(storable, (one.thing.title, *one.thing.names, one.thing.summary[:_LONGEST]))
        yield from (f"{passage.heading}\n{passage.text[:_LONGEST]}" for passage in one.passages)
