"""Stops asking an engine that fails, and finds out when it is back.

The state is in Django's cache, which the processes of a server share. After some failures in a row of a while nobody
waits for the engine; when the pause is over one question at a time tries it, and the first that is answered closes the
breaker again.
"""

from dataclasses import dataclass

from django.core.cache import cache

# So many failures within so many seconds.
MOST_FAILURES = 3
WITHIN = 30.0
PAUSE = 10.0
# A question that tries it has ended by then, or its process has.
_TRYING = 2.0


@dataclass(frozen=True)
class Breaker:
    """The breaker of one engine; times are seconds of one clock, given by whoever asks."""

    name: str

    def lets_through(self, now: float) -> bool:
        """Say whether the engine may be asked; where it was given up, this is the one question that tries it."""
        opened_at = cache.get(self._key("opened"))
        if opened_at is None:
            return True
        if now - opened_at < PAUSE:
            return False
        tried_at = cache.get(self._key("tried"))
        if tried_at is not None and now - tried_at >= _TRYING:
            cache.delete(self._key("tried"))
        return cache.add(self._key("tried"), now, None)

    def succeeded(self) -> None:
        """Note an answer."""
        if cache.get_many([self._key("opened"), self._key("failures")]):
            cache.delete_many([self._key(name) for name in ("opened", "failures", "tried")])

    def failed(self, now: float) -> None:
        """Note that the engine failed."""
        failures = [at for at in cache.get(self._key("failures"), ()) if now - at < WITHIN]
        failures.append(now)
        cache.set(self._key("failures"), failures[-MOST_FAILURES:], None)
        if len(failures) >= MOST_FAILURES or cache.get(self._key("opened")) is not None:
            cache.set(self._key("opened"), now, None)
            cache.delete(self._key("tried"))

    def _key(self, part: str) -> str:
        return f"search-breaker:{self.name}:{part}"
