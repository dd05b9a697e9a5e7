"""Verifying the whole chain in the database, in constant memory, while people go on working."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from .chain import GENESIS, Break, Fault, Noted, Record, Walk, digest_of
from .enums import CheckState
from .guard import is_guarded
from .models import COLUMNS, AuditCheck, AuditEntry, AuditHead, as_record
from .services import chain_lock, is_signed, record, seal, seal_if_possible, sign_head

Head = tuple[int, str]

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
        unfinished = AuditCheck.objects.unfinished()
        unfinished.filter(touched_at__lt=now - GIVEN_UP).update(state=CheckState.FAILED)
        if unfinished.exists():
            raise CheckIsRunning
        return AuditCheck.objects.create(asked_by=user, began_at=now, touched_at=now)


def run_check(
    check: AuditCheck,
    heads: Iterable[Head] = (),
    since: Head = (0, GENESIS),
    progress: Callable = lambda done, total: None,
) -> AuditCheck:
    """Verify the chain to its signed head, and record what was found; returns the check.

    `heads` were noted elsewhere; `since` is the head of a part that is not looked at again, after a known break.
    """
    try:
        seal_if_possible()
        check.total = AuditHead.objects.aggregate(last=Max("number"))["last"] or 0
        check.since = since[0] + 1
        check.is_guarded = is_guarded()
        _touch(check, state=CheckState.RUNNING)
        broken = _follow(check, Walk(*since), Noted(_worth_comparing([*heads, *_intact_heads(check)], since)), progress)
        check.waiting = AuditEntry.objects.unsealed().filter(at__lt=timezone.now() - IN_TIME).count()
        _finish(check, broken)
    except BaseException:
        _touch(check, state=CheckState.FAILED)
        raise
    return check


def _worth_comparing(heads, since):
    return [head for head in heads if head[0] > since[0]]


def _touch(check, **values):
    for name, value in {"touched_at": timezone.now(), **values}.items():
        setattr(check, name, value)
    check.save()


def _follow(check, walk, noted, progress) -> Break | None:
    broken = None
    for batch in _batches(walk.number):
        broken = _walk_through(batch, walk, noted)
        check.verified = walk.number
        if broken:
            break
        _touch(check, total=max(check.total, walk.number))
        progress(check.verified, check.total)
    check.head = f"{walk.number}:{walk.digest}"
    return broken or _compare_end(walk, noted)


def _walk_through(records, walk, noted):
    for entry in records:
        broken = walk.step(entry) or noted.compare(walk)
        if broken:
            return broken
    return None


def _batches(last: int) -> Iterator[list[Record]]:
    """Yield the sealed entries in their order, each query short enough to hold nobody up.

    What a forger may have put before the first number comes first: it belongs to no chain.
    """
    entries = AuditEntry.objects.sealed().order_by("number").values_list(*COLUMNS)
    rows = [as_record(values) for values in entries.filter(number__lt=1)[:1]]
    while True:
        rows += [as_record(values) for values in entries.filter(number__gt=last)[:BATCH]]
        yield rows
        if len(rows) < BATCH:
            return
        last, rows = rows[-1].number, []


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
    if walk.number < number:
        # Entries were added while the last batch was read: follow them as well.
        added = AuditEntry.objects.sealed().filter(number__gt=walk.number, number__lte=number).order_by("number")
        broken = _walk_through((as_record(values) for values in added.values_list(*COLUMNS)), walk, noted)
        if broken:
            return broken
    if walk.number < number:
        return Break(walk.number + 1, Fault.MISSING)
    if walk.number == number and walk.digest != digest:
        return Break(number, Fault.HEAD)
    return noted.compare_end(walk)


def _intact_heads(check) -> list[Head]:
    """The head that the last good verification has seen: one more thing that a forger must know of."""
    head = AuditCheck.objects.filter(state=CheckState.INTACT, pk__lt=check.pk).values_list("head", flat=True).first()
    number, _colon, digest = (head or "").partition(":")
    return [(int(number), digest)] if number.isdigit() and int(number) else []


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
