"""Laws of a year by their names, which are looked up as numbers are."""

from dataclasses import replace
from datetime import date

from ..engine import Query, Thing
from ..wanted import Wanted, WantedLaw
from . import stored
from .expressions import Has, either, every
from .reading import Reader
from .terms import HEAD_ROW, side_by_side, syllables

# Heads that have all words of a name, of three years, that are looked at.
MOST = 2_000


def look_up(reader: Reader, wanted: Wanted, of_all=None) -> list[int]:
    """Return the things that are one of the laws, the shortest name first: "Luật Đầu tư" before "Luật Đầu tư công"."""
    ranked = {}
    for law in wanted.laws:
        ways = [either(every(map(Has, side_by_side(syllables(" ".join(way))))) for way in ways) for ways in law.words]
        near = Reader(reader.tables, _around(reader.query, law.year))
        rows = near.rows(every([Has(HEAD_ROW), *ways]), MOST, of_all=of_all)
        for thing, payload in reader.payloads([stored.thing_of(row) for row in rows]).items():
            found = stored.read(payload)
            if _is(found, law):
                ranked[thing] = (*_distance(found, law), -stored.day_of_thing(thing), found.key)
    return sorted(ranked, key=ranked.__getitem__)


def _around(query: Query, year) -> Query:
    """The year of a number and that of its issue are one or follow each other."""
    first, last = date(max(year - 1, 1), 1, 1), date(year + 1, 12, 31)
    since = max(query.since, first) if query.since else first
    until = min(query.until, last) if query.until else last
    return replace(query, since=since, until=until)


def _is(thing: Thing, law: WantedLaw):
    return thing.number is not None and law.is_of(thing.number.form, thing.number.years)


def _distance(thing, law):
    return thing.number.years[:1] != (law.year,), len(syllables(" ".join((thing.title, *thing.names))))
