"""Cursors: the last row of a stretch of a list, so that the next one costs the same however deep it lies."""

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet
from ninja.errors import HttpError

MOST, USUAL = 100, 50


def newest_first(documents: QuerySet, cursor: str, limit: int, row: Callable) -> dict:
    """Return a stretch of documents, the newest first; the cursor is a day of issue and a key: "2020-01-31.17"."""
    if cursor:
        day, _dot, key = cursor.partition(".")
        on, pk = _day(day), _whole(key)
        documents = documents.filter(Q(issued_on__lt=on) | Q(issued_on=on, pk__lt=pk))
    rows = list(documents.order_by("-issued_on", "-pk")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return {"items": [row(one) for one in rows[:limit]], "next": f"{last.issued_on}.{last.pk}" if last else None}


def by_key(queryset: QuerySet, cursor: str, limit: int, row: Callable) -> dict:
    """Return a stretch of rows in the order of their keys; the cursor is the last key."""
    if cursor:
        queryset = queryset.filter(pk__gt=_whole(cursor))
    rows = list(queryset.order_by("pk")[: limit + 1])
    is_more = len(rows) > limit
    return {"items": [row(one) for one in rows[:limit]], "next": str(rows[limit - 1].pk) if is_more else None}


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HttpError(400, "The cursor is none that a list gave.") from None


def _whole(text):
    # 18 digits are within what a database takes for a key.
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise HttpError(400, "The cursor is none that a list gave.")
    return int(text)
