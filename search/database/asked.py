"""A query as the index is asked for it: terms with their weights, and what may stand for them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log

from core.accents import one_form

from ..wanted import SHORT, TELLING, Wanted, Word
from .expressions import Expression, Has, either, every
from .terms import EVERY, OF_HEAD, OF_HEADING, pair, side_by_side, syllables

# What lies further back in a very long text is not asked for.
MOST_WORDS = 64
MOST_SYNONYMS = 64
# How much a pair of neighbours tells beside its two syllables, by its own rarity.
PAIR = 1.2

Frequencies = Callable[[Iterable[str]], Mapping[str, int]]


@dataclass(frozen=True)
class Alternative:
    """Other syllables for words[start:end]. `terms`: all of these are in a text that has them.

    `is_border`: it is no more than the pair of one such syllable and the neighbour of what it stands for.
    """

    start: int
    end: int
    terms: tuple[str, ...]
    weight: float
    is_border: bool = False


class Asked:
    """A query's words, its terms (syllables and pairs) with their weights, and the alternatives of its words."""

    def __init__(self, wanted: Wanted, frequencies: Frequencies):
        self.words, places = _words(wanted)
        self._required = places[-1] or len(self.words)
        self.alternatives = list(_alternatives(wanted, self.words, places))
        self.is_number_alone = bool(wanted.numbers) and not (wanted.words or wanted.phrases)
        self.phrases = [words for phrase in wanted.phrases if (words := syllables(" ".join(phrase)))]
        self._spans = _spans(self.words)
        own = [*self._spans, *(term for alternative in self.alternatives for term in alternative.terms)]
        self.frequencies = frequencies([EVERY, *own, *(OF_HEADING + term for term in own)])
        self.weights = {term: self._weight_of(term) for term in self._spans}

    @cached_property
    def telling(self) -> list[int]:
        """The words that a found thing must have; all where none tells more than others.

        Those that stand in phrases alone are not among them: a phrase is a condition anyway.
        """
        telling = [at for at, word in enumerate(self.words[: self._required]) if word.weight >= TELLING]
        return telling or list(range(self._required))

    @property
    def is_question(self) -> bool:
        return len(self.telling) > SHORT

    def terms_of(self, alternative: Alternative) -> list[str]:
        """Return the terms of the query that an alternative stands for."""
        return [term for term in self._spans if self._stands_for(alternative, term)]

    def frequency(self, term: str) -> int:
        return self.frequencies.get(term, 0)

    def frequency_of_any(self, at: int) -> int:
        """Return in how many rows a word or one of its synonyms is, at most."""
        own = self.frequency(self.words[at].text)
        return own + sum(
            self.frequency(self.rarest_of(each)) for each in self.alternatives if each.start <= at < each.end
        )

    def rarest_of(self, alternative: Alternative) -> str:
        return min(alternative.terms, key=self.frequency)

    def searched(self) -> dict[str, float]:
        """Return the terms by which candidates are gathered, with what each adds."""
        found = dict(self.weights)
        for alternative in self.alternatives:
            term = self.rarest_of(alternative)
            weight = alternative.weight * sum(self.weights[own] for own in self.terms_of(alternative))
            found[term] = max(found.get(term, 0.0), weight)
        return {term: weight for term, weight in found.items() if self.frequency(term)}

    def all_words(self, mark: str = "") -> Expression | None:
        """Return what a row that has all telling words has, be it in itself or in its thing's head.

        With OF_HEADING: what a row has whose own title has them all.
        """
        if not self.telling:
            return None
        wanted = [either(self._ways_of(at, mark)) for at in self.telling]
        if not mark:
            # One word at least in the row itself: what has all of them in its title alone is found by its head.
            wanted.append(either(self._in_itself()))
        return every(wanted)

    def conditions(self) -> list[Expression]:
        """Return what a row of anything that is found must have: the phrases."""
        return [
            either([every(map(Has, side_by_side(words))), every(Has(OF_HEAD + term) for term in side_by_side(words))])
            for words in self.phrases
        ]

    def _ways_of(self, at, mark):
        yield from _in_row_or_head([self.words[at].text], mark)
        for alternative in self.alternatives:
            if alternative.start <= at < alternative.end and not alternative.is_border:
                yield from _in_row_or_head(alternative.terms, mark)

    def _in_itself(self):
        yield from (Has(self.words[at].text) for at in self.telling)
        yield from (every(map(Has, alternative.terms)) for alternative in self.alternatives)

    def _weight_of(self, term):
        start, end = self._spans[term]
        standing_in = sum(
            self.frequency(self.rarest_of(alternative))
            for alternative in self.alternatives
            if self._stands_for(alternative, term)
        )
        weight = min(word.weight for word in self.words[start:end])
        return weight * self._rarity(self.frequency(term) + standing_in) * (PAIR if end - start == 2 else 1)

    def _stands_for(self, alternative, term):
        start, end = self._spans[term]
        if alternative.is_border:
            return (start, end) == (alternative.start, alternative.end)
        return alternative.start <= start and end <= alternative.end

    def _rarity(self, frequency):
        """How much a term tells that is in so many rows (idf, in the form of BM25 that is never negative)."""
        everything = max(self.frequency(EVERY), frequency)
        return log(1 + (everything - frequency + 0.5) / (frequency + 0.5))


