"""Which words are so common that a search in which they stand for others drowns in what they find."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from search.database import store
from search.understanding.synonyms import Group, folded_words

# Of all passages.
_COMMON = 0.1
# Of so few it says nothing.
_FEWEST = 20


@dataclass(frozen=True)
class Common:
    """A word of a group that stands in so many of a hundred passages."""

    word: str
    percent: int


def common_words(groups: Collection[Group]) -> list[Common]:
    """Return the words that groups let be found for others and that more than every tenth passage has.

    How often several syllables stand together is not known of more than two, so the rarest two of them count.
    """
    count = store.passage_count()
    if count < _FEWEST:
        return []
    terms = {word: _terms(word) for group in groups for word in group.found()}
    known = store.frequencies({term for own in terms.values() for term in own})
    shares = {word: min(known[term] for term in own) / count for word, own in terms.items()}
    return [Common(word, round(100 * share)) for word, share in shares.items() if share > _COMMON]


def _terms(word):
    syllables = folded_words(word)
    return [f"{first}_{second}" for first, second in pairwise(syllables)] or list(syllables)
