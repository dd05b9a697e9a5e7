"""Counts what is searched for, so that staff see what people look for in vain; of who searches nothing is kept.

Each process collects for a minute and then adds to the rows of the day: a search writes nothing, and a process that is
killed loses a minute of a statistic. What may be about a person (mail addresses, long figures) is not counted; what was
asked less than three times is forgotten after a month, the rest after 400 days.
"""

import logging
import re
from collections import defaultdict
from datetime import date, timedelta
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Sum

from core.text import shorten
from search.models import QueryCount
from search.understanding.triggers import phrase_of
from sites.models import Agency

logger = logging.getLogger(__name__)
# Fewer times than this somebody may be known by what was searched for.
FEWEST = 3
_RARE_DAYS, _ALL_DAYS = 30, 400
_EVERY_SECONDS, _MOST_KEPT = 60, 200
_LONGEST = 100
_AT_ONCE = 500
# Numbers of telephones, identity cards and accounts have nine figures and more, written in groups or not.
_FIGURES = re.compile(r"\d(?:[\s.\-]?\d){7,}")
_ROBOT = re.compile("bot|crawl|spider|slurp|preview|monitor", re.IGNORECASE)


class _Collected:
    """What one process has counted and not yet written: times and times without a result, by agency, day and phrase."""

    def __init__(self):
        self._lock = Lock()
        self._forget()

    def add(self, agency: int, day: date, text: str, *, has_nothing: bool) -> None:
        with self._lock:
            count = self._counts[agency, day, phrase_of(text)[:_LONGEST]]
            count[0] = max(count[0], text)
            count[1] += 1
            count[2] += has_nothing
            self._since = self._since or monotonic()

    def is_due(self) -> bool:
        if not self._counts:
            return False
        return len(self._counts) >= _MOST_KEPT or monotonic() - self._since > _EVERY_SECONDS

    def take(self) -> dict:
        """Return all that was counted and begin anew."""
        with self._lock:
            counts = self._counts
            self._forget()
        return counts

    def _forget(self):
        # A spelling with accents comes after one without, and is the one to show.
        self._counts = defaultdict(lambda: ["", 0, 0])
        self._since = 0.0


_collected = _Collected()


def count(agency: int, day: date, text: str, *, has_nothing: bool, caller: str = "") -> None:
    """Count a search on an agency's portal; `caller` is what a browser calls itself. Robots' searches do not count."""
    words = " ".join(text.lower().split())
    if settings.SEARCH_COUNTS and not _ROBOT.search(caller) and phrase_of(words) and not _is_personal(words):
        _collected.add(agency, day, shorten(words, _LONGEST), has_nothing=has_nothing)


def _is_personal(words):
    return "@" in words or bool(_FIGURES.search(words))


def add_due(**_) -> None:
    """Add what has been collected for long enough; called after an answer has been sent."""
    if _collected.is_due():
        add_collected()


def add_collected() -> None:
    """Add what this process has collected to the rows of its days; what cannot be written is lost, and logged."""
    counts = _collected.take()
    if not counts:
        return
    try:
        with transaction.atomic():
            _write(counts)
    except DatabaseError:
        logger.warning("%d searches could not be counted", len(counts), exc_info=True)


def _write(counts):
    there = set(Agency.objects.filter(pk__in={agency for agency, _day, _folded in counts}).values_list("pk", flat=True))
    # In one order, so that two processes do not wait for each other's rows.
    counts = {key: counts[key] for key in sorted(counts) if key[0] in there}
    rows = [
        QueryCount(agency_id=agency, day=day, folded=folded, text=text)
        for (agency, day, folded), (text, _times, _without) in counts.items()
    ]
    QueryCount.objects.bulk_create(rows, ignore_conflicts=True)
    for (agency, day, folded), (_text, times, without) in counts.items():
        row = QueryCount.objects.filter(agency=agency, day=day, folded=folded)
        row.update(times=F("times") + times, times_without=F("times_without") + without)


def forget_old(day: date) -> None:
    """Forget what is too old on a day; doing it again changes nothing."""
    QueryCount.objects.filter(day__lt=day - timedelta(days=_ALL_DAYS)).delete()
    asked = QueryCount.objects.order_by().values("agency", "folded").annotate(all=Sum("times"))
    rare = set(asked.filter(all__lt=FEWEST).values_list("agency", "folded"))
    old = QueryCount.objects.filter(day__lt=day - timedelta(days=_RARE_DAYS)).order_by("pk")
    rows = old.values_list("pk", "agency", "folded").iterator()
    keys = [pk for pk, agency, folded in rows if (agency, folded) in rare]
    for start in range(0, len(keys), _AT_ONCE):
        QueryCount.objects.filter(pk__in=keys[start : start + _AT_ONCE]).delete()
