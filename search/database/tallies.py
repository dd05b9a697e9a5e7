"""How many things there are of each value, under a portal and under one further value: kept, not counted.

A list of half of everything would have to look at all of it for the numbers beside it; so each change of a thing
changes the numbers of the pairs of its values, on each of its portals and in the whole province.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection

from ..engine import Thing
from ..enums import Facet
from .dialect import dialect
from .terms import values

# The portal of what is counted in the whole province, and the value of what is counted under none.
ANYWHERE = ""
ANY = ("", "")
_COLUMNS = {"portal": "text", "facet": "text", "value": "text", "of_facet": "text", "of_value": "text", "number": "int"}
_KEY = tuple(_COLUMNS)[:-1]

Counts = dict[Facet, dict[str, int]]


def create(cursor, table: str, binary: str) -> None:
    columns = ", ".join(f"{name} text{binary} NOT NULL" for name in _KEY)
    cursor.execute(
        f"CREATE TABLE {table} ({columns}, number integer NOT NULL, PRIMARY KEY ({', '.join(_KEY)}))"
        f"{dialect().WITHOUT_ROWID}"
    )


def change(table: str, added: Iterable[Thing], gone: Iterable[Thing]) -> None:
    """Count things in that came, and those out that went."""
    changes = Counter()
    for thing in added:
        changes.update(_of(thing))
    for thing in gone:
        changes.subtract(_of(thing))
    rows = sorted((*key, number) for key, number in changes.items() if number)
    if not rows:
        return
    source, parameters = dialect().table(_COLUMNS, rows)
    names = ", ".join(_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM ({source}) AS changed WHERE true"
            f" ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET number = {table}.number + excluded.number",
            parameters,
        )
        if any(row[-1] < 0 for row in rows):
            cursor.execute(f"DELETE FROM {table} WHERE number <= 0")


def _of(thing):
    own = [(facet.value, value) for facet, value in values(thing)]
    for portal in (ANYWHERE, *map(str, thing.places)):
        for under in (ANY, *own):
            for value in own:
                yield (portal, *under, *value)


def under(table: str, portal: int | None, chosen: tuple[Facet, Sequence[str]] | None) -> Counts | None:
    """Return the numbers under a portal and values of one facet; None where things have several of these values."""
    facet, wanted = (chosen[0].value, chosen[1]) if chosen else ANY
    condition, parameters = dialect().among("value", list(wanted) if chosen else [wanted])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT value, of_facet, of_value, number FROM {table} WHERE portal = %s AND facet = %s AND {condition}",
            [ANYWHERE if portal is None else str(portal), facet, *parameters],
        )
        rows = cursor.fetchall()
    among = set(wanted) if chosen else set()
    if any(of_facet == facet and of_value != value and of_value in among for value, of_facet, of_value, _ in rows):
        return None
    counts: dict = {}
    for _, of_facet, of_value, number in rows:
        own = counts.setdefault(Facet(of_facet), Counter())
        own[of_value] += number
    return {each: ordered(own) for each, own in counts.items()}


def ordered(counts: dict[str, int]) -> dict[str, int]:
    """Return values with the most frequent first."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def total(counts: Counts) -> int:
    """Return the number of things that were counted: each is of one kind."""
    return sum(counts.get(Facet.KIND, {}).values())
