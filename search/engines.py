"""Which engines there are: those that are fed, and the one that answers."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from .breaker import Breaker
from .database import store
from .database.engine import DatabaseEngine
from .elastic.engine import ElasticEngine
from .engine import Answer, Engine, EngineFailed, Query
from .models import Change

logger = logging.getLogger(__name__)
# The engine from which found things are shown, and whose index therefore says what has arrived.
STORE = DatabaseEngine.name
# An engine that can be read but not written to (a full disk) answers with what was public once; it is told from one
# that works off a large import by the next engine, which has less left to take in.
_BEHIND = timedelta(minutes=2)
_LOOKED_AT_EVERY = 5


@dataclass(frozen=True)
class Found:
    """An answer, who gave it, and whether that was another engine than the preferred one."""

    answer: Answer
    engine: str
    is_fallback: bool = False


def kept() -> list[Engine]:
    """Return the engines that must know every change, whichever answers: what found things are shown from first."""
    return [DatabaseEngine(), *_chosen()]


def answering() -> list[Engine]:
    """Return the engines that may answer, the preferred one first."""
    return [*_chosen(), DatabaseEngine()]


def _chosen() -> list[Engine]:
    if not settings.ELASTICSEARCH_URL:
        return []
    # How common words are is known from the database's index, whatever is asked.
    return [ElasticEngine(frequencies=store.frequencies, count=store.passage_count)]


def find(query: Query) -> Found:
    """Answer a question by the preferred engine or, where that does not answer, by the next; raise EngineFailed where
    none can.
    """
    engines = answering()
    for place, engine in enumerate(engines[:-1]):
        breaker = Breaker(engine.name)
        if not breaker.is_closed(time.time()) or is_behind(engine.name, engines[-1].name):
            continue
        try:
            answer = engine.find(query)
        except EngineFailed as failure:
            logger.warning("%s; the next engine answers", failure)
            breaker.failed(time.time())
            continue
        breaker.answered()
        return Found(answer, engine.name, is_fallback=place > 0)
    last = engines[-1]
    return Found(last.find(query), last.name, is_fallback=len(engines) > 1)


def is_behind(name: str, other: str) -> bool:
    """Say whether an engine has waited for changes minutes longer than another one: then its answers are old."""
    key = f"search:behind:{name}"
    known = cache.get(key)
    if known is None:
        waiting = _oldest_change(name)
        known = waiting is not None and (_oldest_change(other) or timezone.now()) - waiting > _BEHIND
        cache.set(key, known, _LOOKED_AT_EVERY)
    return known


def _oldest_change(name):
    """When the first change was made that an engine has yet to take in, if any; what can't be read does not count."""
    waiting = Change.objects.filter(engine=name, taken_at=None, attempts=0).order_by("pk")
    return waiting.values_list("made_at", flat=True).first()


def named(name: str) -> Engine:
    """Return the engine of a name."""
    return next(engine for engine in kept() if engine.name == name)
