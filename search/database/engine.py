"""The engine on the database in use."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from ..engine import Answer, EngineFailed, Index, Query, Thing
from . import finding, generations
from .dialect import dialect

# An answer that takes longer is none.
SECONDS = 5.0
_DIGESTS = 1_000


class DatabaseEngine:
    """Keeps the contract of `search.engine` on SQLite and PostgreSQL."""

    name = "database"

    def __init__(self, building: generations.Building | None = None):
        # Tables of its own, which never answer visitors.
        self._building = building

    def put(self, things: Iterable[Thing]) -> None:
        with _failing():
            if self._building:
                self._building.put(things)
                return
            for batch in generations.batches(things):
                with generations.writing() as tables:
                    tables.put(batch, is_counted=True)

    def drop(self, keys: Iterable[str]) -> None:
        with _failing():
            if self._building:
                self._building.drop(keys)
                return
            for batch in generations.batches(keys):
                with generations.writing() as tables:
                    tables.drop(batch, is_counted=True)

    def find(self, query: Query) -> Answer:
        with _failing():
            number = 0
            while True:
                tables = self._tables()
                if tables is None:
                    if generations.is_of_other_form():
                        raise EngineFailed("There is no index of this form: it must be built.")
                    return Answer()
                try:
                    with dialect().bounded(SECONDS):
                        return finding.find(tables, query)
                except DatabaseError:
                    # New tables may have taken the place of these while they were read.
                    if tables.number == number or not generations.is_replaced(tables.number):
                        raise
                    number = tables.number

    def has_index(self) -> bool:
        with _failing():
            return self._tables() is not None

    def _tables(self):
        return self._building.tables if self._building else generations.live_tables()

    @contextmanager
    def apart(self) -> Iterator["DatabaseEngine"]:
        """Give an empty engine with tables of its own, which are removed at the end: for judging."""
        with generations.apart() as building:
            yield DatabaseEngine(building)

    def settle(self) -> None:
        """Let the database take stock of what was put, as at the end of a rebuilding."""
        if self._building:
            with _failing():
                self._building.tables.finish()

    @contextmanager
    def rebuilding(self) -> Iterator[Index]:
        with _failing(), generations.rebuilding() as building:
            yield building

    def digests(self) -> Iterator[tuple[str, str]]:
        with _failing():
            tables = self._tables()
            last = ""
            while tables is not None:
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"SELECT key, digest FROM {tables.thing} WHERE key > %s ORDER BY key LIMIT %s", [last, _DIGESTS]
                    )
                    found = cursor.fetchall()
                if not found:
                    return
                yield from found
                last = found[-1][0]


@contextmanager
def _failing():
    """Tell the failures of the database as those of an engine."""
    try:
        yield
    except DatabaseError as error:
        raise EngineFailed(f"{type(error).__name__}: {error}") from error
