"""What the filters of a query ask of a thing, where it is looked up and not searched."""

from collections.abc import Iterator, Mapping, Sequence

from ..engine import Query
from ..enums import Facet
from . import stored
from .dialect import dialect
from .tables import Tables
from .terms import PORTAL, storable

Condition = tuple[str, list]


def chosen(query: Query) -> dict[Facet, tuple[str, ...]]:
    """Return the facets of which values were chosen."""
    return {facet: tuple(dict.fromkeys(map(storable, own))) for facet, own in query.facets.items() if own}


def values(query: Query, facets: Mapping[Facet, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return the values by which a thing must be known, the portal among them."""
    portal = {PORTAL: (str(query.portal),)} if query.portal is not None else {}
    return {facet.value: own for facet, own in facets.items()} | portal


def having(tables: Tables, facet: str, wanted: Sequence[str]) -> Condition:
    """Return the condition that a thing has one of the values; bounded, so that no database makes a join of it."""
    condition, parameters = dialect().among("own.value", list(wanted))
    sql = f"SELECT 1 FROM {tables.value} AS own WHERE own.thing = thing.id AND own.facet = %s AND {condition}"
    return f"EXISTS ({sql} LIMIT 1 OFFSET 0)", [facet, *parameters]


def limits(tables: Tables, query: Query) -> Iterator[Condition]:
    """Yield the conditions of days and keys."""
    if query.since or query.until:
        # What has no day lies before all days.
        yield "thing.id >= %s", [stored.first_of_day(stored.day_of(query.since) if query.since else 1)]
    if query.until:
        yield "thing.id < %s", [stored.first_of_day(stored.day_of(query.until) + 1)]
    if query.keys is not None:
        condition, parameters = dialect().among("key", list(map(storable, query.keys)))
        yield f"thing.id IN (SELECT id FROM {tables.thing} WHERE {condition})", parameters


def joined(conditions: Sequence[Condition]) -> Condition:
    """Return all conditions as one, none as none."""
    where = " AND ".join(condition for condition, _ in conditions)
    return f"WHERE {where}" if where else "", [value for _, own in conditions for value in own]
