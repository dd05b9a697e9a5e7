"""The engine on the database in use."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import DatabaseError, connection, transaction

from search.engine import DEEPEST, Answer, EngineFailed, Hit, Index, Query, Thing
from search.enums import Facet, Sort
from search.wanted import Wanted

from . import tables as generations
from .bounds import bounded
from .candidates import MOST_MATCHING
from .counting import counts_of
from .filters import condition_of
from .numbered import numbered, with_element
from .ranking import Found, Ranking, rank, things_without
from .tables import Tables
from .writing import drop, put

_PART = 5_000


class DatabaseEngine:
    """Finds things in the tables of the live generation (search.engine.Engine); `tables` are those of another one."""

    name = "database"

    def __init__(self, tables: Tables | None = None):
        self._tables = tables

    def find(self, query: Query) -> Answer:
        with _failures(), bounded():
            tables = self._answering()
            return _answer(tables, query) if tables else Answer()

    def has_index(self) -> bool:
        with _failures():
            return self._answering() is not None

    def _answering(self):
        return self._tables or generations.live()

    def put(self, things: Iterable[Thing]) -> None:
        with _failures(), transaction.atomic():
            put(self._writable(), things)

    def drop(self, keys: Iterable[str]) -> None:
        with _failures(), transaction.atomic():
            drop(self._writable(), keys)

    def _writable(self):
        return self._tables or generations.locked_live() or generations.begin(is_live=True)

    @contextmanager
    def rebuilding(self) -> Iterator[Index]:
        with _failures():
            for tables in generations.abandoned():
                generations.forget(tables)
            tables = generations.begin()
        try:
            yield DatabaseEngine(tables)
            with _failures():
                tables.settle()
                generations.make_live(tables)
        except BaseException:
            generations.forget(tables)
            raise

    @contextmanager
    def apart(self) -> Iterator["DatabaseEngine"]:
        """Give an empty engine of its own that never answers visitors, and remove it at the end: for judging."""
        tables = generations.begin()
        try:
            yield DatabaseEngine(tables)
        finally:
            generations.forget(tables)

    def settle(self) -> None:
        """Let the database take stock of what was put, as after a rebuild."""
        if (tables := self._answering()) is not None:
            tables.settle()

    def digests(self) -> Iterator[tuple[str, str]]:
        tables = self._answering()
        last = ""
        collation = ' COLLATE "C"' if generations.is_postgresql() else ""
        while tables is not None:
            with _failures(), connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT key, digest FROM {tables.thing} WHERE key{collation} > %s"
                    f" ORDER BY key{collation} LIMIT {_PART}",
                    [last],
                )
                rows = cursor.fetchall()
            yield from rows
            if len(rows) < _PART:
                return
            last = rows[-1][0]


@contextmanager
def _failures():
    try:
        yield
    except DatabaseError as error:
        raise EngineFailed(f"database: {error}") from error


def _answer(tables, query: Query) -> Answer:
    if query.wanted.is_empty:
        ranking = _listed(tables, query)
    else:
        ranking = _found(tables, query)
    end = min(query.offset + query.size, DEEPEST)
    hits = tuple(_hit(found) for found in ranking.found[query.offset : end])
    facets = _facets(tables, query, ranking) if query.with_facets else {}
    return Answer(hits, len(ranking.found), ranking.is_exact, facets)


def _hit(found: Found) -> Hit:
    return Hit(found.key, found.passages, found.score, found.is_near)


def _found(tables, query):
    named = numbered(tables, query, condition_of(tables, query)) if query.wanted.numbers else []
    ranking = rank(tables, query) if query.wanted.words or query.wanted.phrases else Ranking()
    if named:
        passages = {one.thing: one.passages for one in ranking.found}
        named = [replace(one, passages=passages.get(one.thing, ())) for one in named]
        things = {one.thing for one in named}
        ranking.found = named + [one for one in ranking.found if one.thing not in things]
        ranking.counted = list(dict.fromkeys([*things, *ranking.counted]))
    if query.wanted.eid:
        with_element(tables, ranking.found, query.wanted.eid)
    return ranking


def _listed(tables, query):
    """Everything that the filters leave, by day."""
    condition = condition_of(tables, query)
    order = "t.day ASC" if query.sort == Sort.OLDEST else "t.day DESC"
    nulls = " NULLS LAST"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id, t.key, t.day FROM {tables.thing} t WHERE 1 = 1{condition.sql}"
            f" ORDER BY {order}{nulls}, t.id DESC LIMIT {MOST_MATCHING}",
            condition.values,
        )
        found = [Found(number, key=key, day=day) for number, key, day in cursor.fetchall()]
    return Ranking(found, [one.thing for one in found], is_exact=len(found) < MOST_MATCHING)


def _facets(tables, query, ranking):
    facets = counts_of(tables, ranking.counted)
    for facet, chosen in query.facets.items():
        if chosen:
            facets[facet] = counts_of(tables, _without(tables, query, facet)).get(facet, {})
    return facets


def _without(tables, query, facet: Facet):
    """What is found without the filter of one facet."""
    if query.wanted == Wanted(text=query.wanted.text):
        open_facets = {other: chosen for other, chosen in query.facets.items() if other != facet}
        return _listed(tables, replace(query, facets=open_facets)).counted
    condition = condition_of(tables, query, without=facet)
    named = [one.thing for one in numbered(tables, query, condition)] if query.wanted.numbers else []
    return list(dict.fromkeys(named + things_without(tables, query, facet)))
