"""A question to the database is given up after a while: one slow visitor must not hold up the others."""

import time
from contextlib import contextmanager

from django.db import connection, transaction

from .tables import is_postgresql

# The other engine has a second to answer; this is the last one, and half an answer is none.
LONGEST = 3.0
_STEPS = 20_000


@contextmanager
def bounded(seconds: float = LONGEST):
    """Let the database stop what takes longer; it raises a DatabaseError then."""
    with transaction.atomic():
        if is_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{int(seconds * 1000)}ms"])
            yield
            return
        until = time.monotonic() + seconds
        connection.connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            yield
        finally:
            connection.connection.set_progress_handler(None, 0)
