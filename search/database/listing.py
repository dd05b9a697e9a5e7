"""What is there when nothing is asked: everything under the filters, by day; the numbers of it are kept (`tallies`)."""

from functools import cached_property

from ..engine import Answer, Hit
from ..enums import Facet, Sort
from . import stored, tallies
from .dialect import dialect
from .reading import Reader
from .terms import PORTAL, storable

# By day, what has none last; then by key, so that pages are stable.
_ORDERS = {Sort.OLDEST: "(day = 0), day, key"}
_NEWEST = "day DESC, key"
# What is left by the filters is put into order as a whole where that is not more than this; where it is, things are
# passed through in their order until a page is full.
_FEW = 2_000


def find(reader: Reader) -> Answer:
    return Listing(reader).answer()


class Listing:
    """A list under the filters of a query, and how much there is of each value."""

    def __init__(self, reader: Reader):
        self.reader = reader
        self.query = reader.query
        self.tables = reader.tables
        self.chosen = {
            facet: tuple(dict.fromkeys(map(storable, own))) for facet, own in self.query.facets.items() if own
        }
        self._unkept = list(self._conditions_without_number())

    def answer(self) -> Answer:
        total = tallies.total(self._counts(None, Facet.KIND))
        return Answer(self._page(total), total, facets=self._facets() if self.query.with_facets else {})

    def _facets(self):
        counts = {facet: own for facet, own in self._counts(None).items() if facet not in self.chosen}
        for facet in self.chosen:
            counts[facet] = self._counts(facet, facet).get(facet, {})
        return counts

    def _page(self, total):
        if not total:
            return ()
        values = self._values()
        rarest = min(values, key=lambda facet: self._number_of(facet, values[facet]), default=None)
        conditions = [*self._unkept, *(_having(self.tables, *each) for each in values.items())]
        if rarest and total <= _FEW:
            conditions = [*self._unkept, *(_having(self.tables, *each) for each in values.items() if each[0] != rarest)]
            sql, parameters = _those_of(self.tables, rarest, values[rarest])
            conditions.append((f"id IN ({sql})", parameters))
        where, parameters = _joined(conditions)
        order = _ORDERS.get(self.query.sort, _NEWEST)
        page = self.reader.ask(
            f"SELECT key FROM {self.tables.thing} AS thing {where} ORDER BY {order} LIMIT %s OFFSET %s",
            [*parameters, self.query.size, self.query.offset],
        )
        return tuple(Hit(key) for (key,) in page)

    def _counts(self, of_all: Facet | None, facet: Facet | None = None):
        """Return the numbers of values of one facet or of all, without the filter of one."""
        chosen = [each for each in self.chosen.items() if each[0] != of_all]
        if len(chosen) < 2 and not self._unkept:
            kept = self._kept(chosen[0] if chosen else None)
            if kept is not None:
                return kept
        return self._counted(of_all, facet)

    def _kept(self, chosen):
        if chosen not in self._known:
            self._known[chosen] = tallies.under(self.tables.tally, self.query.portal, chosen)
        return self._known[chosen]

    @cached_property
    def _known(self):
        return {}

    def _counted(self, of_all, facet):
        values = self._values(of_all)
        conditions = self._unkept
        source = self.tables.thing
        if values:
            rarest = min(values, key=lambda each: self._number_of(each, values[each]))
            sql, parameters = _those_of(self.tables, rarest, values.pop(rarest))
            source = f"({sql})"
        else:
            parameters = []
        conditions = [*conditions, *(_having(self.tables, *each) for each in values.items())]
        where, more = _joined(conditions)
        source = f"(SELECT id FROM {source} AS thing {where}) AS listed"
        return self.reader.counted(source, [*parameters, *more], thing="listed.id", facet=facet)

    def _values(self, of_all=None) -> dict[str, tuple[str, ...]]:
        """Return the values of filters, the portal among them."""
        values = {facet.value: own for facet, own in self.chosen.items() if facet != of_all}
        return values | ({PORTAL: (str(self.query.portal),)} if self.query.portal is not None else {})

    def _number_of(self, facet, values):
        """Return how many things have one of the values, counting those of several more than once."""
        return (
            self._numbers[facet]
            if facet in self._numbers
            else self._numbers.setdefault(facet, self._sum(facet, values))
        )

    @cached_property
    def _numbers(self):
        return {}

    def _sum(self, facet, values):
        if facet == PORTAL:
            return tallies.total(tallies.under(self.tables.tally, self.query.portal, None))
        counts = tallies.under(self.tables.tally, None, None).get(Facet(facet), {})
        return sum(counts.get(value, 0) for value in values)

    def _conditions_without_number(self):
        """Yield what no numbers are kept of: days, keys, excluded words."""
        query = self.query
        if query.since or query.until:
            # What has no day lies before all days.
            yield "id >= %s", [stored.first_of_day(stored.day_of(query.since) if query.since else 1)]
        if query.until:
            yield "id < %s", [stored.first_of_day(stored.day_of(query.until) + 1)]
        if query.keys is not None:
            condition, parameters = dialect().among("key", list(map(storable, query.keys)))
            yield f"id IN (SELECT id FROM {self.tables.thing} WHERE {condition})", parameters
        if self.reader.unwanted:
            sql, parameters = self.tables.full_text.match(self.reader.unwanted)
            yield f"id NOT IN (SELECT {stored.thing_of_sql('unwanted.id')} FROM ({sql}) AS unwanted)", parameters


def _those_of(tables, facet, values):
    """Return the SQL of the things that have one of the values."""
    condition, parameters = dialect().among("value", list(values))
    distinct = "DISTINCT " if len(values) > 1 else ""
    return f"SELECT {distinct}thing AS id FROM {tables.value} WHERE facet = %s AND {condition}", [facet, *parameters]


def _having(tables, facet, values):
    """Return the condition that a thing has one of the values; bounded, so that no database makes a join of it."""
    condition, parameters = dialect().among("own.value", list(values))
    sql = f"SELECT 1 FROM {tables.value} AS own WHERE own.thing = thing.id AND own.facet = %s AND {condition}"
    return f"EXISTS ({sql} LIMIT 1 OFFSET 0)", [facet, *parameters]


def _joined(conditions):
    where = " AND ".join(condition for condition, _ in conditions)
    return f"WHERE {where}" if where else "", [value for _, own in conditions for value in own]
