"""The chain of the audit trail, in Python alone: how an entry is written down, summed up and verified.

This module imports nothing but Python's standard library, so that it verifies an export on any machine:

    python3 chain.py FILE.jsonl [--head NUMBER:DIGEST] [--heads FILE]

It needs no other file: a copy of this one and of the export are enough. An export holds one JSON object per line with
the names of Record. The digest of an entry is

    SHA-256( previous + "\\n" + text ), in lower-case hexadecimal,

where `previous` is the digest of the entry before it (64 zeros for entry number 1) and `text` is, in UTF-8, the JSON
array [version, number, id, at, actor_id, actor_name, roles, action, object_type, object_id, object_label, agency,
address, agent, request_id, details] as RFC 8785 writes it: no spaces, characters beyond ASCII as themselves, only the
quotation mark, the backslash and control characters escaped. version is 1; number, id and actor_id are whole numbers
(actor_id may be null), all others are strings. `at` is the moment in UTC with six digits of a second and a Z
("2026-11-24T00:05:00.000000Z"), `details` is a string that holds JSON and is summed up as it stands.

An entry "audit.foreign" was written by the program when it found entries that it had not written; they are part of the
chain, and its details name their numbers.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import NamedTuple

VERSION = 1
# An entry of this name says which ones before it were put there by somebody else than the program.
FOREIGN = "audit.foreign"
GENESIS = "0" * 64
_DIGEST = re.compile("[0-9a-fA-F]{64}")


class Record(NamedTuple):
    """One sealed entry as the chain sees it."""

    number: int
    previous: str
    digest: str
    version: int
    id: int
    at: str
    actor_id: int | None
    actor_name: str
    roles: str
    action: str
    object_type: str
    object_id: str
    object_label: str
    agency: str
    address: str
    agent: str
    request_id: str
    details: str


class Fault(Enum):
    """What is wrong with the first broken entry."""

    CHANGED = "was changed after it was sealed"
    UNLINKED = "does not follow the entry before it: one of the two was replaced"
    MISSING = "is missing"
    DOUBLED = "stands there twice"
    OUT_OF_ORDER = "stands in the wrong place"
    UNREADABLE = "cannot be read"
    HEAD = "has another digest than the noted head"
    UNSIGNED_HEAD = "is named by a head whose signature is wrong"
    BEYOND_HEAD = "lies beyond the signed head"
    FOREIGN = "was not written by the program"


@dataclass(frozen=True)
class Break:
    """The first entry that is not as it was."""

    number: int
    fault: Fault

    def __str__(self):
        return f"Entry {self.number} {self.fault.value}."


@dataclass(frozen=True)
class Result:
    """How far a chain was followed, and where it is broken, if it is."""

    count: int
    first: int
    number: int
    digest: str
    broken: Break | None = None


class Unreadable(Exception):
    """A line of an export is no entry."""


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def serialise(record: Record) -> bytes:
    """Write an entry down in the one form that its digest is made of."""
    # A damaged export may hold half a character; it must count as changed, not stop the verification.
    return _encode((record.version, record.number, *record[4:])).encode("utf-8", "surrogatepass")


def digest_of(record: Record, previous: str) -> str:
    """Return the digest of an entry that follows the one with the digest `previous`."""
    return sha256(previous.encode("utf-8", "surrogatepass") + b"\n" + serialise(record)).hexdigest()


class Walk:
    """Follows a chain entry by entry, remembering only the last one."""

    def __init__(self, number: int = 0, digest: str = GENESIS):
        self.number = number
        self.digest = digest

    def step(self, record: Record) -> Break | None:
        """Go one entry further, or say what is wrong with it."""
        if record.number <= self.number:
            return Break(record.number, Fault.DOUBLED)
        if record.number > self.number + 1:
            return Break(self.number + 1, Fault.MISSING)
        if record.version != VERSION or digest_of(record, record.previous) != record.digest:
            return Break(record.number, Fault.CHANGED)
        if record.previous != self.digest:
            return Break(record.number, Fault.UNLINKED)
        self.number, self.digest = record.number, record.digest
        return Break(_first_foreign(record), Fault.FOREIGN) if record.action == FOREIGN else None


def _first_foreign(record):
    try:
        return min(int(number) for number in json.loads(record.details)["numbers"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return record.number


def verify(records: Iterable[Record], heads: Iterable[tuple[int, str]] = ()) -> Result:
    """Follow entries from the first one given; a part of a chain is taken to begin where it says it does."""
    walk, first, count = Walk(), 0, 0
    records, noted = iter(records), Noted(heads)
    broken = None
    try:
        for record in records:
            if not first:
                first = max(record.number, 1)
                walk = Walk(first - 1, record.previous if first > 1 else GENESIS)
            broken = walk.step(record)
            if broken:
                broken = _told_apart(broken, records)
                break
            count += 1
            broken = noted.compare(walk)
            if broken:
                break
    except Unreadable:
        broken = Break(walk.number + 1, Fault.UNREADABLE)
    return Result(count, first, walk.number, walk.digest, broken or noted.compare_end(walk))


class Noted:
    """Heads that were noted outside the database: a chain that was cut or rewritten as a whole does not reach them."""

    def __init__(self, heads: Iterable[tuple[int, str]]):
        self.digests: dict[int, set[str]] = {}
        for number, digest in heads:
            self.digests.setdefault(number, set()).add(digest)

    def compare(self, walk: Walk) -> Break | None:
        """Say whether the entry just reached is another than the noted one."""
        noted = self.digests.get(walk.number)
        return Break(walk.number, Fault.HEAD) if noted is not None and noted != {walk.digest} else None

    def compare_end(self, walk: Walk) -> Break | None:
        """Say whether the chain ends before a noted entry."""
        return Break(walk.number + 1, Fault.MISSING) if any(number > walk.number for number in self.digests) else None


def _told_apart(broken, rest: Iterator[Record]):
    """An entry that comes later was not lost but moved."""
    if broken.fault is Fault.MISSING and any(record.number == broken.number for record in rest):
        return Break(broken.number, Fault.OUT_OF_ORDER)
    return broken


def read_lines(lines: Iterable[str]) -> Iterator[Record]:
    """Read the lines of an export."""
    for line in lines:
        if line.strip():
            yield _read(line)


def _read(line):
    try:
        values = json.loads(line)
        record = Record(**values)
    except (ValueError, TypeError, RecursionError) as error:
        raise Unreadable from error
    if type(record.number) is not int or not isinstance(record.previous, str):
        raise Unreadable
    return record


def to_line(record: Record) -> str:
    """Write an entry as a line of an export."""
    return _encode(record._asdict()) + "\n"


def read_head(text: str) -> tuple[int, str]:
    """Read NUMBER:DIGEST, as a verification says it."""
    number, _colon, digest = text.partition(":")
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 19 and _DIGEST.fullmatch(digest)):
        raise argparse.ArgumentTypeError("a head is NUMBER:DIGEST, with 64 hexadecimal digits")
    return int(number), digest.lower()


def read_heads(lines: Iterable[str]) -> list[tuple[int, str]]:
    """Read a file of noted heads: one in a line, after it what anybody likes; lines that begin with # say nothing."""
    words = (line.split() for line in lines if not line.lstrip().startswith("#"))
    return [read_head(found[0]) for found in words if found]


