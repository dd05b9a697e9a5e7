"""What a change of words would change for people who search."""

from dataclasses import dataclass, replace

from search import engines
from search.database import store
from search.engine import Query
from search.models import SynonymGroup
from search.understanding import Synonyms, want

from .wording import synonyms_with

FIRST = 5


@dataclass(frozen=True)
class Compared:
    """The first titles that a query finds before and after, and how many there are."""

    query: str
    before: list[str]
    after: list[str]
    count_before: int
    count_after: int

    @property
    def is_same(self) -> bool:
        return (self.before, self.count_before) == (self.after, self.count_after)


def compare(words: str, queries: list[str], instead_of: SynonymGroup | None = None) -> list[Compared]:
    """Return what queries find in the whole province as it is and with a group of words."""
    now, then = synonyms_with(instead_of=None), synonyms_with(words, instead_of)
    return [_compared(query, now, then) for query in queries]


def _compared(query, now: Synonyms, then: Synonyms):
    before, count_before = _first(query, now)
    after, count_after = _first(query, then)
    return Compared(query, before, after, count_before, count_after)


def _first(text, synonyms):
    answer = engines.find(replace(Query(want(text, synonyms=synonyms), with_facets=False), size=FIRST)).answer
    having_all = [hit for hit in answer.hits if not hit.is_near]
    titles = [shown.thing.title for shown in store.shown(having_all)]
    return titles, answer.total if len(having_all) == len(answer.hits) else len(having_all)
