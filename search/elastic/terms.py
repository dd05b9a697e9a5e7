"""Text as it is indexed: folded syllables by stretches, across whose ends no pair and no phrase reaches."""

import re
from functools import cache
from itertools import pairwise

from core.accents import one_form
from core.text import fold

# The end of a sentence or a cell.
_ENDS = re.compile(r"[.;:!?\n\t|()“”\"]+\s")
_SYLLABLE = re.compile(r"\w+")
# Longer ones are no words: a line of underscores, a number of fifty digits.
_LONGEST = 40
# Latin letters with marks: Latin-1, Extended-A and -B, Extended Additional.
_WITH_MARKS = (range(0x41, 0x250), range(0x1E00, 0x1F00))


@cache
def _folding() -> dict[int, str]:
    letters = (chr(code) for codes in _WITH_MARKS for code in codes)
    return {ord(letter): fold(letter) for letter in letters if fold(letter) != letter}


def stretches(text: str) -> list[str]:
    """Return the folded syllables of stored text, those of each stretch between spaces."""
    found = (_SYLLABLE.findall(stretch) for stretch in _ENDS.split(f"{text.translate(_folding())} "))
    return [" ".join([word for word in words if len(word) <= _LONGEST]) for words in found if words]


def accented(text: str) -> str:
    """Return the syllables of stored text that have accents, in their one form, between spaces."""
    return " ".join(
        [one_form(word) for word in _SYLLABLE.findall(text) if not word.isascii() and len(word) <= _LONGEST]
    )


def is_syllable(word: str) -> bool:
    """Say whether a word of a query is a syllable that an index may have."""
    return len(word) <= _LONGEST and _SYLLABLE.fullmatch(word) is not None


def together(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the terms of words that stand side by side: their pairs, or the one word."""
    if len(words) < 2:
        return words
    return tuple(f"{first}_{second}" for first, second in pairwise(words))
