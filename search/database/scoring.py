"""How well a text answers a query, read word by word: the second, exact stage of finding."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.accents import one_form

from ..engine import Thing
from .asked import Asked
from .terms import chunks, storable, words_in

# Measured together on questions of citizens and known items; see docs/search.md.
SATURATION = 1.0  # how soon further occurrences add nothing (k1 of BM25)
LENGTH = 0.75  # how much long texts are held back (b of BM25)
USUAL_LENGTH = 180  # words of a usual passage
SHORTEST = 40  # shorter ones are not more to the point
IN_HEADING = 3.0  # what an occurrence in the passage's own title counts
IN_TITLE = 1.0  # ... in the thing's title or names
IN_SUMMARY = 2.0  # ... in its summary, which is a document's abstract
OTHER_ACCENTS = 0.5  # ... with other accents than those that were typed
TITLE = 1.0  # how much the title itself adds, the more of it was asked for
SUMMARY = 0.5  # ... and the summary
FURTHER = 0.05  # how much further passages add
COVERAGE = 0.2  # the share of the score that depends on how many of the words are there


@dataclass
class Counts:
    """How often the terms of a query are in a text of so many words; `covered`: its words that are there."""

    terms: dict[str, float] = field(default_factory=dict)
    length: int = 0


class Meter:
    """Counts the terms of one query in texts, and weighs what it has counted."""

    def __init__(self, asked: Asked):
        self.asked = asked
        self._exact = {}
        for word in asked.words:
            self._exact.setdefault(word.text, set()).add(word.exact)
        wanted = set(asked.weights)
        wanted.update(term for alternative in asked.alternatives for term in alternative.terms)
        self._pairs = {tuple(term.split("_")): term for term in wanted if "_" in term}
        self._syllables = {word for term in wanted for word in term.split("_")}
        self._meanings = _Meanings(self)
        self._alternatives = [
            (alternative.terms, alternative.weight, asked.terms_of(alternative)) for alternative in asked.alternatives
        ]

    def meaning(self, chunk: str) -> tuple[tuple[str, float] | None, ...] | None:
        """Return the words of a chunk with what each counts, None in place of others; None if none was asked for."""
        found = tuple(
            (word, self._worth(word, written)) if word in self._syllables else None for word, written in words_in(chunk)
        )
        return found if any(found) else None

    def count(self, text: str) -> Counts:
        """Count the terms of the query in a text in stored form."""
        parts = chunks(text)
        counts: dict[str, float] = {}
        before, before_at = None, -2
        for at, meaning in enumerate(map(self._meanings.__getitem__, parts)):
            if meaning is None:
                continue
            if before_at != at - 1:
                before = None
            for known in meaning:
                if known:
                    word, worth = known
                    counts[word] = counts.get(word, 0.0) + worth
                    if before and (term := self._pairs.get((before[0], word))):
                        counts[term] = counts.get(term, 0.0) + min(worth, before[1])
                before = known
            before_at = at
        return Counts(self._with_alternatives(counts) if counts else counts, len(parts))

    def _worth(self, word, written):
        exact = self._exact.get(word)
        return 1.0 if not exact or "" in exact or one_form(written) in exact else OTHER_ACCENTS

    def weight(self, counts: Iterable[str]) -> float:
        """Return what the terms tell together."""
        weights = self.asked.weights
        return sum(weights[term] for term in counts if term in weights)

    def _with_alternatives(self, counts):
        added: dict[str, float] = {}
        for terms, weight, own in self._alternatives:
            number = min(counts.get(term, 0.0) for term in terms)
            if number:
                for term in own:
                    added[term] = added.get(term, 0.0) + weight * number
        for term, number in added.items():
            counts[term] = counts.get(term, 0.0) + number
        return counts


class _Meanings(dict):
    """What chunks of text mean to a query, found out once for each."""

    def __init__(self, meter):
        super().__init__()
        self._meter = meter

    def __missing__(self, chunk):
        meaning = self[chunk] = self._meter.meaning(chunk)
        return meaning


class Head:
    """The title, names and summary of a thing, counted once for all of its passages; `body` is all of it as a passage
    of its own, since of many documents nothing else is known.
    """

    def __init__(self, meter: Meter, thing: Thing):
        self._meter = meter
        titles = [meter.count(storable(text)) for text in (thing.title, *thing.names)]
        summary = meter.count(storable(thing.summary))
        self.counts: dict[str, float] = {}
        for title in titles:
            for term, number in title.terms.items():
                self.counts[term] = max(self.counts.get(term, 0.0), IN_TITLE * number)
        for term, number in summary.terms.items():
            self.counts[term] = self.counts.get(term, 0.0) + IN_SUMMARY * number
        self.bonus = TITLE * max(map(self._worth_whole, titles)) + SUMMARY * self._worth_whole(summary)
        self.body = _together([*titles, summary])

    def _worth_whole(self, title):
        """What a title or summary tells, the more the less it has beside."""
        if not title.terms:
            return 0.0
        weights = self._meter.asked.weights
        there = {term: min(1.0, number) for term, number in title.terms.items() if term in weights}
        asked = sum(number for term, number in there.items() if "_" not in term)
        return sum(weights[term] * number for term, number in there.items()) * min(1.0, asked / title.length)


def _together(parts: Iterable[Counts]) -> Counts:
    whole = Counts()
    for part in parts:
        whole.length += part.length
        for term, number in part.terms.items():
            whole.terms[term] = whole.terms.get(term, 0.0) + number
    return whole


@dataclass(frozen=True)
class Score:
    """How well a row answers; `own` leaves its thing's head aside, `words` are those of the query that it has."""

    total: float
    own: float
    words: frozenset[str]


def score(meter: Meter, head: Head, label: str = "", heading: str = "", text: str = "") -> Score:
    """Score a passage together with the head of its thing."""
    return _score(meter, head, meter.count(text), meter.count(f"{label}\n{heading}"))


def score_of_head(meter: Meter, head: Head) -> Score:
    """Score the head of a thing by itself."""
    return _score(meter, head, head.body, Counts())


def _score(meter, head, body, title):
    norm = 1 - LENGTH + LENGTH * max(body.length, SHORTEST) / USUAL_LENGTH
    own_counts = {term: number / norm for term, number in body.terms.items()}
    for term, number in title.terms.items():
        own_counts[term] = own_counts.get(term, 0.0) + IN_HEADING * number
    counts = dict(own_counts)
    for term, number in head.counts.items():
        counts[term] = counts.get(term, 0.0) + number
    words = frozenset(term for term in counts if "_" not in term and term in meter.asked.weights)
    covered = meter.weight(words) / (meter.weight(word.text for word in meter.asked.words) or 1.0)
    total = _saturated(meter, counts) * (1 - COVERAGE + COVERAGE * covered) + head.bonus
    return Score(total, _saturated(meter, own_counts), words)


def _saturated(meter, counts):
    weights = meter.asked.weights
    return sum(weights[term] * number / (SATURATION + number) for term, number in counts.items() if term in weights) * (
        1 + SATURATION
    )
