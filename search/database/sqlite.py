"""Full text of SQLite: FTS5 without contents, places or columns, which is the smallest and quickest it can be."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic

from django.db import connection, transaction

from .expressions import All, Begins, Either, Expression, Has, Without

# How many steps of SQLite's machine lie between two looks at the clock.
_STEPS = 20_000
# Terms counted in one transaction, so that other writers wait no longer than for a breath.
_COUNTED = 50_000
# Pages of the full text that one transaction brings together.
_MERGED = 500

# By this the rows of a full text are bounded and ordered.
ROW = "rowid"
# So many rows can be put into order before the first are taken; here they are in order.
MOST_ORDERED = float("inf")
# ... and by this, where only few rows are meant.
NUMBER = "rowid"
# A table whose key is all that it has lies once on the disk.
WITHOUT_ROWID = " WITHOUT ROWID"


class FullText:
    """An index of rows by their terms. Contents are not kept, so a row is taken out by the terms it was put in with."""

    def __init__(self, table: str, has_prefixes: bool = False):
        self.table = table
        self.has_prefixes = has_prefixes

    def create(self, cursor) -> None:
        prefixes = "prefix='1 2 3'," if self.has_prefixes else ""
        cursor.execute(
            f"CREATE VIRTUAL TABLE {self.table} USING fts5(terms, content='', detail=none, columnsize=0, {prefixes}"
            """ tokenize="ascii tokenchars '_'")"""
        )

    def open(self, cursor) -> None:
        """Make it ready to be asked; FTS5 always is."""

    def add(self, cursor, rows: Sequence[tuple[int, set[str]]]) -> None:
        sql = f"INSERT INTO {self.table} (rowid, terms) VALUES (%s, %s)"
        cursor.executemany(sql, [(row, " ".join(terms)) for row, terms in rows])

    def remove(self, cursor, rows: Sequence[tuple[int, set[str]]]) -> None:
        sql = f"INSERT INTO {self.table} ({self.table}, rowid, terms) VALUES ('delete', %s, %s)"
        cursor.executemany(sql, [(row, " ".join(terms)) for row, terms in rows])

    def match(self, expression: Expression) -> tuple[str, list]:
        """Return the SQL of the rows (id) that have what is asked, with its parameters."""
        sql = f"SELECT rowid AS id FROM {self.table} WHERE {self.table} MATCH %s"
        return sql, [_written(expression)]

    def merge(self) -> None:
        """Bring all that was put in bit by bit into one piece, which is read in half of the time."""
        pages = -_MERGED
        while True:
            with transaction.atomic(), connection.cursor() as cursor:
                before = connection.connection.total_changes
                cursor.execute(f"INSERT INTO {self.table} ({self.table}, rank) VALUES ('merge', %s)", [pages])
                # FTS5's own sign that there was nothing more to do.
                if connection.connection.total_changes - before < 2:
                    return
            pages = _MERGED

    def finish(self, term_table: str) -> None:
        """Merge it and count in how many rows each term is."""
        self.merge()
        counts = f"{self.table}_counts"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {counts} USING fts5vocab({self.table}, row)")
        last = ""
        while last is not None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {term_table} (term, df) SELECT term, doc FROM {counts} WHERE term > %s"
                    " ORDER BY term LIMIT %s",
                    [last, _COUNTED],
                )
                cursor.execute(f"SELECT max(term) FROM {term_table} WHERE term > %s", [last])
                last = cursor.fetchone()[0]


def _written(expression: Expression) -> str:
    match expression:
        case Has(term):
            return '"' + term.replace('"', '""') + '"'
        case Begins(letters):
            return '"' + letters.replace('"', '""') + '"*'
        case All(parts):
            return "(" + " AND ".join(map(_written, parts)) + ")"
        case Either(parts):
            return "(" + " OR ".join(map(_written, parts)) + ")"
        case Without(wanted, excluded):
            return f"({_written(wanted)} NOT {_written(excluded)})"


def among(column: str, listed: Sequence) -> tuple[str, list]:
    """Return a condition for a column to have one of the values; one parameter, however many there are."""
    return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(listed))]


def listed(numbers: Sequence[int]) -> tuple[str, list]:
    """Return numbers as a source of rows: listed.value."""
    return "json_each(%s) AS listed", [json.dumps(list(numbers))]


def table(columns: Mapping[str, str], rows: Sequence[Sequence]) -> tuple[str, list]:
    """Return rows as the SQL of a table with such columns, by their types."""
    named = ", ".join(f"json_extract(value, '$[{at}]') AS {name}" for at, name in enumerate(columns))
    return f"SELECT {named} FROM json_each(%s)", [json.dumps(rows)]


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Interrupt what runs longer."""
    connection.ensure_connection()
    raw = connection.connection
    until = monotonic() + seconds
    raw.set_progress_handler(lambda: monotonic() > until, _STEPS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


def lock() -> None:
    """Let one process write at a time: each transaction begins IMMEDIATE, so it is so already."""
