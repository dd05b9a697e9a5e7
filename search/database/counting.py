"""How many of the found things have each value of each facet."""

import json
from collections import Counter
from collections.abc import Collection

from django.db import connection

from search.enums import Facet

from .tables import Tables, is_postgresql


def counts_of(tables: Tables, things: Collection[int]) -> dict[Facet, Counter]:
    """Return the numbers of things by facet and value, in two queries."""
    if not things:
        return {}
    among, parameter = _among(things)
    counts: dict[Facet, Counter] = {facet: Counter() for facet in Facet}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT facet, value, count(*) FROM {tables.value} WHERE thing {among} GROUP BY facet, value", [parameter]
        )
        for facet, value, count in cursor.fetchall():
            counts[Facet(facet)][value] = count
        cursor.execute(
            f"SELECT kind, owner, count(*) FROM {tables.thing} WHERE id {among} GROUP BY kind, owner", [parameter]
        )
        for kind, owner, count in cursor.fetchall():
            counts[Facet.KIND][kind] += count
            counts[Facet.AGENCY][str(owner)] += count
    return {facet: counted for facet, counted in counts.items() if counted}


def _among(things):
    if is_postgresql():
        return "= ANY(%s)", list(things)
    return "IN (SELECT value FROM json_each(%s))", json.dumps(list(things))


def rows_of(tables: Tables, things: Collection[int]) -> dict[int, tuple]:
    """Return (key, day, head) of things by their numbers, in one query."""
    if not things:
        return {}
    among, parameter = _among(things)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, key, day, head FROM {tables.thing} WHERE id {among}", [parameter])
        return {number: (key, day, head) for number, key, day, head in cursor.fetchall()}


def passages_of(tables: Tables, passages: Collection[int]) -> list[tuple]:
    """Return (thing, position, title, text) of passages, in one query."""
    if not passages:
        return []
    among, parameter = _among(passages)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT thing, position, label, heading, text FROM {tables.passage} WHERE id {among}", [parameter]
        )
        return [(row[0], row[1], f"{row[2]} {row[3]}".strip(), row[4]) for row in cursor.fetchall()]
