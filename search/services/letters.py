"""Letters with new matches: made when a saved search is due, sent with patience, never lost and never made twice."""

import smtplib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.addresses import root_address
from core.encryption import UnreadableSecret
from core.text import shorten
from search.asking import Asked
from search.database import store
from search.database.engine import DatabaseEngine
from search.models import Letter, SavedSearch
from sites.models import Agency

from .answering import read
from .arrivals import arrivals_after, last_arrival
from .following import next_due

LANGUAGE = "vi"
# A letter names so many; the rest is one link away.
MOST_NAMED = 15
# Arrivals are asked for in parts: a list of keys is bounded.
_PART = 500
_WAITS = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
_LETTERS_AT_ONCE = 200
# After so many refusals by the mailbox itself the follower is taken to be gone.
MOST_REFUSALS = 3


@dataclass(frozen=True)
class Line:
    """A match as a letter tells it."""

    title: str
    summary: str
    address: str


def prepare(now: datetime) -> int:
    """Make the letters of all searches that are due; return how many.

    What was looked at is marked in the transaction of the letter: killed in between, nothing is lost or told twice.
    """
    until = last_arrival()
    made = 0
    for key in list(_due(now).order_by("due_at", "pk").values_list("pk", flat=True)):
        made += _prepare_one(key, until, now)
    return made


def _due(now):
    return SavedSearch.objects.filter(confirmed_at__isnull=False, due_at__lte=now)


@transaction.atomic
def _prepare_one(key, until, now):
    locked = _due(now).select_related("follower", "agency__site").filter(pk=key)
    if connection.features.has_select_for_update_skip_locked:
        locked = locked.select_for_update(skip_locked=True, of=("self",))
    search = locked.first()
    if search is None:
        # Another process has it.
        return 0
    found = _new_matches(search, until)
    search.seen, search.due_at = max(until, search.seen), next_due(search.rhythm, now)
    search.save(update_fields=["seen", "due_at"])
    if not found:
        return 0
    with translation.override(LANGUAGE):
        subject, text = _written(search, found)
    Letter.objects.create(search=search, subject=subject, text=text, made_at=now, not_before=now)
    return 1


def _new_matches(search, until):
    arrived = [key for _number, key in arrivals_after(search.seen, until)]
    asked = Asked.from_query(QueryDict(search.query))
    engine = DatabaseEngine()
    hits = []
    for start in range(0, len(arrived), _PART):
        keys = frozenset(arrived[start : start + _PART])
        query = asked.to_query(search.agency.pk, read(asked.text))
        hits += engine.find(replace(query, keys=keys, offset=0, size=_PART, with_facets=False)).hits
    return hits


def _written(search, hits):
    root = root_address(search.agency.code, search.agency.site.hostname)
    asked = Asked.from_query(QueryDict(search.query))
    context = {
        "portal": search.agency.portal_title,
        "words": asked.text or _("everything"),
        "count": len(hits),
        "lines": _lines(store.shown(hits[:MOST_NAMED])),
        "left": max(0, len(hits) - MOST_NAMED),
        "search_address": f"{root}{reverse('search')}?{search.query}",
        "stop_address": root + reverse("search_stop", args=[search.stop_token]),
        "own_address": root + reverse("search_followed", args=[search.follower.token]),
    }
    subject = _("%(count)d new results: %(words)s") % {"count": len(hits), "words": shorten(context["words"], 80)}
    return " ".join(subject.split())[:200], render_to_string("search/mail/new_results.txt", context)


def _lines(shown):
    """What is told of things, each with its address on the portal of its owner."""
    owners = Agency.objects.select_related("site").in_bulk({one.thing.owner for one in shown})
    return [_line(one.thing, owners[one.thing.owner]) for one in shown if one.thing.owner in owners]


def _line(thing, owner):
    address = root_address(owner.code, owner.site.hostname) + thing.places[owner.pk]
    return Line(shorten(thing.title, 150), shorten(thing.summary, 250), address)


def send(now: datetime) -> tuple[int, int]:
    """Send the letters that wait; return how many went and how many have to wait longer.

    A letter is removed after it was handed to the mail server: one may come twice after a crash, none is lost.
    """
    waiting = Letter.objects.filter(not_before__lte=now).select_related("search__follower", "search__agency__site")
    sent = kept = 0
    for letter in list(waiting.order_by("pk")[:_LETTERS_AT_ONCE]):
        if _send_one(letter, now):
            sent += 1
        else:
            kept += 1
    return sent, kept


def _send_one(letter, now):
    try:
        _message(letter).send()
    except smtplib.SMTPRecipientsRefused:
        _note_refusal(letter)
        return False
    except UnreadableSecret:
        # Nobody can read this address any more.
        letter.search.follower.delete()
        return False
    except (OSError, smtplib.SMTPException):
        _wait(letter, now)
        return False
    letter.delete()
    return True


def _message(letter):
    search = letter.search
    root = root_address(search.agency.code, search.agency.site.hostname)
    stop = root + reverse("search_stop", args=[search.stop_token])
    # One click in the mail program stops it: RFC 8058.
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(letter.subject, letter.text, to=[search.follower.email], headers=headers)


def _note_refusal(letter):
    follower = letter.search.follower
    follower.refusals += 1
    if follower.refusals >= MOST_REFUSALS:
        follower.delete()
        return
    follower.save(update_fields=["refusals"])
    letter.delete()


def _wait(letter, now):
    if letter.attempts >= len(_WAITS):
        letter.delete()
        return
    letter.not_before = now + _WAITS[letter.attempts]
    letter.attempts += 1
    letter.save(update_fields=["not_before", "attempts"])
