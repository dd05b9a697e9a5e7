"""Which rows are worth reading: the first stage of finding, on the index alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..enums import Sort
from . import stored
from .asked import Asked
from .dialect import dialect
from .expressions import Expression, Has, either, every
from .reading import Reader
from .terms import OF_HEADING, name_mark

# Rows taken from the index for the terms of a query, the rarest term first; half as many for terms in titles.
BUDGET = 12_000
# Rows that may be looked at for that under filters, of which most are passed over.
STEPS = 100_000
# Rows that have all words; more are not counted. Of so many it is told whether words stand side by side or in titles.
MOST_FOUND = 10_000
MOST_PREFERRED = 2_000
# Where no more rows than this have a pair, they are compared with those that have all words, which costs less than
# asking the index for all words once more.
MOST_COMPARED = 20_000
# Rows that are read and scored, and how many of one thing at most.
MOST_READ = 150
MOST_READ_OF_THING = 6
# What a term in a row's own title adds to its weight.
IN_HEADING = 0.5
# Words of a title or name that is looked for within the query, and how many things of such names are looked into.
LONGEST_NAME = 16
MOST_NAMED = 5


@dataclass
class Candidates:
    """Rows with the weights of their terms; `named`: things whose whole title or name stands in the query."""

    weights: dict[int, float] = field(default_factory=dict)
    named: list[int] = field(default_factory=list)

    def add(self, rows: Iterable[int], weight: float) -> None:
        weights = self.weights
        for row in rows:
            weights[row] = weights.get(row, 0.0) + weight

    def best_rows(self) -> list[int]:
        """Return the rows to be read, the heaviest and newest first, and of one thing no more than some."""
        ordered = sorted(self.weights, reverse=True)
        ordered.sort(key=self.weights.__getitem__, reverse=True)
        chosen, of_thing = [], {}
        for row in ordered:
            thing = stored.thing_of(row)
            number = of_thing.get(thing, 0)
            if number < MOST_READ_OF_THING:
                of_thing[thing] = number + 1
                chosen.append(row)
                if len(chosen) == MOST_READ:
                    break
        return chosen

    def things(self) -> dict[int, float]:
        """Return the things with the weight of their heaviest row."""
        best: dict[int, float] = {}
        for row, weight in self.weights.items():
            thing = stored.thing_of(row)
            if weight > best.get(thing, -1.0):
                best[thing] = weight
        return best


class Gathering:
    """Gathers the candidates of one query under its filters."""

    def __init__(self, reader: Reader, asked: Asked, of_all=None):
        self.reader = reader
        self.asked = asked
        self.of_all = of_all
        self._found: set[int] | None = None

    def having_all(self, limit: int, mark: str = "", oldest: bool = False) -> list[int]:
        """Return the rows that have all telling words."""
        return self._rows(self.asked.all_words(mark), limit, oldest=oldest, ordered=self._is_ordered)

    def candidates(self, found: list[int] | None = None) -> Candidates:
        """Return rows by the rarest terms; with `found` only those that have all words, among them these."""
        gathered = Candidates()
        if found is None:
            left_out = self._add_rare(gathered)
            self._add_headings(gathered, left_out)
            self._add_named(gathered)
        else:
            gathered.add(found, 0.0)
            self._found = set(found)
            if not self._are_all_read(found):
                self._add_preferred(gathered)
            self._add_named(gathered)
        return gathered

    def rarest(self) -> Candidates:
        """Return rows by the rarest terms alone, for counting."""
        gathered = Candidates()
        self._add_rare(gathered)
        return gathered

    def _are_all_read(self, found):
        """Whether rows are so few that all are read, whichever come first."""
        of_thing = Counter(map(stored.thing_of, found))
        return len(found) + 10 * MOST_NAMED <= MOST_READ and max(of_thing.values(), default=0) < MOST_READ_OF_THING

    def _add_preferred(self, gathered):
        """Of rows that have all words, tell those that have them in their own title or side by side."""
        everything = sum(self.asked.weights.values())
        gathered.add(self.having_all(MOST_PREFERRED, OF_HEADING), everything)
        pairs = [term for term, _ in self._by_rarity() if "_" in term]
        if pairs:
            own = [self.asked.frequency(term) for term in pairs]
            titled = [OF_HEADING + term for term in pairs]
            telling = {self.asked.words[at].text for at in self.asked.telling}
            # A row that has a pair has its words.
            has_words = telling <= {word for term in pairs for word in term.split("_")}
            side_by_side = self._preferred(every(map(Has, pairs)), min(own), has_words)
            gathered.add(side_by_side, everything)
            some = side_by_side if len(pairs) == 1 else self._preferred(either(map(Has, pairs)), sum(own))
            gathered.add(some, everything / 2)
            frequency = sum(map(self.asked.frequency, titled))
            gathered.add(self._preferred(either(map(Has, titled)), frequency), everything * IN_HEADING)

    def _preferred(self, expression, frequency, has_words=False):
        """Return the newest rows that have all words and what is asked besides, which so many have at most."""
        if frequency <= MOST_COMPARED:
            rows = self._found.intersection(self.reader.unfiltered(expression, min(self._found), max(self._found)))
            return sorted(rows, reverse=True)[:MOST_PREFERRED]
        within = [] if has_words else [self.asked.all_words()]
        return self._rows(every([expression, *within]), MOST_PREFERRED, ordered=self._is_ordered)

    def _add_rare(self, gathered):
        """Add rows by terms, and return the terms that are too common for that."""
        budget, steps, left_out = BUDGET, STEPS, set()
        for term, weight in self._by_rarity():
            rows, looked_at = self.reader.expected(self.asked.frequency(term))
            if rows > budget or looked_at > steps:
                left_out.add(term)
                continue
            found = self._rows(Has(term), budget)
            gathered.add(found, weight)
            budget -= len(found)
            steps -= looked_at
        return left_out

    def _add_headings(self, gathered, left_out):
        budget, steps = BUDGET // 2, STEPS // 2
        for term, weight in self._by_rarity():
            frequency = self.asked.frequency(OF_HEADING + term)
            _, looked_at = self.reader.expected(frequency)
            if frequency and budget > 0 and looked_at <= steps:
                rows = self._rows(Has(OF_HEADING + term), budget)
                gathered.add(rows, weight * (1 + IN_HEADING if term in left_out else IN_HEADING))
                budget -= len(rows)
                steps -= looked_at

    def _add_named(self, gathered):
        marks = self._name_marks()
        if not marks:
            return
        heads = self._rows(either(map(Has, marks)), 10 * MOST_NAMED)
        gathered.add(heads, sum(self.asked.weights.values()))
        gathered.named = [stored.thing_of(row) for row in heads[:MOST_NAMED]]
        terms = self._by_rarity()
        expressions = [every([Has(term), *self.asked.conditions()]) for term, _ in terms]
        for thing in gathered.named:
            for (_, weight), rows in zip(terms, self.reader.rows_of(thing, expressions, self.of_all), strict=True):
                own = rows if self._found is None else self._found.intersection(rows)
                gathered.add(sorted(own, reverse=True)[:MOST_READ], 2 * weight)

    def _name_marks(self):
        words = [word.text for word in self.asked.words]
        marks = {
            name_mark(words[start:end])
            for start in range(len(words))
            for end in range(start + 2, min(len(words), start + LONGEST_NAME) + 1)
        }
        marks.add(name_mark(words))
        return list(self.reader.frequencies(marks))

    def _by_rarity(self):
        return sorted(self.asked.searched().items(), key=lambda item: (self.asked.frequency(item[0]), item[0]))

    @cached_property
    def _is_ordered(self):
        """Whether the rows that have all words are few enough for being put into order, or must be by day."""
        rarest = min((self.asked.frequency_of_any(at) for at in self.asked.telling), default=0)
        return self.reader.query.sort != Sort.BEST or self.reader.expected(rarest)[0] <= dialect().MOST_ORDERED

    def _rows(self, expression: Expression, limit, oldest=False, ordered=True):
        expression = every([expression, *self.asked.conditions()])
        return self.reader.rows(expression, limit, of_all=self.of_all, oldest=oldest, ordered=ordered)
