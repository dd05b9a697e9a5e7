"""The passages that may be the best: found by the rarest terms, within a budget, and worth what they have of them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection

from search.engine import Query

from .asked import Asked, match_of
from .filters import Condition
from .tables import Tables, is_postgresql

# Rows that are read of the terms of one query. Among those of a filter the rare ones may be common elsewhere.
BUDGET = 24_000
BUDGET_IN_FILTER = 80_000
# Passages with all that is required; beyond, counting stops.
MOST_MATCHING = 10_000


@dataclass
class Candidates:
    """Passages by their keys: (thing, position), and what they are worth so far."""

    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    worth: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, rows, worth: float) -> None:
        for passage, thing, position in rows:
            self.places[passage] = (thing, position)
            self.worth[passage] += worth

    def best(self, most: int, each: int = 3) -> list[int]:
        """Return the most promising passages, few of each thing: its title counts for all of them."""
        heads = {thing: self.worth[passage] for passage, (thing, position) in self.places.items() if not position}
        worth = {
            passage: self.worth[passage] + 0.5 * heads.get(thing, 0.0) for passage, (thing, _) in self.places.items()
        }
        taken: dict[int, int] = defaultdict(int)
        chosen = []
        for passage in sorted(worth, key=lambda key: (-worth[key], key)):
            thing = self.places[passage][0]
            if taken[thing] < each:
                taken[thing] += 1
                chosen.append(passage)
                if len(chosen) == most:
                    break
        return chosen


def gather(tables: Tables, asked: Asked, query: Query, condition: Condition) -> Candidates:
    """Read the postings of the rarest terms; the rarest one whatever it costs, up to the budget."""
    found = Candidates()
    left = BUDGET_IN_FILTER if condition.parts else BUDGET
    for place, term in enumerate(asked.terms):
        if place and term.frequency > left:
            break
        found.add(postings(tables, match_of([[(term.text,)]], asked.wanted.excluded), condition, left), term.worth)
        left -= term.frequency
    return found


def matching(tables: Tables, asked: Asked, query: Query, condition: Condition) -> list[tuple[int, int, int]]:
    """Return (passage, thing, position) of the passages that have all that is required, MOST_MATCHING at most."""
    match = match_of(asked.required, asked.wanted.excluded)
    return list(postings(tables, match, condition, MOST_MATCHING))


def postings(tables: Tables, match: str, condition: Condition, most: int) -> Iterator[tuple[int, int, int]]:
    """Yield (passage, thing, position) of what matches under the filters."""
    joined = f"JOIN {tables.thing} t ON t.id = p.thing" if condition.parts else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.id, p.thing, p.position FROM {source(tables)} {joined}"
            f" WHERE {matches(tables)}{condition.sql} LIMIT %s",
            [match, *condition.values, most],
        )
        yield from cursor.fetchall()


def source(tables: Tables) -> str:
    """Return the passages `p` with the full text beside them."""
    if is_postgresql():
        return f"{tables.passage} p"
    return f"{tables.words} JOIN {tables.passage} p ON p.id = {tables.words}.rowid"


def matches(tables: Tables) -> str:
    return "p.terms @@ %s::tsquery" if is_postgresql() else f"{tables.words} MATCH %s"
