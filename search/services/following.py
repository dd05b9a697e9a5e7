"""Saved searches: asked for by leaving an address, confirmed by mail, stopped with one click.

Whoever asks is told the same whether or not the address is known, and an address gets few mails that it has not
confirmed: nobody learns who follows what, and nobody's mailbox is filled.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.enums import Rhythm
from search.models import Follower, SavedSearch
from search.models.saved import address_keys

from .arrivals import last_arrival

CONFIRM_WITHIN = timedelta(hours=72)
# Mails to confirm in a day: to one address, and asked for from one network.
MOST_TO_ADDRESS = 3
MOST_FROM_NETWORK = 20
MOST_SEARCHES = 30
_MORNING = 7
_MONDAY = 0


class TooMany(Exception):
    """More is asked for than one address or one network may ask for in a day, or one follower may have."""


@transaction.atomic
def ask(*, email: str, agency, query: str, rhythm: Rhythm, network: str, now: datetime) -> tuple[SavedSearch, str]:
    """Save a search that is still to be confirmed; return it and the token of its link, "" where it is confirmed.

    Raise TooMany where more was asked for than may be.
    """
    follower = _follower(email)
    search = follower.searches.filter(agency=agency, query=query).first()
    if search is not None and search.confirmed_at is not None:
        return search, ""
    _refuse_too_many(follower, network, now)
    token = secrets.token_urlsafe(32)
    search = search or SavedSearch(follower=follower, agency=agency, query=query)
    search.rhythm, search.asked_at = rhythm, now
    search.asked_from, search.token_digest = _digest_of_network(network), _digest(token)
    search.save()
    return search, token


def _follower(email):
    follower = Follower.objects.select_for_update().filter(address_key__in=address_keys(email)).first()
    if follower is None:
        follower = Follower()
        follower.email = email
        follower.save()
    return follower


def _refuse_too_many(follower, network, now):
    today = SavedSearch.objects.filter(asked_at__gt=now - timedelta(days=1), confirmed_at=None)
    if (
        follower.searches.filter(confirmed_at__isnull=False).count() >= MOST_SEARCHES
        or today.filter(follower=follower).count() >= MOST_TO_ADDRESS
        or today.filter(asked_from=_digest_of_network(network)).count() >= MOST_FROM_NETWORK
    ):
        raise TooMany


def to_be_confirmed(token: str, now: datetime) -> SavedSearch | None:
    """Return the search whose link this is; None for a link that was used, is too old or never was one."""
    found = SavedSearch.objects.filter(token_digest=_digest(token), asked_at__gt=now - CONFIRM_WITHIN)
    return found.select_related("follower", "agency__site").first()


@transaction.atomic
def confirm(token: str, now: datetime) -> SavedSearch | None:
    """Begin to send what a search finds from now on; the link is void after that."""
    search = to_be_confirmed(token, now)
    if search is None:
        return None
    used = SavedSearch.objects.filter(pk=search.pk, token_digest=search.token_digest)
    if not used.update(token_digest="", confirmed_at=now):
        # The second click at the same moment.
        return None
    search.token_digest, search.confirmed_at = "", now
    search.seen, search.due_at = last_arrival(), next_due(search.rhythm, now)
    search.save(update_fields=["seen", "due_at"])
    return search


def change_rhythm(search: SavedSearch, rhythm: Rhythm, now: datetime) -> None:
    search.rhythm, search.due_at = rhythm, next_due(rhythm, now)
    search.save(update_fields=["rhythm", "due_at"])


@transaction.atomic
def stop(search: SavedSearch) -> None:
    """End a saved search and forget it; with the last one the address is forgotten."""
    follower = search.follower
    search.delete()
    if not follower.searches.exists():
        follower.delete()


@transaction.atomic
def forget(now: datetime) -> int:
    """Remove what was never confirmed, and addresses without a search; return how many were removed."""
    late = SavedSearch.objects.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN)
    return late.delete()[0] + Follower.objects.filter(searches=None).delete()[0]


def next_due(rhythm: str, now: datetime) -> datetime:
    """Return when a search is looked at next: now, at seven o'clock of the next morning, or of the next Monday."""
    if rhythm == Rhythm.AT_ONCE:
        return now
    local = timezone.localtime(now)
    morning = local.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning += timedelta(days=1)
    if rhythm == Rhythm.WEEKLY:
        morning += timedelta(days=(_MONDAY - morning.weekday()) % 7)
    return morning


def _digest(token):
    return salted_hmac("search.confirming", token, algorithm="sha256").hexdigest()


def _digest_of_network(network):
    return salted_hmac("search.asking", network, algorithm="sha256").hexdigest() if network else ""
