"""From what was typed to what is wanted."""

import re
from functools import cache
from pathlib import Path

from core.accents import one_form
from core.text import fold, normalise
from search.wanted import Wanted, Word

from .laws import laws_in
from .numbers import element_in, numbers_in
from .synonyms import Synonyms, default_synonyms, folded_words
from .tokens import tokens_of

MAX_LENGTH = 1_000
MAX_WORDS = 48
_FILE = Path(__file__).parent.parent / "data" / "filling.txt"
_INVISIBLE = re.compile("[\u0000-\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{2,200})[\"“”„«»]")
# "-word" after a space and before letters; a dash inside a symbol is none.
_EXCLUDED = re.compile(r"(?:^|\s)-(\w+)\b(?![/-])")
_MOST_PHRASES = 3


def want(text: str, *, synonyms: Synonyms | None = None) -> Wanted:
    """Return what somebody wants who typed a text; of a long one its beginning is read.

    Words in quotation marks are phrases; a word after a dash is excluded.
    """
    text = _INVISIBLE.sub(" ", normalise(text[: 4 * MAX_LENGTH]))[:MAX_LENGTH]
    excluded = tuple(word for found in _EXCLUDED.findall(text) for word in folded_words(found))[:8]
    bare = _EXCLUDED.sub(" ", text) if excluded else text
    phrases = tuple(words for found in _QUOTED.findall(bare) if (words := folded_words(found)))[:_MOST_PHRASES]
    words = _words(bare)
    tokens = tokens_of(bare)[: 2 * MAX_WORDS]
    spans = numbers_in(tokens)
    others = (synonyms or default_synonyms()).for_words([word.text for word in words])
    return Wanted(
        text=" ".join(text.split()),
        words=words,
        synonyms=others,
        numbers=tuple(number for span in spans for number in span.numbers)[:6],
        laws=() if spans else laws_in(words, others),
        eid=element_in(tokens),
        phrases=phrases,
        excluded=excluded,
    )


def _words(text):
    written = re.findall(r"\w+", text)[:MAX_WORDS]
    folded = [fold(word) for word in written]
    weights = _weights(folded)
    return tuple(
        Word(word, _exact(one, word), weight) for one, word, weight in zip(written, folded, weights, strict=True)
    )


def _exact(written, folded):
    """The word with its accents; nothing where none was typed, which may mean that the keyboard has none."""
    exact = one_form(written)
    return "" if exact == folded else exact


def _weights(words):
    weights = [1.0] * len(words)
    place = 0
    filling = _filling()
    while place < len(words):
        length, weight = 1, None
        for length in range(min(_longest(), len(words) - place), 0, -1):
            weight = filling.get(tuple(words[place : place + length]))
            if weight is not None:
                break
        if weight is not None:
            weights[place : place + length] = [weight] * length
        place += length if weight is not None else 1
    return weights


@cache
def _filling() -> dict[tuple[str, ...], float]:
    found = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            weight, _space, words = line.partition(" ")
            found[folded_words(words)] = float(weight)
    return found


@cache
def _longest() -> int:
    return max(map(len, _filling()))
