"""Which engines there are: those that are fed, and the one that answers."""

from dataclasses import dataclass

from django.conf import settings

from .database.engine import DatabaseEngine
from .elastic.engine import ElasticEngine
from .engine import Answer, Engine, Query


@dataclass(frozen=True)
class Found:
    """An answer, who gave it, and whether that was another engine than the preferred one."""

    answer: Answer
    engine: str
    is_fallback: bool = False


def kept() -> list[Engine]:
    """Return the engines that must know every change, whichever answers."""
    # The database's is always kept: it steps in, and what is found is shown from it.
    return [DatabaseEngine(), *_elastic()]


def answering() -> list[Engine]:
    """Return the engines that may answer, the preferred one first."""
    return [*_elastic(), DatabaseEngine()]


def _elastic() -> list[ElasticEngine]:
    return [ElasticEngine()] if settings.ELASTICSEARCH_URL else []


def find(query: Query) -> Found:
    """Answer a question; raise EngineFailed where no engine can."""
    engine = answering()[0]
    return Found(engine.find(query), engine.name)


def named(name: str) -> Engine:
    """Return the engine of a name."""
    return next(engine for engine in kept() if engine.name == name)
