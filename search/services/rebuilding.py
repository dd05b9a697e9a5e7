"""Builds an index anew beside the one that answers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice

from django.utils import timezone

from search import contents
from search.engine import Engine, Thing
from search.models import Change, IndexState

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
            count = 0
            for batch in _batches(contents.read_in_batches(contents.keys())):
                new.put(batch)
                count += len(batch)
                IndexState.objects.filter(engine=engine.name).update(beat_at=timezone.now())
                tell(count)
            with holding(engine.name, waits=True):
                changed = Change.objects.filter(engine=engine.name)
                apply_all(new, changed)
                stack.close()
                changed.exclude(taken_at=None).delete()
                return count
    finally:
        IndexState.objects.filter(engine=engine.name).update(beat_at=None)


def _begin(engine):
    now = timezone.now()
    with holding(engine.name, waits=True) as state:
        if is_being_rebuilt(state, now):
            raise RebuildingAlready
        # What a killed rebuild had kept is read anew with all the rest.
        Change.objects.filter(engine=engine.name).exclude(taken_at=None).delete()
        state.beat_at = now
        state.save(update_fields=["beat_at"])


def _batches(things: Iterator[Thing]) -> Iterator[list[Thing]]:
    while batch := list(islice(things, _BATCH)):
        yield batch


def apply_all(index, changes) -> None:
    """Take the changes that are kept into an index, whether or not the live one has them."""
    keys = list(dict.fromkeys(changes.order_by("pk").values_list("key", flat=True)))
    for start in range(0, len(keys), _BATCH):
        apply(index, keys[start : start + _BATCH])
