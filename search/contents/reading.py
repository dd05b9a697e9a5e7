"""Reads things by their keys, of whatever kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from search.engine import Thing
from search.enums import Kind

from . import agencies, documents, news, people, sections, units

READERS = {reader.KIND: reader for reader in (documents, news, sections, agencies, units, people)}


def keys() -> Iterator[str]:
    """Yield the keys of everything that the public may find now."""
    for kind, reader in READERS.items():
        for number in reader.ids():
            yield key_of(kind, number)


def key_of(kind: Kind, number: int) -> str:
    return f"{kind}:{number}"


def read(keys: Iterable[str]) -> dict[str, Thing | None]:
    """Return the things of these keys as they are now, None for what the public may not find (any more)."""
    things: dict[str, Thing | None] = dict.fromkeys(keys)
    for kind, numbers in keys_by_kind(things).items():
        reader = READERS[kind]
        for start in range(0, len(numbers), reader.BATCH):
            found = reader.read(numbers[start : start + reader.BATCH])
            things.update({key_of(kind, number): thing for number, thing in found.items()})
    return things


def read_in_batches(keys: Iterable[str]) -> Iterator[Thing]:
    """Yield the things of many keys, few of them in memory at once."""
    waiting: list[str] = []
    for key in keys:
        waiting.append(key)
        if len(waiting) == documents.BATCH:
            yield from filter(None, read(waiting).values())
            waiting = []
    yield from filter(None, read(waiting).values())


def keys_by_kind(keys: Iterable[str]) -> dict[Kind, list[int]]:
    """Return the numbers in keys by kind; what is no key is passed over."""
    numbers = defaultdict(list)
    for key in keys:
        kind, _colon, number = key.partition(":")
        if kind in READERS and number.isdecimal():
            numbers[Kind(kind)].append(int(number))
    return numbers
