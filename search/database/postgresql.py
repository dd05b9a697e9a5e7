"""Full text of PostgreSQL: rows of terms (tsvector) in a narrow table of their own, with an inverted index (GIN)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from .expressions import All, Begins, Either, Expression, Has, Without

# An arbitrary constant of our own among the advisory locks of the database.
LOCK_KEY = 4_320_110_637

# Bytes of a row from which on PostgreSQL moves what it can out of it (TOAST_TUPLE_THRESHOLD).
_LONG = 2_048

# By this the rows of a full text are bounded and ordered; the sum keeps the planner from reading all rows with their
# terms in the order of their numbers.
ROW = "(id + 0)"
# So many rows can be put into order before the first are taken; of more, the first that are found are taken.
MOST_ORDERED = 30_000
# ... and by this, where only few rows are meant.
NUMBER = "id"
WITHOUT_ROWID = ""


class FullText:
    """An index of rows by their terms."""

    def __init__(self, table: str, has_prefixes: bool = False):
        self.table = table
        self.has_prefixes = has_prefixes

    def create(self, cursor) -> None:
        # Terms lie beside the table, so that the many rows of a match are read from few pages: 88 to a page instead of
        # 14. PostgreSQL moves nothing out of a row of less than 2 kB, and most would be shorter; spaces, which are
        # pressed into 40 bytes, make each of them longer than that.
        cursor.execute(
            f"CREATE TABLE {self.table} (id bigint PRIMARY KEY, terms tsvector NOT NULL,"
            f" room text NOT NULL DEFAULT repeat(' ', {_LONG})) WITH (toast_tuple_target = 128)"
        )

    def open(self, cursor) -> None:
        """Make it ready to be asked: what is filled first and indexed then is done in a third of the time."""
        # Without a list of pending entries, which every search would have to read.
        cursor.execute(f"CREATE INDEX ON {self.table} USING gin (terms) WITH (fastupdate = off)")

    def add(self, cursor, rows: Sequence[tuple[int, set[str]]]) -> None:
        sql = f"INSERT INTO {self.table} (id, terms) VALUES (%s, array_to_tsvector(%s::text[]))"
        cursor.executemany(sql, [(row, list(terms)) for row, terms in rows])

    def remove(self, cursor, rows: Sequence[tuple[int, set[str]]]) -> None:
        sql = f"DELETE FROM {self.table} WHERE id = ANY(%s)"
        cursor.execute(sql, [[row for row, _ in rows]])

    def match(self, expression: Expression) -> tuple[str, list]:
        """Return the SQL of the rows (id) that have what is asked, with its parameters."""
        sql = f"SELECT id FROM {self.table} WHERE terms @@ %s::tsquery"
        return sql, [_written(expression)]

    def finish(self, term_table: str) -> None:
        """Open it and count in how many rows each term is."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            self.open(cursor)
            cursor.execute(
                f"INSERT INTO {term_table} (term, df) SELECT word, ndoc FROM ts_stat(%s)",
                [f"SELECT terms FROM {self.table}"],
            )
            cursor.execute(f"ANALYZE {self.table}")


def _written(expression: Expression) -> str:
    match expression:
        case Has(term):
            return _quoted(term)
        case Begins(letters):
            return _quoted(letters) + ":*"
        case All(parts):
            return "(" + " & ".join(map(_written, parts)) + ")"
        case Either(parts):
            return "(" + " | ".join(map(_written, parts)) + ")"
        case Without(wanted, excluded):
            return f"({_written(wanted)} & !{_written(excluded)})"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def among(column: str, listed: Sequence) -> tuple[str, list]:
    """Return a condition for a column to have one of the values; one parameter, however many there are."""
    return f"{column} = ANY(%s)", [list(listed)]


def listed(numbers: Sequence[int]) -> tuple[str, list]:
    """Return numbers as a source of rows: listed.value."""
    return "unnest(%s::bigint[]) AS listed(value)", [list(numbers)]


def table(columns: Mapping[str, str], rows: Sequence[Sequence]) -> tuple[str, list]:
    """Return rows as the SQL of a table with such columns, by their types."""
    types = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    own = [[row[at] for row in rows] for at in range(len(columns))]
    return f"SELECT * FROM unnest({types}) AS t({', '.join(columns)})", own


# What is true of one search: it ends in time; an index is always quicker than reading all rows with their terms, whose
# cost the planner does not see; compiling takes longer than answering.
_BOUNDS = {"statement_timeout": None, "enable_seqscan": "off", "jit": "off"}
_SETTING = ", ".join(f"set_config('{name}', %s, true)" for name in _BOUNDS)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Interrupt what runs longer."""
    with transaction.atomic(), connection.cursor() as cursor:
        # What holds now is read before it is changed, in one statement.
        now = ", ".join(f"current_setting('{name}') AS {name}" for name in _BOUNDS)
        wanted = [value or f"{int(seconds * 1_000)}ms" for value in _BOUNDS.values()]
        cursor.execute(f"WITH before AS MATERIALIZED (SELECT {now}) SELECT before.*, {_SETTING} FROM before", wanted)
        before = cursor.fetchone()[: len(_BOUNDS)]
        yield
        # Inside somebody else's transaction they would go on holding.
        cursor.execute(f"SELECT {_SETTING}", before)


def lock() -> None:
    """Let one process write at a time, until the surrounding transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
