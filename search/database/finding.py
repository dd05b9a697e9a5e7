"""From a query to its answer: what has all words, what is nearest, in which order, and how much there is of each."""

from functools import partial

from ..engine import NEAREST, Answer, Hit, Query
from ..enums import Facet, Sort
from . import laws, listing, numbers, stored
from .asked import Asked
from .candidates import MOST_FOUND, MOST_READ_OF_THING, Candidates, Gathering
from .ranking import MOST_PASSAGES, Ranking
from .reading import Reader, frequencies
from .tables import Tables

# With fewer found things the nearest follow.
FEW = 10
# The share of a query's telling words that the nearest have at least.
NEAR = 0.5
# Rows whose text is read for phrases of three words or more.
MOST_COMPARED = 1_000
# Above all scores of words.
NUMBERED = 1_000.0


def find(tables: Tables, query: Query) -> Answer:
    """Answer a query from the tables of one generation."""
    reader = Reader(tables, query)
    if query.wanted.is_empty:
        return listing.find(reader)
    return Finding(reader, Asked(query.wanted, partial(frequencies, tables))).answer()


class Finding:
    """One query being answered."""

    def __init__(self, reader: Reader, asked: Asked):
        self.reader = reader
        self.query = reader.query
        self.asked = asked
        self.gathering = Gathering(reader, asked)
        self.ranking = Ranking(reader, asked)
        self.candidates = Candidates()
        self.is_exact = True

    def answer(self) -> Answer:
        numbered = self._named()
        spared = self.reader.without_excluded(numbered)
        numbered = [thing for thing in numbered if thing in spared]
        found, near = self._found(numbered)
        found = [*numbered, *(thing for thing in found if thing not in set(numbered))]
        near = [thing for thing in near if thing not in set(found)]
        hits = self._hits([*found, *near], len(numbered), set(near))
        facets = self._facets(found or near, has_all=bool(found)) if self.query.with_facets else {}
        return Answer(hits, len(found) + len(near), self.is_exact, facets)

    def _named(self, of_all: Facet | None = None) -> list[int]:
        """Return the documents that are called by their number, or by their name and year."""
        wanted = self.query.wanted
        return [*numbers.look_up(self.reader, wanted, of_all), *laws.look_up(self.reader, wanted, of_all)]

    def _found(self, numbered) -> tuple[list[int], list[int]]:
        """Return the things that are found by their words, and those that are near, in their order."""
        if not self.asked.words:
            return [], []
        if self.asked.is_question:
            self._read(self.gathering.candidates())
            found = self.reader.without_excluded(self.ranking.scores)
            return self._sorted(self.ranking.ordered(found)[:NEAREST]), []
        rows = self._having_all()
        found = self.reader.without_excluded(map(stored.thing_of, rows))
        are_few = len(found.union(numbered)) < FEW and self.query.keys is None
        candidates = self.gathering.candidates(None if are_few else rows)
        if are_few:
            candidates.add(rows, sum(self.asked.weights.values()))
        if are_few or self.query.sort == Sort.BEST:
            self._read(candidates)
        self.candidates = candidates
        near = self._near(found) if are_few else []
        found = self._sorted(self._ranked(found))
        if self.asked.is_number_alone:
            # What has the number in its text is not what was asked for.
            return [], [] if self.query.keys is not None else [*found, *near][:NEAREST]
        return found, near

    def _having_all(self):
        rows = self.gathering.having_all(MOST_FOUND + 1, oldest=self.query.sort == Sort.OLDEST)
        most = MOST_COMPARED if self.ranking.has_long_phrases else MOST_FOUND
        self.is_exact = len(rows) <= most
        rows = rows[:most]
        return self.ranking.read(rows) if self.ranking.has_long_phrases else rows

    def _read(self, candidates):
        self.candidates = candidates
        self.ranking.read(candidates.best_rows())

    def _ranked(self, found):
        """Return found things: those that were read by their scores, then the others by their weights."""
        if self.query.sort != Sort.BEST:
            return found
        ranked = self.ranking.ordered(found)
        if self.query.offset + self.query.size > len(ranked):
            weights = self.candidates.things()
            others = found - set(ranked)
            ranked += sorted(others, key=lambda thing: (-weights.get(thing, 0.0), -thing))
        else:
            ranked += found - set(ranked)
        return ranked

    def _near(self, found):
        words = {self.asked.words[at].text for at in self.asked.telling}
        near = self.ranking.ordered(self.reader.without_excluded(self.ranking.scores.keys() - found))
        return [thing for thing in near if self.ranking.words_of(thing) >= NEAR * len(words)][:NEAREST]

    def _sorted(self, things):
        if self.query.sort == Sort.BEST:
            return list(things)
        keys = self.reader.keys(list(things))
        by_key = sorted((thing for thing in things if thing in keys), key=keys.__getitem__)
        if self.query.sort == Sort.NEWEST:
            return sorted(by_key, key=lambda thing: -stored.day_of_thing(thing))
        return sorted(by_key, key=lambda thing: (not stored.day_of_thing(thing), stored.day_of_thing(thing)))

    def _hits(self, listed, numbered, near):
        page = listed[self.query.offset : self.query.offset + self.query.size]
        self._read_unread(page)
        keys = self.reader.keys(page)
        rows = {thing: self.ranking.passages_of(thing) for thing in page}
        places = self.reader.places([row for own in rows.values() for row in own])
        # A row may have been taken out a moment ago.
        named = {thing: list(dict.fromkeys(places[row] for row in own if row in places)) for thing, own in rows.items()}
        if listed and page[:1] == listed[:1] and self.query.wanted.eid:
            self._name_element(page[0], named[page[0]])
        hits = []
        for place, thing in enumerate(page, self.query.offset):
            score = self.ranking.scores.get(thing, 0.0) + (NUMBERED if place < numbered else 0.0)
            if thing in keys:
                hits.append(Hit(keys[thing], tuple(named[thing][:MOST_PASSAGES]), score, thing in near))
        return tuple(hits)

    def _read_unread(self, page):
        """Read what stands on the page and was not among the best, for the passages to show."""
        unread = {thing: [] for thing in page if thing not in self.ranking.scores}
        if unread:
            for row in sorted(self.candidates.weights, key=lambda row: (-self.candidates.weights[row], row)):
                own = unread.get(stored.thing_of(row))
                if own is not None and len(own) < MOST_READ_OF_THING:
                    own.append(row)
            self.ranking.read([row for own in unread.values() for row in own])

    def _name_element(self, thing, places):
        """Put the passage of the element that was named before the others."""
        steps = self.query.wanted.eid.split("__")
        elements = ["__".join(steps[:number]) for number in range(len(steps), 0, -1)]
        there = self.reader.places_of(thing, elements)
        named = next((there[element] for element in elements if element in there), None)
        if named is not None:
            places[:] = [named, *(place for place in places if place != named)]

    def _facets(self, things, has_all):
        chosen = {facet for facet, values in self.query.facets.items() if values}
        counts = {facet: own for facet, own in self.reader.counts(things).items() if facet not in chosen}
        for facet in chosen:
            counts[facet] = self.reader.counts(self._things_of_all(facet, has_all), facet).get(facet, {})
        return counts

    def _things_of_all(self, facet: Facet, has_all):
        """Return what would be found without the filter of one facet."""
        gathering = Gathering(self.reader, self.asked, of_all=facet)
        things = set(self._named(of_all=facet))
        if self.asked.words and has_all and not self.asked.is_question:
            things.update(map(stored.thing_of, gathering.having_all(MOST_FOUND)))
        elif self.asked.words:
            weights = gathering.rarest().things()
            things.update(sorted(weights, key=lambda thing: (-weights[thing], -thing))[:NEAREST])
        return list(self.reader.without_excluded(things))
