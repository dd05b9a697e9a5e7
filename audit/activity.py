"""How much was done on each of the last days: the small chart above the list."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

DAYS = 30
# The drawing's own measures; the page scales it.
WIDTH, HEIGHT, STEP, BAR = 600, 80, 20, 14


@dataclass(frozen=True)
class Bar:
    """One day of the chart."""

    day: date
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Activity:
    """The last days, the oldest first."""

    bars: list[Bar]
    total: int
    busiest: Bar
    width: int = WIDTH
    height: int = HEIGHT
    bar_width: int = BAR


def activity(entries, today: date) -> Activity:
    """Count entries for each of the last days, in one query."""
    first = today - timedelta(days=DAYS - 1)
    begin = timezone.make_aware(datetime.combine(first, time.min))
    counted = entries.filter(at__gte=begin).order_by().annotate(day=TruncDate("at")).values_list("day")
    counts = dict(counted.annotate(Count("id")))
    days = [first + timedelta(days=number) for number in range(DAYS)]
    most = max([counts.get(day, 0) for day in days] + [1])
    bars = [_bar(number, day, counts.get(day, 0), most) for number, day in enumerate(days)]
    return Activity(bars, sum(bar.count for bar in bars), max(bars, key=lambda bar: bar.count))


def _bar(number, day, count, most):
    # A day with a single entry is seen, too.
    height = max(2, HEIGHT * count // most) if count else 0
    return Bar(day, count, number * STEP + (STEP - BAR) // 2, HEIGHT - height, height)
