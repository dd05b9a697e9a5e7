"""Documents by their numbers, which are looked up and not searched: 99.8 % of 4,116 spellings were found first so."""

from ..engine import Number
from ..wanted import Wanted, WantedNumber
from . import filters, stored
from .dialect import dialect
from .reading import Reader
from .terms import storable

# A number repeats from year to year and from agency to agency; so many documents of one are looked at.
MOST = 5_000
MOST_NUMBERS = 10


def look_up(reader: Reader, wanted: Wanted, of_all=None) -> list[int]:
    """Return the things that have one of the numbers, the fullest match first, then the newest."""
    ranked = {}
    for sought in wanted.numbers[:MOST_NUMBERS]:
        sql = f"SELECT id, payload FROM {reader.tables.thing} WHERE number = %s AND number <> ''"
        sql += " ORDER BY id DESC LIMIT %s"
        for thing, payload in reader.ask(sql, [storable(sought.number), MOST]):
            found = stored.read(payload)
            if has(found.number, sought):
                rank = (*_fullness(found.number, sought), -stored.day_of_thing(thing), found.key)
                ranked[thing] = min(ranked.get(thing, rank), rank)
    if not ranked:
        return []
    return sorted(_left(reader, list(ranked), of_all), key=ranked.__getitem__)


def _left(reader, things, of_all):
    """Return those of few things that the filters leave, but for that of one facet."""
    tables, query = reader.tables, reader.query
    values = filters.values(query, {facet: own for facet, own in filters.chosen(query).items() if facet != of_all})
    conditions = [dialect().among("thing.id", things), *filters.limits(tables, query)]
    conditions += [filters.having(tables, *each) for each in values.items()]
    where, parameters = filters.joined(conditions)
    return [thing for (thing,) in reader.ask(f"SELECT id FROM {tables.thing} AS thing {where}", parameters)]


def has(number: Number, sought: WantedNumber) -> bool:
    """Say whether a document's number is the one sought, as far as that was given."""
    return (
        number.number == sought.number
        and (sought.year is None or sought.year in number.years)
        and set(sought.parts) <= set(number.parts)
        and (not sought.form or sought.form == number.form)
    )


def _fullness(number, sought):
    """Lower is fuller: of the body that was named, the year in the number itself, fewer parts that were not given."""
    other_body = bool(sought.issuers) and not set(sought.issuers) & set(number.parts)
    other_year = sought.year is not None and number.years[:1] != (sought.year,)
    return other_body, other_year, len(set(number.parts) - set(sought.parts))
