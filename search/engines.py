"""Which engines there are: those that are fed, and the one that answers."""

import logging
import time
from dataclasses import dataclass

from django.conf import settings

from .breaker import Breaker
from .database import store
from .database.engine import DatabaseEngine
from .elastic.engine import ElasticEngine
from .engine import Answer, Engine, EngineFailed, Query

logger = logging.getLogger(__name__)
# The engine from which found things are shown, and whose index therefore says what has arrived.
STORE = DatabaseEngine.name


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
        if not breaker.is_closed(time.time()):
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


def named(name: str) -> Engine:
    """Return the engine of a name."""
    return next(engine for engine in kept() if engine.name == name)
