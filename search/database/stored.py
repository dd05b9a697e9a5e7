"""A thing as it lies in a table, and back."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from ..engine import Number, Passage, Thing
from ..enums import Facet
from .terms import storable

# The number of a thing begins with its day, so that the order of numbers is that of days: matches are read from the
# newest on, and a limit cuts off the oldest. Below it lie the things of one day, and below them the rows of a thing.
_SERIAL_BITS = 20
_ROW_BITS = 12
_DAY_0 = date(1899, 12, 31).toordinal()
_LAST_DAY = 0xFFFF


def day_of(day: date | None) -> int:
    """Return the day as a number, counted from 1 January 1900; 0 where there is none."""
    return min(max(day.toordinal() - _DAY_0, 1), _LAST_DAY) if day else 0


def day_of_thing(thing: int) -> int:
    return thing >> _SERIAL_BITS


def first_of_day(day: int) -> int:
    """Return the lowest number that a thing of this day can have."""
    return day << _SERIAL_BITS


def row_of(thing: int, number: int = 0) -> int:
    return thing << _ROW_BITS | number


def number_of(row: int) -> int:
    """Return the number of a row within its thing, 0 for the head."""
    return row & ((1 << _ROW_BITS) - 1)


def thing_of(row: int) -> int:
    return row >> _ROW_BITS


def thing_of_sql(column: str) -> str:
    return f"({column} >> {_ROW_BITS})"


def written(thing: Thing) -> str:
    """Return all of a thing but its passages, as JSON."""
    plain = asdict(thing)
    del plain["passages"]
    plain["day"] = thing.day and thing.day.isoformat()
    plain["facets"] = {str(Facet(facet)): values for facet, values in thing.facets.items()}
    return storable(json.dumps(plain, ensure_ascii=False))


def read(payload: str, passages: Iterable[Passage] = ()) -> Thing:
    """Return the thing of its JSON."""
    plain = json.loads(payload)
    number = plain["number"]
    return Thing(
        key=plain["key"],
        title=plain["title"],
        owner=plain["owner"],
        places={int(agency): path for agency, path in plain["places"].items()},
        summary=plain["summary"],
        names=tuple(plain["names"]),
        number=number
        and Number(number["number"], tuple(number["years"]), tuple(number["parts"]), number.get("form", "")),
        day=plain["day"] and date.fromisoformat(plain["day"]),
        facets={Facet(facet): tuple(values) for facet, values in plain["facets"].items()},
        passages=tuple(passages),
    )
