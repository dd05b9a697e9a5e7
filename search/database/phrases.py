"""Whether words stand side by side, where the index knows of neighbours only."""

from collections.abc import Sequence

from .terms import storable, words


def holds(phrases: Sequence[list[str]], texts: Sequence[str]) -> bool:
    """Say whether each phrase stands in one of the texts."""
    lines = [_line(text) for text in texts]
    return all(any(f" {' '.join(phrase)} " in line for line in lines) for phrase in phrases)


def _line(text):
    """Return the folded words between spaces, with a stroke where a sentence ends."""
    return f" {' '.join(word or '|' for word, _ in words(storable(text)))} "
