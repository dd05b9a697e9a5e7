"""Documents of a number, however much of it was given."""

from django.db import connection

from search.engine import Query
from search.wanted import WantedNumber

from .filters import Condition
from .ranking import Found
from .tables import Tables

# More of one number than this were not meant: "số 1" alone is no question for a document.
MOST = 50
_FIRST = 1_000_000.0


def numbered(tables: Tables, query: Query, condition: Condition) -> list[Found]:
    """Return the documents that a query names, those whose whole symbol was given first, then the newest."""
    found: dict[int, Found] = {}
    for wanted in query.wanted.numbers:
        for thing, key, day, count in _rows(tables, wanted, condition):
            is_whole = count == len(wanted.parts)
            one = Found(thing, _FIRST * (2 if is_whole else 1), key=key, day=day)
            found.setdefault(thing, one)
    ordered = sorted(found.values(), key=lambda one: one.key)
    ordered.sort(key=lambda one: (one.score, one.day is not None, one.day), reverse=True)
    return ordered[:MOST]


def _rows(tables, wanted: WantedNumber, condition):
    where, values = "t.number = %s", [wanted.number]
    if wanted.year is not None:
        where, values = f"{where} AND t.years LIKE %s", [*values, f"% {wanted.year} %"]
    for part in wanted.parts:
        where, values = f"{where} AND t.parts LIKE %s", [*values, f"% {part} %"]
    if wanted.form:
        where, values = f"{where} AND t.form = %s", [*values, wanted.form]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id, t.key, t.day, t.parts FROM {tables.thing} t WHERE {where}{condition.sql}"
            f" ORDER BY length(t.parts), t.day DESC, t.id LIMIT {4 * MOST}",
            [*values, *condition.values],
        )
        return [(number, key, day, len(parts.split())) for number, key, day, parts in cursor.fetchall()]


def with_element(tables: Tables, found: list[Found], eid: str) -> None:
    """Let the first documents show the element that was named, or the nearest around it that is a passage."""
    steps = eid.split("__")
    around = ["__".join(steps[:end]) for end in range(len(steps), 0, -1)]
    for one in found[:5]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT anchor, position FROM {tables.passage} WHERE thing = %s AND position > 0", [one.thing]
            )
            places = dict(cursor.fetchall())
        place = next((places[anchor] for anchor in around if anchor in places), None)
        if place is None:
            # A long article is divided: its first part tells where it begins.
            place = next((places[anchor] for anchor in places if anchor.startswith(f"{eid}__")), None)
        if place is not None:
            one.passages = (place - 1, *(other for other in one.passages if other != place - 1))[:3]
