"""A better spelling of what was typed: keys of a keyboard that was not turned on are read ("ddaats"), and syllables
that stand nowhere become those nearest to them that do.
"""

import math
import re
from collections.abc import Callable, Iterable
from string import ascii_lowercase

from core.text import fold, normalise

from . import telex

# Each costs two look-ups; a query of which more is unknown is no misspelling.
_MOST_UNKNOWN = 3
_LONGEST = 12
_MOST_TRIED = 40
# How much a known neighbour tells more than a frequent word.
_BESIDE = 3.0
_WORD = re.compile(r"\w+")

Frequencies = Callable[[Iterable[str]], dict[str, int]]


def corrected(text: str, frequencies: Frequencies, size: int) -> str:
    """Return a text with its unknown syllables replaced; "" where nothing better is known.

    What is read of its keys has the accents that they mean, the others have none. `size` is how many passages there
    are: of nothing, nothing is known.
    """
    text = normalise(text)
    if not size:
        return ""
    read = telex.replaced(text, keys_read(text, frequencies))
    nearest = _with_nearest(read, frequencies)
    return nearest or (read if read != text else "")


def keys_read(text: str, frequencies: Frequencies) -> dict[str, str]:
    """Return the words that are keys of Telex or VNI, with what was meant; none where the index never says so: of one
    at least it knows what was meant, and not how it stands.
    """
    meant = telex.residues(text)
    known = frequencies({fold(word) for words in meant.items() for word in words}) if meant else {}
    if not any(known.get(fold(one)) and not known.get(fold(word)) for word, one in meant.items()):
        return {}
    return {word: one for word, one in meant.items() if known.get(fold(one)) or not known.get(fold(word))}


def _with_nearest(text, frequencies):
    found = list(_WORD.finditer(text))
    words = [fold(match[0]) for match in found]
    known = frequencies([word for word in words if word.isalpha()])
    unknown = [place for place, word in enumerate(words) if word.isalpha() and not known.get(word)]
    if not unknown or len(unknown) > _MOST_UNKNOWN:
        return ""
    for place in unknown:
        before = words[place - 1].split()[-1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        best = _nearest(words[place], before, after, frequencies)
        if not best:
            return ""
        words[place] = best
    pieces, done = [], 0
    for place, match in enumerate(found):
        pieces.append(text[done : match.start()])
        pieces.append(words[place] if place in unknown else match[0])
        done = match.end()
    return "".join([*pieces, text[done:]])


def _nearest(word, before, after, frequencies):
    """Return the known syllable, or the two, that differ from a word in one letter and fit best beside others."""
    if not 1 < len(word) <= _LONGEST:
        return ""
    counts = frequencies(_changed(word) - {word})
    tried = sorted((one for one, count in counts.items() if count), key=lambda one: -counts[one])[:_MOST_TRIED]
    pairs = {one: [f"{before}_{one}"] * bool(before) + [f"{one}_{after}"] * bool(after) for one in tried}
    parted = {f"{word[:at]} {word[at:]}": f"{word[:at]}_{word[at:]}" for at in range(1, len(word))}
    beside = frequencies({*(pair for several in pairs.values() for pair in several), *parted.values()})
    scores = {
        one: math.log1p(counts[one]) + _BESIDE * sum(math.log1p(beside[pair]) for pair in pairs[one]) for one in tried
    }
    scores |= {two: (1 + _BESIDE) * math.log1p(beside[pair]) for two, pair in parted.items() if beside[pair]}
    return max(scores, key=lambda one: (scores[one], one), default="")


def _changed(word):
    """Return all that one slip of a finger makes of a word."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {begin + end[1:] for begin, end in parts if end}
    swapped = {begin + end[1] + end[0] + end[2:] for begin, end in parts if len(end) > 1}
    other = {begin + letter + end[1:] for begin, end in parts if end for letter in ascii_lowercase}
    added = {begin + letter + end for begin, end in parts for letter in ascii_lowercase}
    return {one for one in left_out | swapped | other | added if one}
