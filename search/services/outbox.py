"""Notes what has changed, in the transaction of the change: together they hold, or neither does."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from search import engines
from search.models import Change

from .indexing import index_changes

logger = logging.getLogger(__name__)
_BATCH = 1_000


def note(keys: Iterable[str]) -> None:
    """Let every engine take in these things again, or lose them if the public may see them no more."""
    keys = list(dict.fromkeys(keys))
    names = [engine.name for engine in engines.kept()]
    Change.objects.bulk_create((Change(key=key, engine=name) for key in keys for name in names), batch_size=_BATCH)
    if keys and settings.SEARCH_INDEXES_AT_ONCE:
        transaction.on_commit(_index_now, robust=True)


def _index_now():
    try:
        index_changes()
    except Exception:
        # The row is still there; no editor is told that the search is behind.
        logger.exception("Changes could not be indexed at once")
