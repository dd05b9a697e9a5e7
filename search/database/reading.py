"""What the tables of one generation answer to the steps of a search."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from django.db import connection

from ..engine import Query
from ..enums import Facet
from . import stored
from .dialect import dialect
from .expressions import Expression, Has, Without, either, every
from .tables import Tables
from .terms import HEAD_ROW, portal_mark, side_by_side, storable, syllables, value_mark

# Values of one facet that an expression names; more are looked up first, and what no thing has is left out.
MOST_VALUES = 50
MOST_EXCLUDED = 20
# The filter that is not one of a facet.
PORTAL = "portal"


class Reader:
    """Rows and things that the filters of a query leave."""

    def __init__(self, tables: Tables, query: Query):
        self.tables = tables
        self.query = query
        excluded = [words for text in query.wanted.excluded[:MOST_EXCLUDED] if (words := syllables(text))]
        self._unwanted = either(every(map(Has, side_by_side(words))) for words in excluded) if excluded else None
        self._marks = self._marks_of_filters()
        self._conditions = list(self._conditions_of_filters())

    @property
    def is_narrowed(self) -> bool:
        return bool(self._marks or self._conditions or self._unwanted)

    @cached_property
    def _excluded(self) -> set[int]:
        """The things of which any row has a word that none may have."""
        if not self._unwanted:
            return set()
        sql, parameters = self.tables.full_text.match(self._unwanted)
        thing = stored.thing_of_sql("unwanted.id")
        return {found for (found,) in self.ask(f"SELECT DISTINCT {thing} FROM ({sql}) AS unwanted", parameters)}

    def rows(
        self,
        expression: Expression,
        limit: int,
        *,
        of_all: Facet | None = None,
        among: Iterable[int] | None = None,
        oldest: bool = False,
        thing: int | None = None,
    ) -> list[int]:
        """Return the rows that have what is asked, the newest first.

        `of_all`: the facet whose filter does not hold. `among`: the only things that may be found; `thing`: the one.
        """
        sql, parameters = self.matching(expression, of_all, among)
        if thing is not None:
            sql += f" AND {dialect().NUMBER} >= %s AND {dialect().NUMBER} < %s"
            parameters += [stored.row_of(thing), stored.row_of(thing + 1)]
        order = "ASC" if oldest else "DESC"
        found = self.ask(f"{sql} ORDER BY {dialect().ROW} {order} LIMIT %s", [*parameters, limit])
        excluded = self._excluded
        return [row for (row,) in found if stored.thing_of(row) not in excluded]

    def matching(
        self, expression: Expression | None, of_all: Facet | None = None, among: Iterable[int] | None = None
    ) -> tuple[str, list]:
        """Return the SQL of such rows (id); without an expression it is one row of each thing."""
        marks = [mark for facet, mark in self._marks.items() if facet != of_all]
        wanted = every([expression or Has(HEAD_ROW), *marks])
        if self._unwanted:
            wanted = Without(wanted, self._unwanted)
        sql, parameters = self.tables.full_text.match(wanted)
        conditions = [*self._conditions]
        if expression is None and self._unwanted:
            conditions.append(dialect().among(f"NOT {stored.thing_of_sql(dialect().ROW)}", list(self._excluded)))
        if among is not None:
            conditions.append(dialect().among(stored.thing_of_sql(dialect().ROW), list(among)))
        for condition, own in conditions:
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
        condition, parameters = dialect().among("thing", things)
        return self.counted(f"{self.tables.value} WHERE {condition}", parameters, facet)

    def counted(self, source: str, parameters: list, facet: Facet | None) -> dict[Facet, dict[str, int]]:
        if facet:
            source, parameters = f"{source} AND facet = %s", [*parameters, facet.value]
        sql = f"SELECT facet, value, count(*) FROM {source} GROUP BY facet, value ORDER BY 3 DESC, value"
        counts: dict[Facet, dict[str, int]] = {}
        for name, value, number in self.ask(sql, parameters):
            counts.setdefault(Facet(name), {})[value] = number
        return counts

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


def frequencies(tables: Tables, terms: Iterable[str]) -> dict[str, int]:
    """Return in how many rows terms are; those of none are left out."""
    condition, parameters = dialect().among("term", list(terms))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT term, df FROM {tables.term} WHERE {condition}", parameters)
        return dict(cursor.fetchall())
