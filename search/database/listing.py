"""What is there when nothing is asked: everything under the filters, by day."""

from ..engine import Answer, Hit
from ..enums import Facet, Sort
from . import stored
from .reading import Reader

# By day, what has none last; then by key, so that pages are stable.
_ORDERS = {Sort.OLDEST: "thing.day = 0, thing.day, thing.key"}
_NEWEST = "thing.day DESC, thing.key"


def find(reader: Reader) -> Answer:
    query, tables = reader.query, reader.tables
    sql, parameters = reader.matching(None)
    thing = stored.thing_of_sql("matching.id")
    source = f"({sql}) AS matching JOIN {tables.thing} AS thing ON thing.id = {thing}"
    if not reader.is_narrowed:
        source, parameters = f"{tables.thing} AS thing", []
    order = _ORDERS.get(query.sort, _NEWEST)
    page = reader.ask(
        f"SELECT thing.key FROM {source} ORDER BY {order} LIMIT %s OFFSET %s", [*parameters, query.size, query.offset]
    )
    [(total,)] = reader.ask(f"SELECT count(*) FROM {source}", parameters)
    return Answer(tuple(Hit(key) for (key,) in page), total, facets=_facets(reader) if query.with_facets else {})


def _facets(reader):
    chosen = {facet for facet, values in reader.query.facets.items() if values}
    counts = {facet: of_one for facet, of_one in _counts(reader, None).items() if facet not in chosen}
    for facet in chosen:
        counts[facet] = _counts(reader, facet).get(facet, {})
    return counts


def _counts(reader, facet: Facet | None):
    if not reader.is_narrowed:
        return reader.counted_all(facet)
    sql, parameters = reader.matching(None, of_all=facet)
    thing = stored.thing_of_sql("matching.id")
    return reader.counted(f"({sql}) AS matching", parameters, thing=thing, facet=facet)
