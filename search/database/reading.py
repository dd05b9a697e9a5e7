"""What the tables of one generation answer to the steps of a search."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import prod

from django.db import connection

from ..engine import Query
from ..enums import Facet
from . import stored
from .dialect import dialect
from .expressions import Either, Expression, Has, Without, either, every
from .tables import Tables
from .terms import EVERY, PORTAL, portal_mark, side_by_side, storable, syllables, value_mark

# Values of one facet that an expression names; more are looked up first, and what no thing has is left out.
MOST_VALUES = 50
MOST_EXCLUDED = 20


class Reader:
    """Rows and things that the filters of a query leave."""

    def __init__(self, tables: Tables, query: Query):
        self.tables = tables
        self.query = query
        excluded = [words for text in query.wanted.excluded[:MOST_EXCLUDED] if (words := syllables(text))]
        self.unwanted = either(every(map(Has, side_by_side(words))) for words in excluded) if excluded else None
        self._marks = self._marks_of_filters()
        self._conditions = list(self._conditions_of_filters())

    @cached_property
    def _all_rows(self) -> int:
        return self.frequencies([EVERY]).get(EVERY, 0)

    @cached_property
    def _share(self) -> float:
        """The share of all rows that the portal and the values leave, as if they had nothing to do with each other.

        Days and keys are not known to it: it is too high there, and what is too common is passed over too soon.
        """
        marks = {name: mark.parts if isinstance(mark, Either) else (mark,) for name, mark in self._marks.items()}
        known = self.frequencies(part.term for parts in marks.values() for part in parts)
        shares = [sum(known.get(part.term, 0) for part in parts) / (self._all_rows or 1) for parts in marks.values()]
        return prod(min(1.0, share) for share in shares)

    def rows(
        self,
        expression: Expression,
        limit: int,
        *,
        of_all: Facet | None = None,
        oldest: bool = False,
        ordered: bool = True,
    ) -> list[int]:
        """Return the rows that have what is asked, the newest first.

        `of_all`: the facet whose filter does not hold. Without `ordered` they come as the database has them.
        """
        sql, parameters = self.matching(expression, of_all)
        order = f"ORDER BY {dialect().ROW} {'ASC' if oldest else 'DESC'}" if ordered else ""
        found = self.ask(f"{sql} {order} LIMIT %s", [*parameters, limit])
        return [row for (row,) in found]

    def rows_of(self, thing: int, expressions: Sequence[Expression], of_all: Facet | None = None) -> list[list[int]]:
        """Return the rows of one thing that have what is asked, for each of several expressions."""
        found: list[list[int]] = [[] for _ in expressions]
        queries, bound = [], []
        for place, expression in enumerate(expressions):
            sql, parameters = self.matching(expression, of_all)
            queries.append(
                f"SELECT {place}, id FROM ({sql} AND {dialect().NUMBER} >= %s AND {dialect().NUMBER} < %s) AS own"
            )
            bound += [*parameters, stored.row_of(thing), stored.row_of(thing + 1)]
        for place, row in self.ask(" UNION ALL ".join(queries), bound) if queries else ():
            found[place].append(row)
        return found

    def unfiltered(self, expression: Expression, first: int, last: int) -> list[int]:
        """Return the rows between two that have what is asked, whatever the filters leave."""
        sql, parameters = self.tables.full_text.match(expression)
        sql += f" AND {dialect().ROW} BETWEEN %s AND %s"
        return [row for (row,) in self.ask(sql, [*parameters, first, last])]

    def without_excluded(self, things: Iterable[int]) -> set[int]:
        """Return the things of which no row has a word that none may have."""
        things = set(things)
        if self.unwanted and things:
            sql, parameters = self.tables.full_text.match(self.unwanted)
            condition, own = dialect().among(stored.thing_of_sql(dialect().ROW), list(things))
            rows = self.ask(f"{sql} AND {condition}", [*parameters, *own])
            things -= {stored.thing_of(row) for (row,) in rows}
        return things

    def expected(self, frequency: int) -> tuple[int, int]:
        """Return how many rows of a term the filters probably leave, and how many are looked at for that."""
        rows = frequency * self._share
        return int(rows), int(min(frequency, max(rows, self._share * self._all_rows)))

    def matching(self, expression: Expression, of_all: Facet | None = None) -> tuple[str, list]:
        """Return the SQL of such rows (id)."""
        marks = [mark for facet, mark in self._marks.items() if facet != of_all]
        wanted = every([expression, *marks])
        if self.unwanted:
            wanted = Without(wanted, self.unwanted)
        sql, parameters = self.tables.full_text.match(wanted)
        for condition, own in self._conditions:
            sql += f" AND {condition}"
            parameters += own
        return sql, parameters

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Return in how many rows terms are; those of none are left out."""
        return frequencies(self.tables, terms)

    def texts(self, rows: Sequence[int]) -> dict[int, tuple[str, str, str]]:
        """Return label, heading and text of rows."""
        condition, parameters = dialect().among("id", rows)
        found = self.ask(f"SELECT id, label, heading, text FROM {self.tables.passage} WHERE {condition}", parameters)
        return {row: (label, heading, text) for row, label, heading, text in found}

    def places(self, rows: Sequence[int]) -> dict[int, int]:
        """Return of which passage of its thing each row is."""
        condition, parameters = dialect().among("id", rows)
        return dict(self.ask(f"SELECT id, place FROM {self.tables.passage} WHERE {condition}", parameters))

    def places_of(self, thing: int, anchors: Sequence[str]) -> dict[str, int]:
        """Return the first passage of each of the anchors that a thing has."""
        condition, parameters = dialect().among("anchor", list(map(storable, anchors)))
        sql = (
            f"SELECT anchor, min(place) FROM {self.tables.passage} WHERE id >= %s AND id < %s AND {condition}"
            " GROUP BY anchor"
        )
        return dict(self.ask(sql, [stored.row_of(thing), stored.row_of(thing + 1), *parameters]))

    def keys(self, things: Sequence[int]) -> dict[int, str]:
        condition, parameters = dialect().among("id", things)
        return dict(self.ask(f"SELECT id, key FROM {self.tables.thing} WHERE {condition}", parameters))

    def payloads(self, things: Sequence[int]) -> dict[int, str]:
        condition, parameters = dialect().among("id", things)
        return dict(self.ask(f"SELECT id, payload FROM {self.tables.thing} WHERE {condition}", parameters))

    def counts(self, things: Sequence[int], facet: Facet | None = None) -> dict[Facet, dict[str, int]]:
        """Count the values of things, of one facet or of all."""
        return self.counted(*dialect().listed(things), thing="listed.value", facet=facet)

    def counted(
        self, source: str, parameters: list, *, thing: str, facet: Facet | None = None
    ) -> dict[Facet, dict[str, int]]:
        """Count the values of the things of a source, of one facet or of all; `thing` is their number there."""
        # Things first, then their values: for one facet alone SQLite would begin with all values of it.
        sql = f"SELECT facet, value.value, count(*) FROM {source} CROSS JOIN {self.tables.value} AS value"
        sql += f" WHERE value.thing = {thing} AND facet {'=' if facet else '<>'} %s"
        parameters = [*parameters, facet.value if facet else PORTAL]
        return _by_facet(self.ask(f"{sql} GROUP BY facet, value.value ORDER BY 3 DESC, 2", parameters))

    def ask(self, sql: str, parameters: Sequence) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def _marks_of_filters(self) -> Mapping[str, Expression]:
        marks = {}
        if self.query.portal is not None:
            marks[PORTAL] = Has(portal_mark(self.query.portal))
        for facet, values in self.query.facets.items():
            if values:
                # Nothing has a mark of no value: where all values are unknown, nothing is found.
                known = self._known(facet, list(dict.fromkeys(map(storable, values)))) or [""]
                marks[facet] = either(Has(value_mark(facet, value)) for value in known)
        return marks

    def _known(self, facet, values):
        if len(values) <= MOST_VALUES:
            return values
        condition, parameters = dialect().among("value", values)
        sql = f"SELECT DISTINCT value FROM {self.tables.value} WHERE facet = %s AND {condition}"
        return [value for (value,) in self.ask(sql, [facet.value, *parameters])]

    def _conditions_of_filters(self):
        row = dialect().ROW
        since, until = self.query.since, self.query.until
        if since or until:
            # What has no day lies before all days.
            first = stored.day_of(since) if since else 1
            yield f"{row} >= %s", [stored.row_of(stored.first_of_day(first))]
        if until:
            yield f"{row} < %s", [stored.row_of(stored.first_of_day(stored.day_of(until) + 1))]
        if self.query.keys is not None:
            condition, parameters = dialect().among("key", list(map(storable, self.query.keys)))
            things = self.ask(f"SELECT id FROM {self.tables.thing} WHERE {condition}", parameters)
            yield dialect().among(stored.thing_of_sql(row), [thing for (thing,) in things])


def _by_facet(rows):
    counts: dict[Facet, dict[str, int]] = {}
    for name, value, number in rows:
        counts.setdefault(Facet(name), {})[value] = number
    return counts


def frequencies(tables: Tables, terms: Iterable[str]) -> dict[str, int]:
    """Return in how many rows terms are; those of none are left out."""
    condition, parameters = dialect().among("term", list(terms))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT term, df FROM {tables.term} WHERE {condition}", parameters)
        return dict(cursor.fetchall())
