"""What is indexed of a text: folded syllables and pairs of neighbours ("dat_dai"), which stand for words.

Vietnamese writes syllables apart, and most words have two. Pairs found more than any segmenter of words did, and need
none (MRR .856 against .816 on the articles of statutes). A pair does not reach over the end of a sentence or a line.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from core.text import fold, normalise

from ..engine import Passage, Thing
from ..enums import Facet

# Raised whenever the same thing would get other terms or rows: an index of another form does not answer.
FORM = 2
# Longer ones are addresses and noise; PostgreSQL takes none over 2 kB.
LONGEST = 40
# A passage longer than this many letters is indexed in parts, so that the work for a candidate is bounded.
PART = 6_000
# The rows of one thing share the upper bits of their number; no law has so many articles.
MOST_ROWS = 4_096

# Marks begin with a line below, as no word does.
EVERY = "_a"  # each row has it: it counts them
HEAD_ROW = "_0"  # the row of a thing's title, names and summary
OF_HEAD = "_h"  # before a term: the thing's title, names or summary have it
OF_HEADING = "_g"  # before a term: the row's own title has it
NAME = "_n"  # before a digest: the thing's title or one of its names, whole

# What is no facet and lies beside their values: the portals that show a thing.
PORTAL = "portal"

_TOKENS = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*|[.;:!?](?=\W*$)")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return the text in stored form, without what a database refuses: NUL and halves of surrogate pairs."""
    return normalise(_UNSTORABLE.sub("", text))


def chunks(text: str) -> list[str]:
    """Return what stands between spaces; the end of a line is a chunk that ends a sentence."""
    return text.replace("\n", " . ").split()


def words_in(chunk: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a chunk, folded and as written; what ends a sentence is a pair of nothings."""
    return _words_in(chunk) if len(chunk) <= LONGEST else _words_in.__wrapped__(chunk)


# Texts have few different chunks, and finding a chunk's words anew took two thirds of the time of indexing.
@lru_cache(maxsize=200_000)
def _words_in(chunk):
    found = []
    for token in _TOKENS.findall(chunk):
        word = fold(token)[:LONGEST] if token[0].isalnum() else ""
        found.append((word, token if word else ""))
    return tuple(found)


def words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text in stored form, folded and as written; a pair of nothings where a sentence ends."""
    for chunk in chunks(text):
        yield from words_in(chunk)


def syllables(text: str) -> list[str]:
    """Return the folded syllables of a text in any form."""
    return [word for word, _ in words(storable(text)) if word]


def pair(first: str, second: str) -> str:
    return f"{first}_{second}"


def side_by_side(neighbours: list[str]) -> list[str]:
    """Return the terms of words that stand side by side."""
    return [pair(*two) for two in pairwise(neighbours)] or neighbours


def terms(text: str) -> set[str]:
    """Return the syllables and pairs of a text in stored form."""
    found = [word for chunk in chunks(text) for word, _ in words_in(chunk)]
    own = set(found)
    own.update(f"{first}_{second}" for first, second in pairwise(found) if first and second)
    own.discard("")
    return own


def portal_mark(agency: int) -> str:
    return f"_p{agency}"


@lru_cache(maxsize=10_000)
def value_mark(facet: Facet, value: str) -> str:
    """Return the mark of a facet's value; a digest, since a value may hold anything."""
    return "_v" + blake2b(f"{facet}={value}".encode(errors="replace"), digest_size=8).hexdigest()


def name_mark(name: Iterable[str]) -> str:
    """Return the mark of a whole title or name by its folded syllables."""
    return NAME + blake2b(" ".join(name).encode(), digest_size=8).hexdigest()


def values(thing: Thing) -> list[tuple[Facet, str]]:
    """Return all values by which a thing is counted."""
    found = {(Facet.KIND, thing.kind.value), (Facet.AGENCY, str(thing.owner))}
    found.update((Facet(facet), storable(value)) for facet, own in thing.facets.items() for value in own)
    return sorted(found)


def parts(text: str) -> Iterator[str]:
    """Cut a long text where a line, a sentence or a word ends; joined, the parts are the text."""
    while len(text) > PART:
        cut = next((at for end in ("\n", ". ", " ") if (at := text.rfind(end, PART // 2, PART)) > 0), PART - 1) + 1
        yield text[:cut]
        text = text[cut:]
    yield text


def rows(thing: Thing) -> Iterator[tuple[int, int, Passage, set[str]]]:
    """Yield the rows of a thing: their number, their passage's place (-1: the head), a passage or part, its terms."""
    title = terms(_joined((thing.title, *thing.names)))
    summary = terms(storable(thing.summary))
    marks = {EVERY, *map(portal_mark, thing.places), *(value_mark(*value) for value in values(thing))}
    names = {name_mark(name) for text in (thing.title, *thing.names) if (name := syllables(text))}
    yield 0, -1, Passage(text=""), title | summary | marks | names | {HEAD_ROW} | _marked(OF_HEADING, title)
    marks |= _marked(OF_HEAD, title | summary)
    for number, (place, passage) in enumerate(_passages(thing.passages), 1):
        if number == MOST_ROWS:
            return
        heading = terms(_joined((passage.label, passage.heading)))
        own = terms(passage.text) | heading | _marked(OF_HEADING, heading)
        yield number, place, passage, own | marks


def _passages(passages: Iterable[Passage]) -> Iterator[tuple[int, Passage]]:
    for place, passage in enumerate(passages):
        label, heading = storable(passage.label), storable(passage.heading)
        for part in parts(storable(passage.text)):
            yield place, Passage(part, storable(passage.anchor), label, heading)


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(storable(text) for text in texts)


def _marked(mark: str, those: Iterable[str]) -> set[str]:
    return {mark + term for term in those}
