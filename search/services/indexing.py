"""Takes changes from the outbox into the indices; may be killed at any moment and loses nothing."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from search import contents, engines
from search.engine import Engine, EngineFailed, Index
from search.models import Change

from .arrivals import note_arrivals
from .file_queue import ask_for_files_of
from .locking import holding, is_being_rebuilt

logger = logging.getLogger(__name__)
# So many at once: a transaction that is soon over, since editors of SQLite wait for it.
BATCH = 100
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=12)


def index_changes(most: int = 100_000) -> int:
    """Take in what has changed; return how many things were put or dropped, in all engines together.

    An engine that fails keeps its changes for the next time and is no reason for another to wait.
    """
    return sum(_take_in_all(engine, most) for engine in engines.kept())


def _take_in_all(engine, most):
    count = 0
    try:
        while count < most and (taken := _take_in(engine)):
            count += taken
    except EngineFailed as failure:
        logger.error("The changes for %s wait: %s", engine.name, failure)
    return count


def _take_in(engine: Engine) -> int:
    """Take in one batch under the lock; return how many things it had, 0 when nothing waits or another is at it."""
    now = timezone.now()
    with holding(engine.name) as state:
        if state is None:
            return 0
        waiting = Change.objects.filter(Q(not_before=None) | Q(not_before__lte=now), engine=engine.name, taken_at=None)
        rows = list(waiting.order_by("pk").values_list("pk", "key")[:BATCH])
        keys = list(dict.fromkeys(key for _number, key in rows))
        refused = apply(engine, keys)
        if engine.name == engines.STORE:
            note_arrivals([key for key in keys if key not in refused], now)
            ask_for_files_of(keys)
        _put_off(engine, refused, now)
        # Those alone that were seen: what is noted meanwhile speaks of a later state.
        done = Change.objects.filter(pk__in=[number for number, key in rows if key not in refused])
        if is_being_rebuilt(state, now):
            done.update(taken_at=now)
        else:
            done.delete()
        return len(keys)


def apply(index: Index, keys: list[str]) -> dict[str, str]:
    """Bring an index in line with things as they are now; return what could not be read, with the reason."""
    if not keys:
        return {}
    things, refused = _read(keys)
    index.put([thing for thing in things.values() if thing is not None])
    index.drop([key for key, thing in things.items() if thing is None])
    return refused


def _read(keys):
    try:
        with transaction.atomic():
            return contents.read(keys), {}
    except Exception:
        # One of them is broken. Which, shows when they are read one by one.
        if len(keys) == 1:
            logger.exception("%s could not be read", keys[0])
            return {}, {keys[0]: "could not be read"}
    things, refused = {}, {}
    for key in keys:
        read, broken = _read([key])
        things |= read
        refused |= broken
    return things, refused


def _put_off(engine, refused, now):
    for change in Change.objects.filter(engine=engine.name, key__in=list(refused), taken_at=None):
        change.attempts += 1
        change.not_before = now + min(_FIRST_WAIT * 2 ** min(change.attempts - 1, 10), _LONGEST_WAIT)
        change.error = refused[change.key]
        change.save(update_fields=["attempts", "not_before", "error"])
