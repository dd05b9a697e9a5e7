"""One process at a time writes to an index."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction

from search.models import IndexState

# A rebuild gives a sign of life after every few things; one that gave none for so long was killed.
DEAD_AFTER = timedelta(minutes=5)


@contextmanager
def holding(engine: str, *, waits: bool = False) -> Iterator[IndexState | None]:
    """Hold the lock of an index for the length of a transaction; give None where another process holds it, unless
    told to wait for that one.
    """
    IndexState.objects.get_or_create(engine=engine)
    with transaction.atomic():
        rows = IndexState.objects.filter(engine=engine)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=not waits)
        # SQLite has one writer: the transaction itself is the lock.
        yield rows.first()


def is_being_rebuilt(state: IndexState, now: datetime) -> bool:
    """Say whether a rebuild is at work on an index."""
    return state.beat_at is not None and now - state.beat_at < DEAD_AFTER
