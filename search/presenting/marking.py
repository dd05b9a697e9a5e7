"""Found words marked in a text, and the piece of a long text in which most of them stand.

A syllable that was typed with accents marks its like alone: "đất đai" must not mark "đại biểu". Who types none means
all of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from core.accents import one_form
from core.text import fold, shorten
from search.wanted import Wanted

# What is read of a text for a snippet; the longest article of a real law has 38,000 letters.
_MOST_READ = 60_000
SNIPPET = 260
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.;:!?]\s+$")
# A word that tells less than this share of the most telling one is marked beside others only.
_TELLING = 0.5
# A second place with the same words makes a snippet little better.
_AGAIN = 0.2


@dataclass(frozen=True)
class Snippet:
    """A piece of a text, escaped and marked; `words` are the most that stand side by side in it, "" for none."""

    html: SafeString
    words: str = ""


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    folded: str


@dataclass(frozen=True)
class _Run:
    """Found words side by side: from letter `start` to `end`, `words` of them, of which the best tells `weight`."""

    start: int
    end: int
    words: tuple[str, ...]
    weight: float

    @property
    def score(self) -> float:
        return self.weight * len(self.words) ** 1.5


class Marker:
    """Marks what was wanted in any number of texts."""

    def __init__(self, wanted: Wanted):
        self.has_accents = any(word.exact for word in wanted.words)
        self.words: dict[str, list] = {}
        for word in wanted.words:
            self.words.setdefault(word.text, []).append(word)
        # What stands for some of the words, and what was in quotation marks, is found whole or not at all.
        self.sequences: dict[str, list] = {}
        for synonym in wanted.synonyms:
            self._add_sequence(synonym.words, synonym.weight)
        for phrase in wanted.phrases:
            self._add_sequence(phrase, 1.0)
        self.telling = _TELLING * max((word.weight for word in wanted.words), default=1.0)

    def _add_sequence(self, words, weight):
        if words:
            self.sequences.setdefault(words[0], []).append((tuple(words), weight))

    def mark(self, text: str) -> SafeString:
        """Return a short text whole, escaped, with what was wanted marked."""
        text = _flat(text)
        return _html(text, self._runs(text), 0, len(text))

    def snippet(self, text: str, length: int = SNIPPET) -> Snippet:
        """Return about `length` letters of a text, cut at words, around where most of what was wanted stands; its
        beginning where nothing of it does.
        """
        text = _flat(text)
        runs = self._runs(text)
        if not runs:
            return Snippet(_html(shorten(text, length), [], 0, None))
        best = max(runs, key=lambda run: (run.score, -run.start))
        start, end = (0, len(text)) if len(text) <= length else _window(text, _densest(runs, length), length)
        return Snippet(_html(text, runs, start, end), text[best.start : best.end])

    def has(self, text: str) -> bool:
        """Say whether anything of what was wanted stands in a text."""
        return bool(self._runs(_flat(text)))

    def _runs(self, text):
        tokens = list(_tokens(text))
        weights = [self._weight(text, token) for token in tokens]
        for place, token in enumerate(tokens):
            for words, weight in self.sequences.get(token.folded, ()):
                if tuple(one.folded for one in tokens[place : place + len(words)]) == words:
                    for at in range(place, place + len(words)):
                        weights[at] = max(weights[at], weight)
        runs = list(_joined(text, tokens, weights))
        # "đất" alone is no find where "đất đai" stands as a whole.
        within = {word for run in runs if len(run.words) > 1 for word in run.words}
        return [
            run for run in runs if run.weight >= self.telling and (len(run.words) > 1 or run.words[0] not in within)
        ]

    def _weight(self, text, token):
        words = self.words.get(token.folded)
        if not words:
            return 0.0
        if not self.has_accents:
            return max(word.weight for word in words)
        typed = one_form(text[token.start : token.end])
        return max((word.weight for word in words if (word.exact or word.text) == typed), default=0.0)


def _flat(text):
    return _SPACE.sub(" ", text[:_MOST_READ]).strip()


def _tokens(text) -> Iterator[_Token]:
    folded = fold(text)
    is_aligned = len(folded) == len(text)
    for found in _WORD.finditer(text):
        start, end = found.span()
        yield _Token(start, end, folded[start:end] if is_aligned else fold(found[0]))


def _joined(text, tokens, weights) -> Iterator[_Run]:
    """Yield the found words that nothing but a space divides, together."""
    begun = []
    for token, weight in zip(tokens, weights, strict=True):
        if begun and (not weight or text[begun[-1][0].end : token.start] != " "):
            yield _run(begun)
            begun = []
        if weight:
            begun.append((token, weight))
    if begun:
        yield _run(begun)


def _run(begun):
    tokens = [token for token, _weight in begun]
    words = tuple(token.folded for token in tokens)
    return _Run(tokens[0].start, tokens[-1].end, words, max(weight for _token, weight in begun))


def _densest(runs, length):
    """Return the runs within `length` letters that have the most different words, side by side if they can."""
    best, most = [], 0.0
    for first, run in enumerate(runs):
        near, score, seen = [], 0.0, set()
        for other in runs[first:]:
            if other.end - run.start > length and near:
                break
            near.append(other)
            score += other.score * (_AGAIN if other.words in seen else 1.0)
            seen.add(other.words)
        if score > most:
            best, most = near, score
    return best


def _window(text, runs, length):
    """Return from where to where a snippet goes: a third of what is left stands before what was found."""
    start, end = runs[0].start, min(runs[-1].end, runs[0].start + length)
    left = max(0, length - (end - start))
    earliest = max(0, start - left // 3)
    latest = min(len(text), end + (left - (start - earliest)))
    return _begin(text, earliest, start), _end(text, end, latest)


def _begin(text, earliest, start):
    if earliest == 0:
        return 0
    spaces = [at + 1 for at in range(earliest - 1, start) if text[at] == " "]
    # A sentence is read from its beginning where that is near.
    sentences = [at for at in spaces if _SENTENCE.search(text[max(0, at - 3) : at])]
    return (sentences or spaces or [start])[0]


def _end(text, end, latest):
    if latest == len(text):
        return latest
    space = text.rfind(" ", end, latest + 1)
    return space if space > end else end


def _html(text, runs, start, end):
    end = len(text) if end is None else end
    inside = [run for run in runs if start <= run.start and run.end <= end]
    pieces = ["…" if start else ""]
    bounds = [(start, start), *((run.start, run.end) for run in inside), (end, end)]
    for (_begin_before, end_before), (begin, stop) in pairwise(bounds):
        pieces.append(escape(text[end_before:begin], quote=False))
        if stop > begin:
            pieces.append(f'<mark class="hit">{escape(text[begin:stop], quote=False)}</mark>')
    pieces.append("…" if end < len(text) else "")
    return mark_safe("".join(pieces))
