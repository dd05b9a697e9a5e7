"""What Elasticsearch answers, read."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from search.engine import EngineFailed
from search.enums import Facet, Sort

from .mapping import FACETS
from .queries import field_of

# More values of one facet than a province has.
_MOST_VALUES = 1_000
COUNTED = [Facet.KIND, Facet.AGENCY, *map(Facet, FACETS)]


@dataclass
class Found:
    """A found thing on its way to a page."""

    key: str
    score: float = 0.0
    day: date | None = None
    is_near: bool = False
    passages: tuple[int, ...] = ()


def read(response: Mapping) -> Mapping:
    """Return an answer that is whole; raise EngineFailed for one that is half."""
    if "error" in response:
        raise EngineFailed(f"elastic: {response.get('status')} {response['error'].get('type')}")
    if response["timed_out"] or response["_shards"]["failed"]:
        raise EngineFailed("elastic: half an answer")
    return response


def found_in(response: Mapping, is_near: bool = False) -> list[Found]:
    """Return the hits of a search, in its order."""
    found = []
    for hit in response["hits"]["hits"]:
        fields = hit["fields"]
        day = date.fromisoformat(fields["day"][0]) if "day" in fields else None
        found.append(Found(fields["key"][0], hit["_score"] or 0.0, day, is_near))
    return found


def ordered(found: list[Found], sort: Sort) -> list[Found]:
    """Order by score, or by day; what is equal stands newest first and then by its key."""
    by_key = sorted(found, key=lambda one: one.key.encode())
    if sort == Sort.OLDEST:
        return sorted(by_key, key=lambda one: one.day or date.max)
    newest = sorted(by_key, key=lambda one: one.day or date.min, reverse=True)
    return newest if sort == Sort.NEWEST else sorted(newest, key=lambda one: -one.score)


def counting(filters_of: Callable[[Facet | None], list[dict]], chosen: set[Facet]) -> dict:
    """Return the aggregations that count values: each facet under all filters but its own; `total` under all."""
    everything = filters_of(None)
    open_ones = {str(facet): _values(facet) for facet in COUNTED if facet not in chosen}
    counts = {"total": {"filter": _all(everything), "aggs": open_ones}}
    for facet in chosen:
        counts[f"but_{facet}"] = {"filter": _all(filters_of(facet)), "aggs": {str(facet): _values(facet)}}
    return counts


def _values(facet):
    return {"terms": {"field": field_of(facet), "size": _MOST_VALUES}}


def _all(filters):
    return {"bool": {"filter": filters}} if filters else {"match_all": {}}


def counts_in(aggregations: Mapping) -> dict[Facet, Mapping[str, int]]:
    """Return the numbers of things by facet and value."""
    counts: dict[Facet, Mapping[str, int]] = {}
    for part in aggregations.values():
        for name, counted in part.items():
            if isinstance(counted, Mapping) and counted.get("buckets"):
                values = Counter({bucket["key"]: bucket["doc_count"] for bucket in counted["buckets"]})
                counts[Facet(name)] = values
    return counts
