"""Proves that an index and the database agree, and mends what differs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from search import contents
from search.engine import Engine

from .indexing import apply

_BATCH = 200


@dataclass
class Difference:
    """Keys of what the index lacks, has in another state, and has although nobody may find it."""

    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def keys(self) -> list[str]:
        return [*self.missing, *self.stale, *self.left_over]


def compare(engine: Engine) -> Difference:
    """Compare everything that the public may find with what the index of an engine has, by digests."""
    difference = Difference()
    indexed = iter(engine.digests())
    entry = next(indexed, None)
    for key, digest in _wanted():
        difference.count += 1
        while entry is not None and entry[0].encode() < key.encode():
            difference.left_over.append(entry[0])
            entry = next(indexed, None)
        if entry is None or entry[0] != key:
            difference.missing.append(key)
            continue
        if entry[1] != digest:
            difference.stale.append(key)
        entry = next(indexed, None)
    while entry is not None:
        difference.left_over.append(entry[0])
        entry = next(indexed, None)
    return difference


def _wanted() -> Iterator[tuple[str, str]]:
    """Yield (key, digest) of all that may be found, in the order of keys."""
    keys = sorted(contents.keys(), key=str.encode)
    for start in range(0, len(keys), _BATCH):
        things = contents.read(keys[start : start + _BATCH])
        yield from ((key, thing.digest) for key, thing in things.items() if thing is not None)


def mend(engine: Engine, difference: Difference) -> int:
    """Bring what differs in line with the database; return how many things that were."""
    keys = difference.keys
    for start in range(0, len(keys), _BATCH):
        apply(engine, keys[start : start + _BATCH])
    return len(keys)
