"""Builds an index anew beside the one that answers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice

from django.utils import timezone

from search import contents, engines
from search.engine import Engine, Index, Thing
from search.models import Change, IndexState

from .arrivals import note_arrivals
from .indexing import apply
from .locking import holding, is_being_rebuilt

_BATCH = 500


class RebuildingAlready(Exception):
    """Another process builds this index anew."""


def rebuild(engine: Engine, tell: Callable[[int], None] = lambda count: None) -> int:
    """Build the index of an engine anew and let it answer; return how many things it has.

    What changes meanwhile goes into the live index as ever, is kept in the outbox, and is taken into the new one just
    before the change of places. Raise RebuildingAlready, or EngineFailed.
    """
    _begin(engine)
    try:
        with ExitStack() as stack:
            new = stack.enter_context(engine.rebuilding())
            keys = []
            for batch in _batches(contents.read_in_batches(contents.keys())):
                new.put(batch)
                keys += [thing.key for thing in batch]
                IndexState.objects.filter(engine=engine.name).update(beat_at=timezone.now())
                tell(len(keys))
            with holding(engine.name, waits=True):
                replay(engine, new)
                stack.close()
                if engine.name == engines.STORE:
                    note_arrivals(keys, timezone.now())
                return len(keys)
    finally:
        IndexState.objects.filter(engine=engine.name).update(beat_at=None)


def _begin(engine):
    now = timezone.now()
    with holding(engine.name, waits=True) as state:
        if is_being_rebuilt(state, now):
            raise RebuildingAlready
        waiting = Change.objects.filter(engine=engine.name)
        # What a killed rebuild had kept is read anew with all the rest; and where nothing answers yet, nothing waits.
        (waiting.exclude(taken_at=None) if engine.has_index() else waiting).delete()
        state.beat_at = now
        state.save(update_fields=["beat_at"])


def _batches(things: Iterator[Thing]) -> Iterator[list[Thing]]:
    while batch := list(islice(things, _BATCH)):
        yield batch


def replay(engine: Engine, new: Index) -> None:
    """Take what has changed since the beginning into the new index, whether or not the live one has it."""
    rows = list(Change.objects.filter(engine=engine.name).order_by("pk").values_list("pk", "key"))
    keys = list(dict.fromkeys(key for _number, key in rows))
    refused = {}
    for start in range(0, len(keys), _BATCH):
        refused |= apply(new, keys[start : start + _BATCH])
    done = [number for number, key in rows if key not in refused]
    for start in range(0, len(done), _BATCH):
        Change.objects.filter(pk__in=done[start : start + _BATCH]).delete()
