"""Other words for the same: groups that hold both ways, and what they make of a query."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from core.text import fold
from search.wanted import Synonym

_FILE = Path(__file__).parent.parent / "data" / "synonyms.txt"
_WEIGHT = 0.8
# Two letters are common syllables in folded text: "tt", "ct".
_WEIGHT_OF_SHORT = 0.5
_MOST = 40
# Both spellings are taught after these letters: "kỹ" and "kĩ", "quý" and "quí".
_OPEN = re.compile(r"(h|k|l|m|s|t|qu)(y|i)")
_WEIGHT_OF_SPELLING = 0.95

Words = tuple[str, ...]


def folded_words(text: str) -> Words:
    """Return the folded syllables of a text."""
    return tuple(re.findall(r"\w+", fold(text)))


@dataclass(frozen=True)
class Group:
    """Words that mean the same; one way: the first one also means the others, and not back."""

    words: tuple[str, ...]
    is_one_way: bool = False

    @classmethod
    def of_line(cls, line: str) -> "Group | None":
        """Read "UBND = Ủy ban nhân dân" or "NĐ => nghị định"; None for a line that is no group."""
        is_one_way = "=>" in line
        words = tuple(" ".join(word.split()) for word in re.split("=>?", line))
        words = tuple(dict.fromkeys(word for word in words if folded_words(word)))
        return cls(words, is_one_way) if len(words) > 1 else None

    @property
    def sense(self) -> tuple:
        """Equal for groups that say the same to the search, however they are written."""
        words = [folded_words(word) for word in self.words]
        return (self.is_one_way and words[0], frozenset(words))

    def found(self) -> tuple[str, ...]:
        """Return the words that are found for others."""
        return self.words[self.is_one_way :]

    def pairs(self) -> Iterable[tuple[str, str]]:
        """Yield (what is typed, what is also found)."""
        for first in self.words[:1] if self.is_one_way else self.words:
            for second in self.words:
                if first != second:
                    yield first, second


@dataclass(frozen=True)
class Synonyms:
    """Groups, ready for looking up: for each typed sequence of folded syllables the others with their weights."""

    by_words: dict[Words, tuple[tuple[Words, float], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Iterable[Group]) -> "Synonyms":
        found: dict[Words, dict[Words, float]] = defaultdict(dict)
        for group in groups:
            for first, second in group.pairs():
                typed, other = folded_words(first), folded_words(second)
                if typed != other:
                    found[typed][other] = max(_weight(typed, other), found[typed].get(other, 0))
        return cls({typed: tuple(sorted(others.items())) for typed, others in found.items()})

    @property
    def longest(self) -> int:
        return max(map(len, self.by_words), default=0)

    def for_words(self, words: Sequence[str]) -> tuple[Synonym, ...]:
        """Return what may stand for parts of a query, the longest parts first; MOST at most."""
        found = []
        for length in range(min(self.longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                others = self.by_words.get(tuple(words[start : start + length]), ())
                found += [Synonym(start, start + length, other, weight) for other, weight in others]
        found += _spellings(words)
        return tuple(found[:_MOST])


def _weight(typed, other):
    return _WEIGHT_OF_SHORT if min(len("".join(typed)), len("".join(other))) <= 2 else _WEIGHT


def _spellings(words):
    for place, word in enumerate(words):
        if match := _OPEN.fullmatch(word):
            other = match[1] + ("i" if match[2] == "y" else "y")
            yield Synonym(place, place + 1, (other,), _WEIGHT_OF_SPELLING)


@cache
def default_groups() -> tuple[Group, ...]:
    """Return the groups that come with the program."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(group for line in lines if not line.startswith("#") and (group := Group.of_line(line)))


@cache
def default_synonyms() -> Synonyms:
    """Return them ready for looking up."""
    return Synonyms.of(default_groups())
