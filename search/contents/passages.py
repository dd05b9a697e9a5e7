"""Texts in stretches that are found and linked by themselves."""

from collections.abc import Iterable, Iterator

from search.engine import Passage

# About a page: long enough to hold what is asked, short enough to show where.
MOST_WORDS = 260


def stretches(lines: Iterable[str], most: int = MOST_WORDS) -> Iterator[str]:
    """Yield the lines of a text in stretches of so many words; a line that is longer is divided."""
    kept: list[str] = []
    count = 0
    for line in lines:
        for part in _parts(line, most):
            words = len(part.split())
            if kept and count + words > most:
                yield "\n".join(kept)
                kept, count = [], 0
            kept.append(part)
            count += words
    if kept:
        yield "\n".join(kept)


def _parts(line, most):
    words = line.split()
    if len(words) <= most:
        return [line.strip()] if words else []
    return [" ".join(words[start : start + most]) for start in range(0, len(words), most)]


def passages_of(lines: Iterable[str], *, anchor: str = "", label: str = "", heading: str = "") -> list[Passage]:
    """Return the passages of a text that has one title and one address."""
    return [Passage(text, anchor, label, heading) for text in stretches(lines)]