def main(arguments: list[str] | None = None) -> int:
    """Verify an export and say what was found; 0 when it is intact, 1 when it is not."""
    parser = argparse.ArgumentParser(prog="chain.py", description="Verifies an export of the audit trail.")
    parser.add_argument("file", help="the export, one JSON object per line")
    parser.add_argument("--head", type=read_head, action="append", default=[], help="NUMBER:DIGEST, noted elsewhere")
    parser.add_argument("--heads", metavar="FILE", help="a file of noted heads, one in a line")
    options = parser.parse_args(arguments)
    name = options.heads
    try:
        heads = [*options.head, *(_noted_in(name) if name else ())]
        name = options.file
        with open(name, encoding="utf-8", errors="surrogateescape") as lines:
            result = verify(read_lines(lines), heads)
    except OSError as error:
        sys.stdout.write(f"{name} cannot be read: {error.strerror}.\n")
        return 1
    except argparse.ArgumentTypeError as error:
        parser.error(f"{name}: {error}")
    sys.stdout.write("".join(f"{line}\n" for line in _report(result)))
    return 1 if result.broken or not result.count else 0


def _noted_in(name):
    with open(name, encoding="utf-8", errors="surrogateescape") as lines:
        return read_heads(lines)


def _report(result):
    if not result.count and not result.broken:
        return ["There is no entry in this file."]
    lines = [f"{result.count} entries verified, from number {result.first} to {result.number}."]
    if result.first > 1:
        lines.append(f"What came before number {result.first} is not in this file.")
    if result.broken:
        return [*lines, f"BROKEN: {result.broken}"]
    return [*lines, f"Intact. Head: {result.number}:{result.digest}"]


if __name__ == "__main__":
    sys.exit(main())
