"""What a passage is worth for a query, looked at word by word.

BM25 (Robertson and Zaragoza, 2009) over folded syllables and pairs with separate weights for title, heading and text,
where a longer text weighs each word less; words that stand as they were typed, accents and all, weigh a little more.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from core.accents import with_marks_in_place
from search.wanted import Wanted

from .asked import Asked
from .terms import fold_in_place, pair

# How soon a word that is said again says nothing new, and how much a long text says each word less.
_SATURATION = 1.2
_LENGTH = 0.6
# Letters of a typical article.
_TYPICAL = 900
_TITLE = 2.2
_HEADING = 2.0
_PAIR = 0.9
# A word with other accents than were typed.
_OTHER_ACCENTS = 0.8
# Between neighbours stands a space, at most a comma too.
_GAP = 2
# A passage that has all words is worth more than one that has half of them twice.
_COVERED = 0.35
_LONGEST = 12_000


@dataclass
class Scorer:
    """Scores texts for one query."""

    asked: Asked

    def score(self, head: str, heading: str, text: str) -> float:
        """Return what a passage is worth under its thing's title and its own heading."""
        found: dict[str, float] = defaultdict(float)
        for part, weight in ((head, _TITLE), (heading, _HEADING), (text[:_LONGEST], self._weight_of(text))):
            for term, count in self._counts(part).items():
                found[term] += weight * count
        if not found:
            return 0.0
        total = sum(
            worth * found[term] * (_SATURATION + 1) / (found[term] + _SATURATION)
            for term, worth in self._worths.items()
            if term in found
        )
        return total * (1 - _COVERED + _COVERED * self._coverage(found))

    def _weight_of(self, text):
        return 1 / (1 - _LENGTH + _LENGTH * max(len(text), 80) / _TYPICAL)

    def _coverage(self, found):
        words = {word.text: word.weight * self.asked.idf.get(word.text, 0.0) for word in self.wanted.words}
        whole = sum(words.values())
        return sum(worth for text, worth in words.items() if text in found) / whole if whole else 1.0

    @property
    def wanted(self) -> Wanted:
        return self.asked.wanted

    @cached_property
    def _worths(self):
        worths: dict[str, float] = {}
        words = self.wanted.words
        for word in words:
            worths[word.text] = max(worths.get(word.text, 0.0), word.weight * self.asked.idf.get(word.text, 0.0))
        for place in range(len(words) - 1):
            term = pair(words[place].text, words[place + 1].text)
            weight = _PAIR * min(words[place].weight, words[place + 1].weight)
            worths[term] = max(worths.get(term, 0.0), weight * self.asked.idf.get(term, 0.0))
        return worths

    @cached_property
    def _pattern(self):
        words = {word.text for word in self.wanted.words}
        others = [r"\W{1,2}".join(map(re.escape, synonym.words)) for synonym in self.wanted.synonyms]
        # The longest first: a synonym of several words is no single word of the query.
        choices = sorted({*map(re.escape, words), *others}, key=lambda choice: (-len(choice), choice))
        return re.compile(rf"\b(?:{'|'.join(choices)})\b") if choices else None

    @cached_property
    def _exact(self):
        exact: dict[str, set[str]] = defaultdict(set)
        for word in self.wanted.words:
            if word.exact:
                exact[word.text].add(word.exact)
        return exact

    @cached_property
    def _synonyms(self):
        return {" ".join(synonym.words): synonym for synonym in self.wanted.synonyms}

    @cached_property
    def _followers(self):
        words = self.wanted.words
        return {pair(words[place].text, words[place + 1].text) for place in range(len(words) - 1)}

    def _counts(self, text):
        """How often each term stands in a text; a word with other accents counts a little less than once."""
        counts: dict[str, float] = defaultdict(float)
        if not text or self._pattern is None:
            return counts
        before, end, before_weight = "", -9, 0.0
        exact_text = None
        for match in self._pattern.finditer(fold_in_place(text)):
            word, weight = match[0], 1.0
            synonym = self._synonyms.get(" ".join(re.split(r"\W+", word)))
            if synonym is not None and word not in self._own:
                self._count_synonym(counts, synonym)
                before, end = "", -9
                continue
            if word in self._exact:
                exact_text = exact_text if exact_text is not None else with_marks_in_place(text)
                if exact_text[match.start() : match.end()] not in self._exact[word]:
                    weight = _OTHER_ACCENTS
            counts[word] += weight
            if match.start() - end <= _GAP and (joint := pair(before, word)) in self._followers:
                counts[joint] += min(weight, before_weight)
            before, end, before_weight = word, match.end(), weight
        return counts

    @cached_property
    def _own(self):
        return {word.text for word in self.wanted.words}

    def _count_synonym(self, counts, synonym):
        words = self.wanted.words[synonym.start : synonym.end]
        for word in words:
            counts[word.text] += synonym.weight
        for place in range(synonym.start, min(synonym.end, len(self.wanted.words)) - 1):
            counts[pair(self.wanted.words[place].text, self.wanted.words[place + 1].text)] += synonym.weight
