"""The terms of a text as they are indexed: made here and not by an analyser, so that a query has the very same.

Elasticsearch's own folding would not put together what a keyboard writes apart (NFD), and keeps đ.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from core.accents import one_form
from core.text import fold, normalise

_ENDS = re.compile(r"[.;:!?\n\t|()“”\"]+\s")
_SYLLABLE = re.compile(r"\w+")
_LONGEST = 40


def _stretches(text: str) -> Iterator[list[str]]:
    for stretch in _ENDS.split(f"{normalise(text)} "):
        if words := [word for word in _SYLLABLE.findall(stretch) if len(word) <= _LONGEST]:
            yield words


def folded(text: str) -> str:
    """Return the folded syllables, divided by spaces."""
    return " ".join(fold(word) for words in _stretches(text) for word in words)


def pairs(text: str) -> str:
    """Return the pairs of neighbours ("dat_dai"), divided by spaces; none reaches across the end of a sentence."""
    return " ".join(
        f"{first}_{second}" for words in _stretches(text) for first, second in pairwise([fold(word) for word in words])
    )


def exact(text: str) -> str:
    """Return the syllables that have accents, in their one form."""
    return " ".join(one_form(word) for words in _stretches(text) for word in words if one_form(word) != fold(word))
