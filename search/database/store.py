"""What found things are shown from, and what the index knows of words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from search.engine import Hit, Passage, Thing

from .filters import marks
from .tables import Tables, is_postgresql, live
from .terms import fold_in_place, syllables
from .writing import thing_from

_MOST_TERMS = 400
_MOST_BEGUN = 200


@dataclass(frozen=True)
class Shown:
    """A found thing as it was indexed: without its passages but those that the hit names."""

    hit: Hit
    thing: Thing
    passages: tuple[Passage, ...]


def shown(hits: Sequence[Hit]) -> list[Shown]:
    """Return what hits speak of, in their order; what is gone meanwhile is left out. Two queries."""
    tables = live()
    if tables is None or not hits:
        return []
    keys = [hit.key for hit in hits]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, key, day, payload FROM {tables.thing} WHERE key IN ({marks(len(keys))})", keys)
        rows = {key: (number, thing_from(key, day, payload)) for number, key, day, payload in cursor.fetchall()}
    wanted = [(rows[hit.key][0], place) for hit in hits if hit.key in rows for place in hit.passages]
    passages = _passages(tables, wanted)
    return [
        Shown(hit, rows[hit.key][1], tuple(filter(None, (passages.get((rows[hit.key][0], p)) for p in hit.passages))))
        for hit in hits
        if hit.key in rows
    ]


def _passages(tables, wanted):
    if not wanted:
        return {}
    pairs = ", ".join(["(%s, %s)"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT thing, position, anchor, label, heading, text"
            f" FROM {tables.passage} WHERE (thing, position) IN (VALUES {pairs})",
            [part for thing, place in wanted for part in (thing, place + 1)],
        )
        return {
            (thing, position - 1): Passage(text, anchor, label, heading)
            for thing, position, anchor, label, heading, text in cursor.fetchall()
        }


def frequencies(terms: Iterable[str]) -> dict[str, int]:
    """Return in how many passages folded syllables ("dat") and pairs of neighbours ("dat_dai") stand; 0 for unknown."""
    tables = live()
    terms = list(terms)
    return frequencies_in(tables, terms) if tables else dict.fromkeys(terms, 0)


def frequencies_in(tables: Tables, terms: Iterable[str]) -> dict[str, int]:
    """As `frequencies`, of one generation."""
    counts = dict.fromkeys(terms, 0)
    asked = list(counts)
    with connection.cursor() as cursor:
        for start in range(0, len(asked), _MOST_TERMS):
            part = asked[start : start + _MOST_TERMS]
            cursor.execute(f"SELECT term, doc FROM {tables.terms} WHERE term IN ({marks(len(part))})", part)
            counts.update(cursor.fetchall())
    return counts


def passage_count() -> int:
    """Return how many passages there are, about: those that were replaced count until the next rebuild."""
    tables = live()
    return passage_count_of(tables) if tables else 0


def passage_count_of(tables: Tables) -> int:
    """As `passage_count`, of one generation."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {tables.passage}")
        return cursor.fetchone()[0] or 0


def begins(text: str, portal: int | None, size: int) -> list[Thing]:
    """Return things in whose title or names all words of a text stand, the last of them as the beginning of a word:
    those that begin so first, then the newest.
    """
    tables = live()
    words = [word for found in syllables(text) for word in found][:12]
    if tables is None or not words:
        return []
    place = f"AND EXISTS (SELECT 1 FROM {tables.place} o WHERE o.agency = %s AND o.thing = t.id)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.key, t.day, t.payload FROM {_heads(tables)} {place if portal is not None else ''}"
            f" ORDER BY t.day DESC, t.id DESC LIMIT {_MOST_BEGUN}",
            [_begun(words), *([portal] if portal is not None else [])],
        )
        things = [thing_from(key, day, payload) for key, day, payload in cursor.fetchall()]
    start = " ".join(words)
    things.sort(key=lambda thing: not any(_words(name).startswith(start) for name in (thing.title, *thing.names)))
    return things[:size]


def _heads(tables):
    if is_postgresql():
        return f"{tables.thing} t WHERE t.heads @@ %s::tsquery"
    return f"{tables.heads} JOIN {tables.thing} t ON t.id = {tables.heads}.rowid WHERE {tables.heads} MATCH %s"


def _begun(words):
    if is_postgresql():
        return " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
    return " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])


def _words(text):
    return " ".join(word for found in syllables(fold_in_place(text)) for word in found)
