"""Which engines there are: those that are fed, and the one that answers."""

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from .breaker import Breaker
from .database import store
from .database.engine import DatabaseEngine
from .elastic.engine import ElasticEngine
from .engine import Answer, Engine, EngineFailed, Query
from .models import Change

logger = logging.getLogger(__name__)
# What the database's index has had for so long must be in the preferred one too; else that is full, or cannot be
# written for another reason, and tells of the past.
_MOST_BEHIND = timedelta(minutes=5)


@dataclass(frozen=True)
class Found:
    """An answer, who gave it, and whether that was another engine than the preferred one."""

    answer: Answer
    engine: str
    is_fallback: bool = False


def kept() -> list[Engine]:
    """Return the engines that must know every change, whichever answers."""
    # The database's always: it steps in, and what is found is shown from it.
    return [DatabaseEngine(), *_elastic()]


def answering() -> list[Engine]:
    """Return the engines that may answer, the preferred one first."""
    return [*_elastic(), DatabaseEngine()]


def _elastic() -> list[ElasticEngine]:
    if not settings.ELASTICSEARCH_URL:
        return []
    return [ElasticEngine(frequencies=store.frequencies, count=store.passage_count)]


def find(query: Query, now: float | None = None) -> Found:
    """Answer a question; raise EngineFailed where no engine can.

    An engine that fails is passed over, and for a while not even asked (breaker). `now`: seconds of the clock that all
    processes share.
    """
    now = time.time() if now is None else now
    *preferred, last = answering()
    for place, engine in enumerate(preferred):
        breaker = Breaker(engine.name)
        if not breaker.lets_through(now):
            continue
        if _is_behind(engine, last, now):
            breaker.failed(now)
            logger.warning("Another engine answers for %s: it has not taken in what changed", engine.name)
            continue
        try:
            answer = engine.find(query)
        except EngineFailed as failure:
            breaker.failed(now)
            logger.warning("Another engine answers for %s: %s", engine.name, failure)
        else:
            breaker.succeeded()
            return Found(answer, engine.name, is_fallback=place > 0)
    return Found(last.find(query), last.name, is_fallback=bool(preferred))


def _is_behind(engine: Engine, other: Engine, now: float) -> bool:
    """Say whether an engine waits for changes that the other has long had."""
    before = datetime.fromtimestamp(now, UTC) - _MOST_BEHIND
    waiting = Change.objects.filter(made_at__lt=before, taken_at=None, not_before=None)
    behind = set(waiting.values_list("engine", flat=True).distinct())
    return engine.name in behind and other.name not in behind


def named(name: str) -> Engine:
    """Return the engine of a name."""
    return next(engine for engine in kept() if engine.name == name)
