"""Slows guessing down: every attempt is counted before it is checked, and the wait grows with the wrong ones.

Nobody can be locked out by others: guesses of strangers are counted by account and network, while a browser that has
signed in before is counted by itself (see devices.py).
"""

import ipaddress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from ..devices import account_key
from ..enums import AttemptKind
from ..models import AttemptCounter

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
# How many may be wrong before the first wait. Behind one network address a whole agency may sit.
FREE = {
    AttemptKind.PASSWORD_BY_ACCOUNT: 5,
    AttemptKind.PASSWORD_BY_DEVICE: 10,
    AttemptKind.PASSWORD_BY_NETWORK: 30,
    AttemptKind.CODE_BY_ACCOUNT: 5,
    AttemptKind.CODE_BY_DEVICE: 10,
    AttemptKind.RESET_BY_ACCOUNT: 3,
}


class Throttled(Exception):
    """Too many attempts in vain; the next one has to wait."""

    def __init__(self, wait: timedelta):
        super().__init__(wait)
        self.wait = wait


def password_counters(username: str, address: str, device: str | None) -> list[tuple[AttemptKind, str]]:
    """Return what a password typed for an account is counted by: a known device has a counter of its own."""
    if device is not None:
        return [(AttemptKind.PASSWORD_BY_DEVICE, _digest(device))]
    return [
        (AttemptKind.PASSWORD_BY_ACCOUNT, account_key(username)),
        (AttemptKind.PASSWORD_BY_NETWORK, _digest(network_of(address))),
    ]


def code_counters(username: str, device: str | None) -> list[tuple[AttemptKind, str]]:
    """Return what a code of the second factor is counted by."""
    if device is not None:
        return [(AttemptKind.CODE_BY_DEVICE, _digest(device))]
    return [(AttemptKind.CODE_BY_ACCOUNT, account_key(username))]


def reset_counters(username: str) -> list[tuple[AttemptKind, str]]:
    """Return what mails about a forgotten password are counted by: nobody's mailbox is filled."""
    return [(AttemptKind.RESET_BY_ACCOUNT, account_key(username))]


@transaction.atomic
def count_attempt(counters: list[tuple[AttemptKind, str]], now: datetime) -> None:
    """Count an attempt, or raise Throttled and count nothing.

    It is counted before its password is looked at: a hundred attempts at once are a hundred, not one.
    """
    rows = [_row(kind, key, now) for kind, key in sorted(counters)]
    wait = max(_wait(row, now) for row in rows)
    if wait:
        raise Throttled(wait)
    for row in rows:
        row.failures += 1
        row.last_at = now
        row.blocked_until = now + wait_after(row.kind, row.failures)
        row.save()


def forgive_attempt(counters: list[tuple[AttemptKind, str]]) -> None:
    """Take back an attempt that succeeded: the account starts anew, an address only loses this one."""
    for kind, key in counters:
        row = AttemptCounter.objects.filter(kind=kind, key=key)
        if kind == AttemptKind.PASSWORD_BY_NETWORK:
            # Whoever has one account of his own must not clear the count of his guesses at others.
            row.filter(failures__gt=0).update(failures=F("failures") - 1, blocked_until=None)
        else:
            row.delete()


def wait_after(kind: AttemptKind, failures: int) -> timedelta:
    """Return how long the next attempt has to wait after so many wrong ones."""
    beyond = failures - FREE[kind]
    if beyond < 0:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)


def forget_old_attempts(now: datetime) -> int:
    """Remove counters to which nothing was added for a day; return how many."""
    return AttemptCounter.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()[0]


def network_of(address: str) -> str:
    """Return what stands for where somebody comes from: an IPv4 address, or the /64 that one household has of IPv6."""
    if not address:
        return "unknown"
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network(f"{address.split('%')[0]}/64", strict=False))


def _row(kind, key, now):
    AttemptCounter.objects.get_or_create(kind=kind, key=key, defaults={"last_at": now})
    row = AttemptCounter.objects.select_for_update().get(kind=kind, key=key)
    if row.last_at < now - FORGOTTEN_AFTER:
        row.failures, row.blocked_until = 0, None
    return row


def _wait(row, now):
    if row.blocked_until is None or row.blocked_until <= now:
        return timedelta(0)
    # A clock that was put back must not lengthen the wait beyond the longest.
    return min(row.blocked_until - now, LONGEST_WAIT)


def _digest(value):
    return salted_hmac("accounts.attempts", value, algorithm="sha256").hexdigest()
