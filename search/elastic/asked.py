"""A query as the index is asked for it: its terms with what each is worth, and what must be there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from search.wanted import Wanted

from .terms import is_syllable, together

# Passages that the terms by which a question finds may be in together, and terms that are looked at at all.
BUDGET = 60_000
MOST_TERMS = 48
# Terms by which the best of what has all words are chosen, at the least, and the passages of more of them.
_CHOOSING = 2
BUDGET_OF_CHOICE = 150_000
_PAIR = 1.0

Frequencies = Callable[[Iterable[str]], Mapping[str, int]]
Group = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Term:
    """A syllable or a pair: in how many passages it is, its weight in the query, what it is worth where it is found,
    and with which accents it was typed.
    """

    text: str
    frequency: int
    weight: float
    worth: float
    exact: tuple[str, ...] = ()

    @property
    def is_pair(self) -> bool:
        return "_" in self.text.strip("_")


@dataclass(frozen=True)
class Alternative:
    """Terms that stand together for words of the query, in how many passages at the most, and what they are worth."""

    terms: tuple[str, ...]
    frequency: int
    worth: float


@dataclass(frozen=True)
class Asked:
    """The terms of a query, the rarest first; `required` has for each word that must be there its alternatives, each a
    group of terms that stand together.
    """

    wanted: Wanted
    terms: tuple[Term, ...]
    alternatives: tuple[Alternative, ...]
    required: tuple[Group, ...]

    @property
    def is_question(self) -> bool:
        """Whether it is too long for all of its words to be required."""
        return self.wanted.is_question

    @property
    def is_known(self) -> bool:
        """Whether the index has anything of it."""
        return bool(self.terms or self.alternatives or self.required)

    def finding(self, budget: int) -> "Asked":
        """Return the part of a question by which things are found: its rare terms, within a budget of passages."""
        terms = _within(budget, self.terms, 1)
        left = budget - sum(term.frequency for term in terms)
        others = tuple(other for other in self.alternatives if other.frequency <= left)
        return replace(self, terms=tuple(terms), alternatives=others)

    @property
    def choosing(self) -> "Asked":
        """Return the part of a short query by which the best are chosen of what has all words: its rarest terms, among
        them a word, so that nothing that has all words is without any.
        """
        rarest = _within(BUDGET_OF_CHOICE, self.terms, _CHOOSING)
        if all(term.is_pair for term in rarest):
            rarest += [term for term in self.terms if not term.is_pair][:1]
        return replace(self, terms=tuple(rarest))


def _within(budget, terms, least):
    taken = []
    for term in terms:
        if len(taken) >= least and term.frequency > budget:
            break
        budget -= term.frequency
        taken.append(term)
    return taken


def asked_of(wanted: Wanted, frequencies: Frequencies, count: int) -> Asked:
    """Return what is asked, with the frequencies of its terms among so many passages."""
    wanted = _readable(wanted)
    weights, exact = _weights(wanted)
    others = [together(synonym.words) for synonym in wanted.synonyms]
    known = frequencies({*weights, *(term for terms in others for term in terms)})

    def rarity(term):
        found = known.get(term, 0)
        everything = max(count, found)
        return log(1 + (everything - found + 0.5) / (found + 0.5))

    terms = [
        Term(term, known.get(term, 0), weight, weight * rarity(term), tuple(sorted(exact.get(term, ()))))
        for term, weight in weights.items()
    ]
    # What stands nowhere finds nothing; but where nothing at all is known, the frequencies are not there.
    found = [term for term in terms if term.frequency] or terms
    best = sorted(found, key=lambda term: (-term.worth, term.text))[:MOST_TERMS]
    ordered = tuple(sorted(best, key=lambda term: (term.frequency, term.text)))
    return Asked(wanted, ordered, _alternatives(wanted, others, known, rarity), _required(wanted))


def _readable(wanted):
    """Leave out what is no syllable: it stands in no text."""
    places, words = {}, []
    for place, word in enumerate(wanted.words):
        places[place] = len(words)
        if is_syllable(word.text):
            words.append(word)
    places[len(wanted.words)] = len(words)
    synonyms = [
        replace(synonym, start=places[synonym.start], end=places[synonym.end])
        for synonym in wanted.synonyms
        if 0 <= synonym.start < synonym.end <= len(wanted.words) and synonym.words
    ]
    return replace(
        wanted,
        words=tuple(words),
        synonyms=tuple(one for one in synonyms if one.start < one.end and all(map(is_syllable, one.words))),
        phrases=tuple(phrase for phrase in wanted.phrases if phrase and all(map(is_syllable, phrase))),
        excluded=tuple(filter(is_syllable, wanted.excluded)),
    )


def _weights(wanted):
    weights: dict[str, float] = {}
    exact: dict[str, set[str]] = {}
    for word in wanted.words:
        _raise(weights, word.text, word.weight)
        if word.exact:
            exact.setdefault(word.text, set()).add(word.exact)
    for first, second in pairwise(wanted.words):
        _raise(weights, f"{first.text}_{second.text}", _PAIR * min(first.weight, second.weight))
    for phrase in wanted.phrases:
        for term in together(phrase):
            _raise(weights, term, 1.0)
    return weights, exact


def _raise(weights, term, weight):
    weights[term] = max(weight, weights.get(term, 0.0))


def _alternatives(wanted, others, known, rarity):
    found = []
    for synonym, terms in zip(wanted.synonyms, others, strict=True):
        words = wanted.words[synonym.start : synonym.end]
        # As much as the words that they stand for, or as they themselves where these are nowhere in the index.
        worth = sum(word.weight * rarity(word.text) for word in words) / len(words)
        own = sum(map(rarity, terms)) / len(terms)
        frequency = min(known.get(term, 0) for term in terms)
        found.append(Alternative(terms, frequency, synonym.weight * min(worth, own) * len(words)))
    return tuple(found)


def _required(wanted) -> tuple[Group, ...]:
    return tuple(
        (
            (wanted.words[place].text,),
            *(together(synonym.words) for synonym in wanted.synonyms if synonym.start <= place < synonym.end),
        )
        for place in wanted.telling
    )
