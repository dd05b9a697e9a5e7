"""What became findable, in the order in which it came: what saved searches look at."""

from collections.abc import Collection
from datetime import datetime

from search.models import Arrival

_BATCH = 2_000


def note_arrivals(keys: Collection[str], now: datetime) -> None:
    """Remember things that were put into the index; those that were there before are no news and stay as they are.

    Called by whoever holds the lock of the index, in the transaction that puts them there.
    """
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        known = set(Arrival.objects.filter(key__in=batch).values_list("key", flat=True))
        fresh = [Arrival(key=key, arrived_at=now) for key in batch if key not in known]
        Arrival.objects.bulk_create(fresh, ignore_conflicts=True)


def last_arrival() -> int:
    """Return the number of the newest arrival; 0 before the first."""
    return Arrival.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def arrivals_after(number: int, until: int) -> list[tuple[int, str]]:
    """Return (number, key) of what arrived after one arrival up to another, in order."""
    return list(Arrival.objects.filter(pk__gt=number, pk__lte=until).order_by("pk").values_list("pk", "key"))
