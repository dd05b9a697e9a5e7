"""How the node is spoken to: within a time, once, and every failure in our own words."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import BulkIndexError

from search.engine import EngineFailed

# An answer takes a second at the most, and the database must have time to give it where the node does not.
ANSWER_WITHIN = 0.6
_LEAST = 0.02
WRITING = 60
# Merging a whole province into one segment.
SETTLING = 3_600


@cache
def client_of(url: str) -> Elasticsearch:
    """Return the client of this process; it keeps its connections. Nothing is asked twice: see `Deadline`."""
    return Elasticsearch(url, request_timeout=WRITING, max_retries=0, retry_on_timeout=False)


@contextmanager
def failures() -> Iterator[None]:
    """Tell every failure of the node and of the way to it as EngineFailed."""
    try:
        yield
    except BulkIndexError as error:
        reasons = {str(_reason(failed)) for failed in error.errors[:20]}
        raise EngineFailed(f"elastic: {len(error.errors)} not taken: {'; '.join(sorted(reasons)[:3])}") from error
    except ApiError as error:
        raise EngineFailed(f"elastic: {error.status_code} {error.message}") from error
    except (TransportError, ValueError) as error:
        # ValueError: an answer of something that is no Elasticsearch, or an address that is none.
        raise EngineFailed(f"elastic: {type(error).__name__} {error}") from error


def _reason(failed: dict) -> Any:
    for action in failed.values():
        if isinstance(action, dict):
            error = action.get("error", action.get("status"))
            return error.get("reason", error) if isinstance(error, dict) else error
    return failed


@dataclass
class Deadline:
    """The time that all requests of one answer have together."""

    seconds: float = ANSWER_WITHIN
    begun: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """What is left; raise EngineFailed where nothing is."""
        left = self.seconds - (time.monotonic() - self.begun)
        if left < _LEAST:
            raise EngineFailed("elastic: too slow")
        return left
