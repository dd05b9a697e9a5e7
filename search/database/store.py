"""What is shown of found things, whichever engine found them; how common words are; what titles begin with words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from ..engine import Hit, Passage, Thing
from . import reading, stored
from .dialect import dialect
from .expressions import Begins, Has, every
from .generations import batches, live_tables
from .tables import joined
from .terms import EVERY, portal_mark, storable, syllables

# Passages read by one query; SQLite joins no more than 500.
MOST_NAMED = 300
# Suggestions are chosen from so many of the newest things that have the words.
MOST_BEGUN = 200
# Words of a text that is being typed which are looked for.
MOST_WORDS = 12


@dataclass(frozen=True)
class Shown:
    """A hit with its thing, whose passages are left out, and the passages that the hit names, in its order."""

    hit: Hit
    thing: Thing
    passages: tuple[Passage, ...] = ()


def shown(hits: Sequence[Hit]) -> list[Shown]:
    """Return what is to be shown of hits, in their order; what is no longer there is left out."""
    tables = live_tables()
    if tables is None or not hits:
        return []
    condition, parameters = dialect().among("key", [storable(hit.key) for hit in hits])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, key, payload FROM {tables.thing} WHERE {condition}", parameters)
        found = {key: (number, stored.read(payload)) for number, key, payload in cursor.fetchall()}
    passages = _passages(tables, [(found[hit.key][0], hit.passages) for hit in hits if hit.key in found])
    return [
        Shown(
            hit,
            found[hit.key][1],
            tuple(passages[at] for place in hit.passages if (at := (found[hit.key][0], place)) in passages),
        )
        for hit in hits
        if hit.key in found
    ]


def _passages(tables, named):
    """Return the passages of things by thing and place."""
    rows: dict = {}
    pairs = ((thing, place) for thing, places in named for place in dict.fromkeys(places))
    for some in batches(pairs, MOST_NAMED):
        for row, place, *own in _rows_named(tables, some):
            rows.setdefault((stored.thing_of(row), place), []).append(own)
    return {at: joined(own) for at, own in rows.items()}


def _rows_named(tables, named):
    # Each is looked up by itself: alternatives in one condition, or a join with a list of bounds, would make the one
    # or the other database read all rows.
    columns = "id, place, anchor, label, heading, text"
    one = f"SELECT {columns} FROM {tables.passage} WHERE id BETWEEN %s AND %s AND place = %s"
    bounds = [bound for thing, place in named for bound in (stored.row_of(thing), stored.row_of(thing + 1) - 1, place)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(named)) + " ORDER BY id", bounds)
        return cursor.fetchall()


def frequencies(terms: Iterable[str]) -> dict[str, int]:
    """Return in how many passages folded syllables ("dat") or pairs of neighbours ("dat_dai") are, 0 for unknown ones.

    The head of a thing (title, names and summary) counts as a passage.
    """
    terms = list(terms)
    tables = live_tables()
    known = reading.frequencies(tables, map(storable, terms)) if tables else {}
    return {term: known.get(term, 0) for term in terms}


class Remembered:
    """Frequencies of terms, each asked for once: for the steps of one answer, which ask for the same words."""

    def __init__(self):
        self._known: dict[str, int] = {}

    def __call__(self, terms: Iterable[str]) -> dict[str, int]:
        terms = list(terms)
        unknown = [term for term in terms if term not in self._known]
        if unknown:
            self._known |= frequencies(unknown)
        return {term: self._known[term] for term in terms}


def passage_count() -> int:
    """Return how many passages there are, heads among them."""
    return frequencies([EVERY])[EVERY]


def begins(text: str, portal: int | None, size: int) -> list[Thing]:
    """Return things whose title or names have the folded words, of which the last may be begun only.

    First those whose title or a name begins so, then those that have the words side by side, then the others; among
    equals the shorter title stands first.
    """
    words = syllables(text)[:MOST_WORDS]
    tables = live_tables()
    if tables is None or not words:
        return []
    mark = EVERY if portal is None else portal_mark(portal)
    sql, parameters = tables.title_text.match(every([*map(Has, words[:-1]), Begins(words[-1]), Has(mark)]))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, payload FROM {tables.thing} WHERE id IN"
            f" (SELECT id FROM ({sql} ORDER BY {dialect().ROW} DESC LIMIT %s) AS begun)",
            [*parameters, MOST_BEGUN],
        )
        found = [(_rank(thing, words), -number, thing) for number, payload in cursor if (thing := stored.read(payload))]
    return [thing for _, _, thing in sorted(found, key=lambda item: item[:2])[:size]]


def _rank(thing, words):
    begun = " " + " ".join(words)
    names = [" " + " ".join(syllables(name)) for name in (thing.title, *thing.names)]
    if any(name.startswith(begun) for name in names):
        place = 0
    else:
        place = 1 if any(begun in name for name in names) else 2
    return place, len(thing.title)
