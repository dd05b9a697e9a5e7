"""The terms by which passages are found: folded syllables, and pairs of neighbours as one term ("dat_dai").

Pairs in a field of their own measured better than syllables alone: compounds of Vietnamese are written as separate
syllables, and no segmenter was as good.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from core.text import fold

# A pair does not reach across the end of a sentence or a cell.
_ENDS = re.compile(r"[.;:!?\n\t|()“”\"]+\s")
_SYLLABLE = re.compile(r"\w+")
# Longer ones are no words: a line of underscores, a number of fifty digits.
_LONGEST = 40
# Latin letters with marks lie here: Latin-1, Extended-A and -B, Extended Additional.
_WITH_MARKS = (range(0x41, 0x250), range(0x1E00, 0x1F00))


@cache
def _folding() -> dict[int, str]:
    letters = (chr(code) for codes in _WITH_MARKS for code in codes)
    return {ord(letter): folded for letter in letters if len(folded := fold(letter)) == 1 and folded != letter}


def fold_in_place(text: str) -> str:
    """Return stored text folded letter by letter, so that a place in it is the same place in the text."""
    return text.translate(_folding())


def syllables(text: str) -> Iterator[list[str]]:
    """Yield the folded syllables of each stretch of a stored text."""
    for stretch in _ENDS.split(f"{fold_in_place(text)} "):
        found = [word for word in _SYLLABLE.findall(stretch) if len(word) <= _LONGEST]
        if found:
            yield found


def pair(first: str, second: str) -> str:
    return f"{first}_{second}"


def terms_of(texts: Iterable[str]) -> set[str]:
    """Return the syllables and pairs of stored texts."""
    terms: set[str] = set()
    for text in texts:
        for words in syllables(text):
            terms.update(words)
            terms.update(pair(first, second) for first, second in pairwise(words))
    return terms
