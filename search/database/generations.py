"""Which tables answer, and how new ones take their place."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection, transaction

from ..engine import EngineFailed, Thing
from ..models import Generation
from .dialect import dialect
from .tables import Tables
from .terms import FORM

logger = logging.getLogger(__name__)

# Things written in one transaction: other writers wait no longer than for it.
BATCH = 100
_TABLE = re.compile(r"search_(\d+)_(?:thing|passage|value|tally|term|words|titles)(?:_counts)?")


def live_tables() -> Tables | None:
    """Return the tables that answer; None where there are none, or where they are of another form."""
    # Asked several times in every search, so without the ORM, which takes ten times as long as the row.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {Generation._meta.db_table} WHERE is_live AND form = %s", [FORM])
        row = cursor.fetchone()
    return Tables(row[0]) if row else None


def is_of_other_form() -> bool:
    """Say whether there is an index, and this program can't read it."""
    return Generation.objects.filter(is_live=True).exclude(form=FORM).exists()


def is_replaced(number: int) -> bool:
    """Say whether the tables of a number no longer answer."""
    return not Generation.objects.filter(number=number, is_live=True).exists()


@contextmanager
def writing() -> Iterator[Tables]:
    """Hold the right to change the live tables until the transaction ends; the first ones are made here."""
    with transaction.atomic():
        dialect().lock()
        live = Generation.objects.filter(is_live=True).first()
        if live is None:
            # What another database left behind, whose numbers began at 1 again.
            _sweep()
            live = Generation.objects.create(form=FORM, is_live=True)
            _created(live.number).open()
        elif live.form != FORM:
            raise EngineFailed(f"The index is of form {live.form}, not {FORM}: it must be built anew.")
        yield Tables(live.number)


class Building:
    """Tables that are being filled beside the live ones."""

    def __init__(self, tables: Tables):
        self.tables = tables

    def put(self, things: Iterable[Thing]) -> None:
        for batch in batches(things):
            with transaction.atomic():
                self.tables.put(batch, is_counted=False)

    def drop(self, keys: Iterable[str]) -> None:
        with transaction.atomic():
            self.tables.drop(keys, is_counted=False)


@contextmanager
def rebuilding() -> Iterator[Building]:
    """Give empty tables, and let them answer when the block ends well.

    Whatever an earlier one has left is removed first; if it was still at work, it fails, and this one goes on.
    """
    with transaction.atomic():
        dialect().lock()
        Generation.objects.filter(is_live=False).delete()
        _sweep()
        number = Generation.objects.create(form=FORM).number
        tables = _created(number)
    try:
        yield Building(tables)
        tables.finish()
        _switch(number)
    except BaseException:
        _remove(number)
        raise
    _sweep_old()


@contextmanager
def apart() -> Iterator[Building]:
    """Give empty tables that never answer visitors, and remove them at the end."""
    with transaction.atomic():
        dialect().lock()
        number = Generation.objects.create(form=FORM).number
        tables = _created(number)
    try:
        yield Building(tables)
    finally:
        _remove(number)


def batches(things: Iterable, size: int = BATCH) -> Iterator[list]:
    batch = []
    for thing in things:
        batch.append(thing)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _created(number):
    tables = Tables(number)
    tables.create()
    return tables


def _switch(number):
    with transaction.atomic():
        dialect().lock()
        Generation.objects.filter(is_live=True).delete()
        if not Generation.objects.filter(number=number).update(is_live=True):
            raise EngineFailed("Another rebuilding has removed the tables of this one.")


def _remove(number):
    """Take back what was begun; should that fail as well, the next rebuilding does it."""
    with suppress(DatabaseError), transaction.atomic():
        dialect().lock()
        Generation.objects.filter(number=number, is_live=False).delete()
        _sweep()


def _sweep_old():
    """Drop the tables that no longer answer; who still reads them is waited for, but not for ever."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL lock_timeout = '20s'")
            dialect().lock()
            _sweep()
    except DatabaseError:
        logger.warning("Old tables of the index are left to the next rebuilding.", exc_info=True)


def _sweep():
    """Drop all tables of the index that are of no generation."""
    kept = set(Generation.objects.values_list("number", flat=True))
    with connection.cursor() as cursor:
        found = [_TABLE.fullmatch(name) for name in connection.introspection.table_names(cursor)]
        # A view on a full text (…_counts) goes before what it looks at.
        for match in sorted(filter(None, found), key=lambda match: match[0], reverse=True):
            if int(match[1]) not in kept:
                cursor.execute(f"DROP TABLE IF EXISTS {match[0]}")