def _in_row_or_head(terms, mark):
    if mark:
        return [every(Has(mark + term) for term in terms)]
    return [every(map(Has, terms)), every(Has(OF_HEAD + term) for term in terms)]


def _words(wanted: Wanted) -> tuple[list[Word], list[int]]:
    """Return the words, and where among them each word of the query begins."""
    found, places = [], []
    for word in wanted.words[:MOST_WORDS]:
        places.append(len(found))
        texts = syllables(word.text)
        exact = one_form(word.exact) if word.exact and len(texts) == 1 else ""
        found += [Word(text, exact, min(max(word.weight, 0.0), 1.0)) for text in texts]
    found = found[:MOST_WORDS]
    places.append(len(found))
    known = {word.text for word in found}
    for phrase in wanted.phrases:
        words = syllables(" ".join(phrase))
        if not known.issuperset(words):
            found += map(Word, words[:MOST_WORDS])
    if not found:
        found += map(Word, _words_of_numbers(wanted))
    return found, places


def _words_of_numbers(wanted):
    """Return what a text has that names the number which alone was asked for."""
    for number in wanted.numbers[:1]:
        yield from syllables(" ".join([number.number, str(number.year or ""), *number.parts]))


def _alternatives(wanted, words, places):
    for synonym in wanted.synonyms[:MOST_SYNONYMS]:
        others = syllables(" ".join(synonym.words))
        if not (others and 0 <= synonym.start < synonym.end < len(places)):
            continue
        start, end = places[synonym.start], places[synonym.end]
        if not start < end <= len(words):
            continue
        weight = min(max(synonym.weight, 0.0), 1.0)
        yield Alternative(start, end, tuple(dict.fromkeys(side_by_side(others))), weight)
        if start > 0:
            yield Alternative(start - 1, start + 1, (pair(words[start - 1].text, others[0]),), weight, is_border=True)
        if end < len(words):
            yield Alternative(end - 1, end + 1, (pair(others[-1], words[end].text),), weight, is_border=True)


def _spans(words):
    """Return the terms of the query with the words that they are of; of repeated ones the heaviest."""
    spans = {}
    for size in (1, 2):
        for start in range(len(words) - size + 1):
            own = words[start : start + size]
            term = "_".join(word.text for word in own)
            before = spans.get(term)
            if before is None or min(w.weight for w in own) > min(w.weight for w in words[slice(*before)]):
                spans[term] = (start, start + size)
    return spans
