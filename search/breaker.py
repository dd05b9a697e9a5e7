"""Keeps visitors from waiting for an engine that does not answer: after some failures it is left alone for a while.

What is known of it is in the cache, so that all processes of a server share it where they share a cache. Then one
question is let through again; if that is answered, all are.
"""

from dataclasses import dataclass

from django.core.cache import cache

# So many failures in a row, with no more than this many seconds between them, open the breaker.
FAILURES = 3
WITHIN = 60
# Seconds for which nothing is asked; then one question is let through in each such time.
PAUSE = 15


@dataclass(frozen=True)
class Breaker:
    """The breaker of one engine; moments are seconds of a clock that all processes share."""

    name: str

    def is_closed(self, now: float) -> bool:
        """Say whether the engine may be asked: always while it works, and once in a while when it does not."""
        open_until = cache.get(self._key("open"))
        if open_until is None:
            return True
        # `add` succeeds for one process alone: the others go on without.
        return now >= open_until and cache.add(self._key("trial"), now, PAUSE)

    def failed(self, now: float) -> None:
        """Note that it did not answer."""
        cache.add(self._key("failures"), 0, WITHIN)
        try:
            failures = cache.incr(self._key("failures"))
        except ValueError:
            # The minute ended between the two.
            failures = 1
        if failures >= FAILURES or cache.get(self._key("open")) is not None:
            cache.set(self._key("open"), now + PAUSE, None)
            cache.delete(self._key("trial"))

    def answered(self) -> None:
        """Note that it works."""
        if cache.get(self._key("failures")) is not None or cache.get(self._key("open")) is not None:
            cache.delete_many([self._key("failures"), self._key("open"), self._key("trial")])

    def _key(self, what):
        return f"search:breaker:{self.name}:{what}"
