"""What is there when nothing is asked: everything under the filters, by day; the numbers of it are kept (`tallies`)."""

from functools import cached_property

from ..engine import Answer, Hit
from ..enums import Facet, Sort
from . import filters, stored, tallies
from .dialect import dialect
from .reading import Reader
from .terms import PORTAL

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
        self.chosen = filters.chosen(self.query)
        # No numbers are kept of what these leave.
        self._unkept = [*filters.limits(self.tables, self.query), *self._sparing()]

    def answer(self) -> Answer:
        counts = self._counts(None, None if self.query.with_facets else Facet.KIND)
        total = tallies.total(counts)
        return Answer(self._page(total), total, facets=self._facets(counts) if self.query.with_facets else {})

    def _facets(self, left):
        counts = {facet: own for facet, own in left.items() if facet not in self.chosen}
        for facet in self.chosen:
            counts[facet] = self._counts(facet, facet).get(facet, {})
        return counts

    def _page(self, total):
        if not total:
            return ()
        values = filters.values(self.query, self.chosen)
        conditions = [*self._unkept]
        if values and total <= _FEW:
            rarest = self._rarest(values)
            sql, parameters = _those_of(self.tables, rarest, values.pop(rarest))
            conditions.append((f"thing.id IN ({sql})", parameters))
        where, parameters = filters.joined(
            [*conditions, *(filters.having(self.tables, *each) for each in values.items())]
        )
        order = _ORDERS.get(self.query.sort, _NEWEST)
        page = self.reader.ask(
            f"SELECT key FROM {self.tables.thing} AS thing {where} ORDER BY {order} LIMIT %s OFFSET %s",
            [*parameters, self.query.size, self.query.offset],
        )
        return tuple(Hit(key) for (key,) in page)

    def _counts(self, of_all: Facet | None, facet: Facet | None = None):
        """Return the numbers of values of one facet or of all, without the filter of one."""
        chosen = [each for each in self.chosen.items() if each[0] != of_all]
        if not self._unkept:
            chosen = [each for each in chosen if not any(self._has_all(each, other) for other in chosen)]
            kept = self._kept(*chosen) if len(chosen) < 2 else None
            if kept is not None:
                return kept
        return self._counted(dict(chosen), facet)

    def _has_all(self, chosen, other):
        """Whether a filter leaves all that another one leaves, as that of documents leaves all that have a type."""
        own, of_other = self._kept(chosen), self._kept(other)
        if chosen[0] == other[0] or own is None or of_other is None:
            return False
        both = sum(of_other.get(chosen[0], {}).get(value, 0) for value in chosen[1])
        # Of two that leave the same, the first one stays.
        is_first = both == self._number(chosen) and list(self.chosen).index(chosen[0]) < list(self.chosen).index(
            other[0]
        )
        return both == self._number(other) and not is_first

    def _number(self, chosen):
        """Return how many things of the portal have one of the values, counting those of several more than once."""
        return sum(self._kept().get(chosen[0], {}).get(value, 0) for value in chosen[1])

    def _kept(self, chosen=None):
        if chosen not in self._known:
            self._known[chosen] = tallies.under(self.tables.tally, self.query.portal, chosen)
        return self._known[chosen]

    @cached_property
    def _known(self):
        return {}

    def _counted(self, chosen, facet):
        values = filters.values(self.query, chosen)
        source, parameters = self.tables.thing, []
        if values:
            rarest = self._rarest(values)
            sql, parameters = _those_of(self.tables, rarest, values.pop(rarest))
            source = f"({sql})"
        where, more = filters.joined([*self._unkept, *(filters.having(self.tables, *each) for each in values.items())])
        source = f"(SELECT id FROM {source} AS thing {where}) AS listed"
        return self.reader.counted(source, [*parameters, *more], thing="listed.id", facet=facet)

    def _sparing(self):
        """Yield the condition that no row of a thing has a word that none may have."""
        if self.reader.unwanted:
            sql, parameters = self.tables.full_text.match(self.reader.unwanted)
            yield f"thing.id NOT IN (SELECT {stored.thing_of_sql('unwanted.id')} FROM ({sql}) AS unwanted)", parameters

    def _rarest(self, values):
        """Return the filter that leaves the fewest things; on its portal a value is rarer than the portal."""
        facets = [facet for facet in values if facet != PORTAL]
        return min(facets, key=lambda facet: self._number((Facet(facet), values[facet])), default=PORTAL)


def _those_of(tables, facet, values):
    """Return the SQL of the things that have one of the values."""
    condition, parameters = dialect().among("value", list(values))
    distinct = "DISTINCT " if len(values) > 1 else ""
    return f"SELECT {distinct}thing AS id FROM {tables.value} WHERE facet = %s AND {condition}", [facet, *parameters]
