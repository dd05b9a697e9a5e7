"""A query as the tables are asked for it: its terms with what each is worth, and what a passage must have."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from search.wanted import Synonym, Wanted

from .tables import is_postgresql
from .terms import pair

# Of how many telling words all must be there; of a longer question the nearest are the answer.
MOST_REQUIRED = 5
TELLING = 0.5
_PAIR_WEIGHT = 0.9
_SYLLABLE = re.compile(r"\w+")


@dataclass(frozen=True)
class Term:
    """A syllable or a pair, in how many passages it is, and what it is worth where it is found."""

    text: str
    frequency: int
    worth: float


@dataclass(frozen=True)
class Asked:
    """The terms of a query, the rarest first; `required` are the alternatives of each word that must be there, each a
    group of terms that stand together; empty for a whole question.
    """

    wanted: Wanted
    terms: tuple[Term, ...]
    required: tuple[tuple[tuple[str, ...], ...], ...]
    idf: Mapping[str, float]


def asked_of(wanted: Wanted, frequencies: Callable[[set[str]], Mapping[str, int]], count: int) -> Asked:
    """Return what is asked, with the frequencies of its terms among so many passages."""
    wanted = _readable(wanted)
    weights: dict[str, float] = {}
    for word in wanted.words:
        _raise(weights, word.text, word.weight)
    for first, second in pairwise(wanted.words):
        _raise(weights, pair(first.text, second.text), _PAIR_WEIGHT * min(first.weight, second.weight))
    for synonym in wanted.synonyms:
        weight = synonym.weight * _weight_of(wanted, synonym)
        for term in together(synonym.words):
            _raise(weights, term, weight)
    for phrase in wanted.phrases:
        for term in together(phrase):
            _raise(weights, term, 1.0)
    known = frequencies(set(weights))
    idf = {term: log(1 + (count - known.get(term, 0) + 0.5) / (known.get(term, 0) + 0.5)) for term in weights}
    terms = [Term(term, known.get(term, 0), weight * idf[term]) for term, weight in weights.items()]
    found = tuple(sorted((term for term in terms if term.frequency), key=lambda term: (term.frequency, term.text)))
    return Asked(wanted, found, _required(wanted), idf)


def _readable(wanted):
    """Leave out what is no syllable: it stands in no text, and the database's language of queries might read it."""
    return replace(
        wanted,
        words=tuple(word for word in wanted.words if _SYLLABLE.fullmatch(word.text)),
        synonyms=tuple(synonym for synonym in wanted.synonyms if all(map(_SYLLABLE.fullmatch, synonym.words))),
        phrases=tuple(phrase for phrase in wanted.phrases if phrase and all(map(_SYLLABLE.fullmatch, phrase))),
        excluded=tuple(filter(_SYLLABLE.fullmatch, wanted.excluded)),
    )


def _raise(weights, term, weight):
    weights[term] = max(weight, weights.get(term, 0.0))


def _weight_of(wanted: Wanted, synonym: Synonym) -> float:
    return max((word.weight for word in wanted.words[synonym.start : synonym.end]), default=1.0)


def together(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the terms of words that stand side by side: their pairs, or the one word."""
    return tuple(pair(first, second) for first, second in pairwise(words)) if len(words) > 1 else words


def _required(wanted):
    phrases = tuple((together(phrase),) for phrase in wanted.phrases)
    telling = [place for place, word in enumerate(wanted.words) if word.weight >= TELLING]
    if len(telling) > MOST_REQUIRED:
        return phrases
    # A query of filling words alone is meant as it stands.
    places = telling or range(min(len(wanted.words), MOST_REQUIRED))
    return phrases + tuple(
        (
            (wanted.words[place].text,),
            *(together(synonym.words) for synonym in wanted.synonyms if synonym.start <= place < synonym.end),
        )
        for place in places
    )


def is_question(wanted: Wanted) -> bool:
    """Say whether it is too long for all of its words to be required."""
    return sum(word.weight >= TELLING for word in wanted.words) > MOST_REQUIRED


def match_of(required, excluded: tuple[str, ...] = ()) -> str:
    """Return what passages must have, in the language of FTS5 or of tsquery."""
    groups = [_any([_all([_quoted(term) for term in group]) for group in groups]) for groups in required]
    expression = _all(groups)
    for word in excluded:
        expression += f" {'& !' if is_postgresql() else 'NOT '}{_quoted(word)}"
    return expression


def _all(parts):
    return parts[0] if len(parts) == 1 else f"({(' & ' if is_postgresql() else ' AND ').join(parts)})"


def _any(parts):
    return parts[0] if len(parts) == 1 else f"({(' | ' if is_postgresql() else ' OR ').join(parts)})"


def _quoted(term):
    # Terms are \w alone, so no quotation mark stands in them.
    return f"'{term}'" if is_postgresql() else f'"{term}"'
