"""The tables of one generation: what is found, in rows of terms, and what is shown of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from ..engine import Passage, Thing
from . import stored, tallies
from .dialect import dialect
from .terms import EVERY, PORTAL, portal_mark, rows, storable, terms, values

_NAMES = ("thing", "passage", "value", "tally", "term", "words", "titles")


class Tables:
    """The tables that bear the number of a generation.

    thing    key, day, number for look-up, digest, and all that is shown of it as JSON
    passage  rows of a thing with their text; a long passage has several of the same place
    value    facet values of things and the portals that show them, for lists and for counting
    tally    how many things have each value, under a portal and one further value
    term     in how many rows each term is
    words    full text of all rows; row 0 of a thing is its title, names and summary
    titles   full text of titles and names, for suggestions while typing
    """

    def __init__(self, number: int):
        self.number = number
        for name in _NAMES:
            setattr(self, name, f"search_{number}_{name}")
        self.full_text = dialect().FullText(self.words)
        self.title_text = dialect().FullText(self.titles, has_prefixes=True)

    def create(self) -> None:
        """Make the tables; they are open for being filled, and for being asked once `open` or `finish` was called."""
        binary = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE {self.thing} (id bigint PRIMARY KEY, key text{binary} NOT NULL UNIQUE,"
                " day integer NOT NULL, number text NOT NULL, digest text NOT NULL, payload text NOT NULL)"
            )
            cursor.execute(f"CREATE INDEX {self.thing}_number ON {self.thing} (number) WHERE number <> ''")
            cursor.execute(f"CREATE INDEX {self.thing}_day ON {self.thing} (day DESC, key)")
            cursor.execute(f"CREATE INDEX {self.thing}_age ON {self.thing} ((day = 0), day, key)")
            cursor.execute(
                f"CREATE TABLE {self.passage} (id bigint PRIMARY KEY, place integer NOT NULL, anchor text NOT NULL,"
                " label text NOT NULL, heading text NOT NULL, text text NOT NULL)"
            )
            cursor.execute(
                f"CREATE TABLE {self.value} (facet text NOT NULL, value text{binary} NOT NULL, thing bigint NOT NULL,"
                f" PRIMARY KEY (thing, facet, value)){dialect().WITHOUT_ROWID}"
            )
            cursor.execute(f"CREATE INDEX {self.value}_facet ON {self.value} (facet, value, thing)")
            tallies.create(cursor, self.tally, binary)
            cursor.execute(f"CREATE TABLE {self.term} (term text{binary} PRIMARY KEY, df integer NOT NULL)")
            self.full_text.create(cursor)
            self.title_text.create(cursor)

    def open(self) -> None:
        """Make new tables ready to be asked at once, to be filled bit by bit."""
        with connection.cursor() as cursor:
            self.full_text.open(cursor)
            self.title_text.open(cursor)

    def finish(self) -> None:
        """Make filled tables ready to be asked."""
        with connection.cursor() as cursor:
            self.title_text.open(cursor)
        self.full_text.finish(self.term)

    def put(self, things: Sequence[Thing], is_counted: bool) -> None:
        """Add or replace things, inside one transaction; `is_counted` keeps the numbers of terms right at once."""
        things = {storable(thing.key): (thing, thing.digest) for thing in things}
        old = self._digests_of(things)
        changed = {key: own for key, own in things.items() if old.get(key, (0, ""))[1] != own[1]}
        if not changed:
            return
        gone = self._take_out([old[key][0] for key in changed if key in old])
        added = self._add(changed)
        if is_counted:
            self._count(added, gone)

    def drop(self, keys: Iterable[str], is_counted: bool) -> None:
        """Take things out, inside one transaction."""
        gone = self._take_out([thing for thing, _ in self._digests_of(map(storable, keys)).values()])
        if is_counted:
            self._count([], gone)

    def _digests_of(self, keys):
        condition, parameters = dialect().among("key", list(keys))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT key, id, digest FROM {self.thing} WHERE {condition}", parameters)
            return {key: (thing, digest) for key, thing, digest in cursor.fetchall()}

    def _add(self, changed):
        """Add things by their keys, each with its digest; return their rows of terms."""
        things = [thing for thing, _ in changed.values()]
        numbered = list(zip(self._numbers_for(things), things, strict=True))
        texts, words = [], []
        for number, thing in numbered:
            for own, place, passage, own_terms in rows(thing):
                row = stored.row_of(number, own)
                words.append((row, own_terms))
                if place >= 0:
                    texts.append((row, place, passage.anchor, passage.label, passage.heading, passage.text))
        with connection.cursor() as cursor:
            described = [
                _thing_row(number, thing, key, digest)
                for (number, thing), (key, (_, digest)) in zip(numbered, changed.items(), strict=True)
            ]
            cursor.executemany(f"INSERT INTO {self.thing} VALUES (%s, %s, %s, %s, %s, %s)", described)
            cursor.executemany(f"INSERT INTO {self.passage} VALUES (%s, %s, %s, %s, %s, %s)", texts)
            found = [(facet.value, value, number) for number, thing in numbered for facet, value in values(thing)]
            found += [(PORTAL, str(agency), number) for number, thing in numbered for agency in thing.places]
            cursor.executemany(f"INSERT INTO {self.value} VALUES (%s, %s, %s)", found)
            self.full_text.add(cursor, words)
            self.title_text.add(cursor, [(number, _title_terms(thing)) for number, thing in numbered])
        tallies.change(self.tally, added=things, gone=[])
        return words

    def _numbers_for(self, things):
        """Give things the next free numbers of their days."""
        days = {stored.day_of(thing.day) for thing in things}
        if not days:
            return
        first = {day: stored.first_of_day(day) for day in days}
        sql = " UNION ALL ".join(f"SELECT max(id) FROM {self.thing} WHERE id >= %s AND id < %s" for _ in days)
        with connection.cursor() as cursor:
            cursor.execute(sql, [bound for day in days for bound in (first[day], stored.first_of_day(day + 1))])
            free = {stored.day_of_thing(last): last + 1 for (last,) in cursor.fetchall() if last is not None}
        for thing in things:
            day = stored.day_of(thing.day)
            number = free.get(day, first[day])
            free[day] = number + 1
            yield number

    def _take_out(self, numbers):
        """Remove things by their numbers and return their rows of terms.

        The full text must be told the terms of what goes; they are made again from what is kept.
        """
        if not numbers:
            return []
        words, titles, things = [], [], []
        for number, thing in self.read_things(numbers):
            things.append(thing)
            for own, _, _, own_terms in rows(thing):
                words.append((stored.row_of(number, own), own_terms))
            titles.append((number, _title_terms(thing)))
        with connection.cursor() as cursor:
            self.full_text.remove(cursor, words)
            self.title_text.remove(cursor, titles)
            for table, column, those in (
                (self.passage, "id", [row for row, _ in words]),
                (self.value, "thing", numbers),
                (self.thing, "id", numbers),
            ):
                condition, parameters = dialect().among(column, those)
                cursor.execute(f"DELETE FROM {table} WHERE {condition}", parameters)
        tallies.change(self.tally, added=[], gone=things)
        return words

    def read_things(self, numbers: Sequence[int]) -> Iterator[tuple[int, Thing]]:
        """Yield whole things with their numbers."""
        condition, parameters = dialect().among("id", numbers)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, payload FROM {self.thing} WHERE {condition}", parameters)
            payloads = cursor.fetchall()
            passages = {number: {} for number in numbers}
            ranges = " OR ".join("id BETWEEN %s AND %s" for _ in numbers)
            cursor.execute(
                f"SELECT id, place, anchor, label, heading, text FROM {self.passage} WHERE {ranges} ORDER BY id",
                [row for number in numbers for row in (stored.row_of(number), stored.row_of(number + 1) - 1)],
            )
            for row, place, *own in cursor.fetchall():
                passages[stored.thing_of(row)].setdefault(place, []).append(own)
        for number, payload in payloads:
            yield number, stored.read(payload, map(joined, passages[number].values()))

    def _count(self, added, gone):
        """Keep in how many rows terms are, by the rows that came and went."""
        counts = Counter()
        for _, terms_of_row in added:
            counts.update(terms_of_row)
        for _, terms_of_row in gone:
            counts.subtract(terms_of_row)
        changes = sorted((term, change) for term, change in counts.items() if change)
        source, parameters = dialect().table({"term": "text", "df": "int"}, changes)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.term} (term, df) SELECT term, df FROM ({source}) AS changed WHERE true"
                f" ON CONFLICT (term) DO UPDATE SET df = {self.term}.df + excluded.df",
                parameters,
            )
            gone, parameters = dialect().among("term", [term for term, change in changes if change < 0])
            cursor.execute(f"DELETE FROM {self.term} WHERE df <= 0 AND {gone}", parameters)


def joined(rows_of_passage: Sequence[Sequence[str]]) -> Passage:
    """Return the passage of its rows (anchor, label, heading, text)."""
    anchor, label, heading, _ = rows_of_passage[0]
    return Passage("".join(row[3] for row in rows_of_passage), anchor, label, heading)


def _thing_row(number, thing, key, digest):
    looked_up = storable(thing.number.number) if thing.number else ""
    return number, key, stored.day_of(thing.day), looked_up, digest, stored.written(thing)


def _title_terms(thing):
    words = {term for text in (thing.title, *thing.names) for term in terms(storable(text)) if "_" not in term}
    return words | {EVERY} | {portal_mark(agency) for agency in thing.places}
