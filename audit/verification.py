"""Verifying the whole chain in the database, in constant memory, while people go on working."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from .chain import GENESIS, Break, Fault, Record, Walk, digest_of
from .enums import CheckState
from .models import COLUMNS, AuditCheck, AuditEntry, AuditHead, as_record
from .services import ChainBroken, chain_lock, is_signed, record, seal, sign_head

BATCH = 5_000
# Longer than any seal waits for its turn.
IN_TIME = timedelta(minutes=1)
# A check that has not moved for so long was killed; another may begin.
GIVEN_UP = timedelta(minutes=10)


class CheckIsRunning(Exception):
    """Somebody else verifies the chain at this moment."""


def begin_check(user=None) -> AuditCheck:
    """Note that the chain is going to be verified; raises CheckIsRunning while it is."""
    now = timezone.now()
    with transaction.atomic(), chain_lock():
        open_states = (CheckState.WAITING, CheckState.RUNNING)
        AuditCheck.objects.filter(state__in=open_states, touched_at__lt=now - GIVEN_UP).update(state=CheckState.FAILED)
        if AuditCheck.objects.filter(state__in=open_states).exists():
            raise CheckIsRunning
        return AuditCheck.objects.create(asked_by=user, began_at=now, touched_at=now)


def run_check(check: AuditCheck, noted: tuple[int, str] | None = None, progress: Callable = lambda done, total: None):
    """Verify the chain from its first entry to its signed head, and record what was found; returns the check."""
    try:
        _seal_what_can_be()
        check.total = AuditHead.objects.aggregate(last=Max("number"))["last"] or 0
        _touch(check, state=CheckState.RUNNING)
        broken = _follow(check, [noted, _last_intact_head(check)], progress)
        check.waiting = AuditEntry.objects.unsealed().filter(at__lt=timezone.now() - IN_TIME).count()
        _finish(check, broken)
    except BaseException:
        _touch(check, state=CheckState.FAILED)
        raise
    return check


def _seal_what_can_be():
    try:
        seal()
    except ChainBroken:
        # The walk finds the same fault and names the entry.
        return


def _touch(check, **values):
    for name, value in {"touched_at": timezone.now(), **values}.items():
        setattr(check, name, value)
    check.save()


def _follow(check, noted, progress) -> Break | None:
    walk, noted = Walk(), [head for head in noted if head]
    for batch in _batches():
        for entry in batch:
            broken = walk.step(entry) or _compare(walk, noted)
            if broken:
                check.verified, check.head = walk.number, f"{walk.number}:{walk.digest}"
                return broken
        check.verified = walk.number
        _touch(check, total=max(check.total, walk.number))
        progress(check.verified, check.total)
    check.head = f"{walk.number}:{walk.digest}"
    return _compare_end(walk, noted)


def _compare(walk, noted):
    """The chain must still be the one whose head was noted earlier."""
    for number, digest in noted:
        if walk.number == number and walk.digest != digest:
            return Break(number, Fault.HEAD)
    return None


def _batches() -> Iterator[list[Record]]:
    """Yield the sealed entries in their order, each query short enough to hold nobody up."""
    last = 0
    while True:
        entries = AuditEntry.objects.sealed().filter(number__gt=last).order_by("number")
        rows = [as_record(values) for values in entries.values_list(*COLUMNS)[:BATCH]]
        yield rows
        if len(rows) < BATCH:
            return
        last = rows[-1].number


def _compare_end(walk, noted) -> Break | None:
    """The last entry must be the one that was signed, and no noted entry may lie beyond it."""
    # In this order: an entry and its head appear at once, so an honest head is never behind.
    last = AuditEntry.objects.aggregate(last=Max("number"))["last"] or 0
    head = AuditHead.objects.first()
    number, digest = (head.number, head.digest) if head else (0, GENESIS)
    if head and not is_signed(head):
        return Break(number, Fault.UNSIGNED_HEAD)
    if number < last:
        return Break(number + 1, Fault.BEYOND_HEAD)
    if walk.number < last or walk.number < number:
        # Entries were added while the last batch was read: follow them as well.
        broken = _follow_on(walk)
        if broken:
            return broken
    if walk.number < number:
        return Break(walk.number + 1, Fault.MISSING)
    if walk.number == number and walk.digest != digest:
        return Break(number, Fault.HEAD)
    missing = [noted_number for noted_number, _digest in noted if noted_number > walk.number]
    return Break(walk.number + 1, Fault.MISSING) if missing else None


def _follow_on(walk):
    for values in AuditEntry.objects.sealed().filter(number__gt=walk.number).order_by("number").values_list(*COLUMNS):
        broken = walk.step(as_record(values))
        if broken:
            return broken
    return None


def _last_intact_head(check):
    """The head that the last good verification has seen: one more thing that a forger must know of."""
    head = AuditCheck.objects.filter(state=CheckState.INTACT, pk__lt=check.pk).values_list("head", flat=True).first()
    if not head:
        return None
    number, _colon, digest = head.partition(":")
    return (int(number), digest) if number.isdigit() else None


def _finish(check, broken):
    if broken:
        check.broken_number, check.fault = broken.number, broken.fault.name
    _touch(check, state=CheckState.BROKEN if broken else CheckState.INTACT)
    details = {"result": check.state, "verified": check.verified, "head": check.head}
    if broken:
        details |= {"number": broken.number, "fault": broken.fault.name}
    record("audit.verify", user=check.asked_by, details=details)


def sign_again(reason: str) -> AuditHead:
    """Sign the end of the chain as it stands, after a new key or after a break was looked into; an entry says so."""
    with transaction.atomic(), chain_lock():
        last = AuditEntry.objects.sealed().order_by("-number").values_list("number", "digest").first()
        former = AuditHead.objects.first()
        number, digest = last or (0, GENESIS)
        sign_head(number, digest)
        details = {"reason": reason, "former_head": str(former) if former else "", "head": f"{number}:{digest}"}
        record("audit.sign_again", details=details)
    seal()
    return AuditHead.objects.get()


def fits_its_digest(entry: AuditEntry) -> bool:
    """Say whether a single sealed entry is as it was; whether its neighbours are, only a verification knows."""
    return digest_of(entry.record, entry.previous) == entry.digest
