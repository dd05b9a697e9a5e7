"""What a run has to remember of its rows, on disk: a list may be longer than the memory."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.text import fold

# Of the words of the shorter abstract, how many must stand in the other if both are of one document: the pairs of a
# real list of 4,050 rows have 0.78 and more, laws and resolutions of one number 0.2 and less.
_ALIKE = 0.6


@dataclass(frozen=True)
class FirstRow:
    """The row of this list that was the first to name a document."""

    line: int
    type: str
    issued_on: date
    abstract: str


class Seen:
    """The documents that the rows so far have named, and the relations to be made when all rows are in."""

    def __init__(self):
        # An empty name is a file of its own that SQLite removes.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute(
            "CREATE TABLE seen (identity TEXT PRIMARY KEY, line, type, issued_on, abstract) WITHOUT ROWID"
        )
        self._base.execute("CREATE TABLE wanted (line, document, relations)")

    def close(self) -> None:
        self._base.close()

    def first(self, row) -> FirstRow | None:
        """Return the earlier row that named the same document."""
        found = self._base.execute("SELECT line, type, issued_on, abstract FROM seen WHERE identity = ?", (_key(row),))
        for line, kind, issued_on, abstract in found:
            return FirstRow(line, kind, date.fromisoformat(issued_on), abstract)
        return None

    def add(self, line: int, row) -> None:
        values = (_key(row), line, row.type, row.issued_on.isoformat(), row.abstract)
        self._base.execute("INSERT INTO seen VALUES (?, ?, ?, ?, ?)", values)

    def want(self, line: int, document: int, relations: list) -> None:
        """Remember relations of a row's document to be made later, as lists of plain values."""
        self._base.execute("INSERT INTO wanted VALUES (?, ?, ?)", (line, document, json.dumps(relations)))

    def wanted(self) -> Iterator[tuple[int, int, list]]:
        for line, document, relations in self._base.execute("SELECT * FROM wanted ORDER BY line"):
            yield line, document, json.loads(relations)


def _key(row):
    return "/".join(map(str, row.identity))


def are_alike(first: str, second: str) -> bool:
    """Say whether two abstracts can be of one document, as far as their words tell."""
    one, other = _words(first), _words(second)
    return len(one & other) >= _ALIKE * min(len(one), len(other))


def _words(abstract):
    return set("".join(c if c.isalnum() else " " for c in fold(abstract)).split())
