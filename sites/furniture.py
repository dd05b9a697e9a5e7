"""What every page of a portal shows around its content, kept per process and never stale.

Header, menu and footer change a few times a week and are needed by every request. A process keeps them under the
portal's furniture version, a random word in the agency's row that each request reads; whatever changes the furniture
renews the word in its own transaction (sites.signal_handlers), so a visitor sees the change as soon as it is there.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from .models import Agency
from .models.agencies import new_version


def renew_furniture(**agencies) -> None:
    """Let every process load the furniture of these agencies again (all agencies, if none are named)."""
    # A random word, not a number: after a transaction that was rolled back, the old word is right again.
    Agency.objects.filter(**agencies).update(furniture_version=new_version())


class Kept:
    """A bounded memory of one process: the entry not used for longest goes first."""

    def __init__(self, size: int):
        self._size = size
        self._entries: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], object]):
        """Return what is kept under a key; make and keep it where there is nothing."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key]
        # Outside the lock: two threads may make the same entry, none waits for a database.
        entry = make()
        with self._lock:
            self._entries[key] = entry
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
        return entry
