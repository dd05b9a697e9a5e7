"""Recording what was done, and sealing it into the chain.

An entry is written inside the transaction of its act, so both stand or fall together. It gets its place in the chain
right after, in a transaction of its own that takes the chain's lock and nothing else: acts never wait for the chain,
and since the lock of the trees (core/tree_lock.py) has been given back by then, the two cannot wait for each other.
"""

import json
import logging
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from core.text import shorten
from sites.owning import owners_of
from sites.permissions import agencies_of

from .chain import FOREIGN, GENESIS, digest_of, serialise
from .changes import without_secrets
from .context import acting_user, actor_of, note_thing, origin_of_act, roles_of
from .models import AuditEntry, AuditHead

logger = logging.getLogger(__name__)

# Another constant than that of the tree's lock. Whoever needs both takes the tree's first.
LOCK_KEY = 4_320_110_614
LARGEST_SEAL = 500
LONGEST_DETAILS = 8_000
_UNSEALED = "_audit_is_unsealed"
_CODES = "_audit_agency_codes"
_ILLEGAL = dict.fromkeys([*range(32), *range(0xD800, 0xE000)])


def record(action: str, thing: models.Model | None = None, **given) -> AuditEntry:
    """Record an act inside its own transaction: if the act is undone, so is its entry."""
    return record_many([describe(action, thing, **given)])[0]


def describe(action, thing=None, *, user=None, agency=None, label=None, kind=None, pk=None, details=None) -> AuditEntry:
    """Return the entry of an act, not yet written; who and where come from the current request."""
    actor = user if user is not None else acting_user()
    origin = origin_of_act()
    actor_id, actor_name = actor_of(actor)
    kind = kind or ("" if thing is None else thing._meta.label_lower)
    pk = pk if pk is not None else ("" if thing is None else thing.pk)
    note_thing(kind, pk)
    return AuditEntry(
        at=_now(),
        actor_id=actor_id,
        actor_name=_line(actor_name, 200),
        roles=_line(roles_of(actor), 255),
        action=_line(action, 100),
        object_type=_line(kind, 100),
        object_id=_line(pk, 100),
        object_label=_line(label if label is not None else "" if thing is None else str(thing), 255),
        agency=agency if agency is not None else _agency_code(thing, actor),
        address=origin.address,
        agent=_line(origin.agent, 200),
        request_id=origin.request_id,
        details=_details(details or {}),
    )


def _agency_code(thing, actor) -> str:
    """Return whose entry it is.

    It is the owner's of the thing; of several owners (a person who works for two agencies) the one that acts, and
    without one of them nobody's. What belongs to no agency (a refused door) is the entry of the agency that acts.
    """
    owners = sorted(owners_of(thing).values_list("code", flat=True)) if thing is not None else []
    if len(owners) == 1:
        return owners[0]
    own = frozenset() if actor is None or actor.pk is None else _codes_of(actor)
    candidates = own & set(owners) if owners else own
    return next(iter(candidates)) if len(candidates) == 1 else ""


def _codes_of(person):
    if not hasattr(person, _CODES):
        setattr(person, _CODES, frozenset(agencies_of(person).values_list("code", flat=True)))
    return getattr(person, _CODES)


def _now():
    """To the millisecond: Django's dumpdata writes no finer moment, and a restored trail must verify."""
    now = timezone.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _line(value, longest):
    return shorten(str(value).translate(_ILLEGAL), longest)


def _details(details):
    text = json.dumps(without_secrets(details), ensure_ascii=False, sort_keys=True, default=str)
    if len(text) > LONGEST_DETAILS:
        text = json.dumps({"too_long": len(text), "begins": text[:1_000]}, ensure_ascii=False)
    # Half characters have no place in a database.
    return text.encode("utf-8", "ignore").decode()


def record_many(entries: list[AuditEntry]) -> list[AuditEntry]:
    """Write entries, and let them be sealed as soon as their acts are certain."""
    for entry in entries:
        entry.digest = _origin(entry, _keys()[0])
    if len(entries) == 1:
        entries[0].save()
    else:
        AuditEntry.objects.bulk_create(entries, batch_size=LARGEST_SEAL)
    setattr(connection, _UNSEALED, True)
    transaction.on_commit(_seal_after_commit, robust=True)
    return entries


def _seal_after_commit():
    # Each entry of a transaction asks for this; the first call seals them all.
    if getattr(connection, _UNSEALED, True):
        seal_if_possible()


def seal_if_possible() -> None:
    """Seal what waits. Where that fails the act stands, its entry waits, and the next verification says so."""
    try:
        seal()
    except (DatabaseError, OverflowError) as error:
        logger.critical("The audit trail is not sealed: %s", error)


def seal() -> int:
    """Give every finished act that waits its place in the chain; return how many got one.

    Entries left by a process that was killed between its act and this are taken by whoever comes next.
    """
    setattr(connection, _UNSEALED, False)
    total = 0
    while count := _seal_some():
        total += count
        if count < LARGEST_SEAL:
            break
    return total


def _seal_some():
    with transaction.atomic(), chain_lock():
        entries = list(AuditEntry.objects.unsealed().order_by("id")[:LARGEST_SEAL])
        if entries:
            end = end_of_chain()
            entries += _say_what_is_foreign(entries, end.number)
            number, digest = _chain(entries, end.number, end.digest)
            # The default manager refuses every change; this is the one there is.
            AuditEntry._base_manager.bulk_update(entries, ["number", "previous", "digest"])
            if end.fault:
                # The act stands and so does its entry; the fault stays in sight until somebody has looked into it.
                logger.critical("The audit trail is broken: %s", end.fault)
            else:
                sign_head(number, digest)
    return len(entries)


def _say_what_is_foreign(entries, last) -> list[AuditEntry]:
    """Return an entry that names those that were put into the table behind the program's back; [] if all are its own.

    They are sealed like the others, so that nobody can hold the chain up with them; every verification names them.
    """
    numbers = [number for number, entry in enumerate(entries, last + 1) if not _is_own(entry)]
    if not numbers:
        return []
    logger.critical("The audit trail holds entries that the program has not written: %s", numbers)
    told = AuditEntry(at=_now(), action=FOREIGN, details=_details({"numbers": numbers}))
    told.save()
    return [told]


def _is_own(entry):
    return any(constant_time_compare(entry.digest, _origin(entry, key)) for key in _keys())


def _origin(entry, key):
    """What an entry carries until it is sealed, to tell it from one that somebody put there by SQL."""
    text = serialise(entry.record._replace(number=0, id=0))
    return salted_hmac("audit.entry.1", text, secret=key, algorithm="sha256").hexdigest()


def _chain(entries: Iterable[AuditEntry], number: int, digest: str) -> tuple[int, str]:
    for entry in entries:
        number += 1
        entry.number, entry.previous = number, digest
        entry.digest = digest = digest_of(entry.record, digest)
    return number, digest


@contextmanager
def chain_lock():
    """Hold the only right to lengthen the chain until the transaction ends; SQLite's IMMEDIATE holds it anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
    yield


@dataclass(frozen=True)
class End:
    """Where the next entry is to be chained on; with a fault the end is not as it was signed."""

    number: int
    digest: str
    fault: str = ""


def end_of_chain() -> End:
    """Return the end of the chain. An entry missing there leaves its number empty, so that the gap is found."""
    head = AuditHead.objects.first()
    last = AuditEntry.objects.sealed().order_by("-number").values_list("number", "digest").first() or (0, GENESIS)
    if head is None:
        return End(*last, fault="the signed head is missing" if last[0] else "")
    if not is_signed(head):
        return End(*last, fault="the signature of the head is wrong")
    if last[0] > head.number:
        return End(*last, fault=f"there are entries beyond the signed head, number {head.number}")
    return End(head.number, head.digest)


def sign_head(number: int, digest: str) -> None:
    """Write the end of the chain with its signature."""
    signature = _signature(number, digest, _keys()[0])
    values = {"number": number, "digest": digest, "signature": signature}
    if not AuditHead.objects.filter(pk=1).update(**values):
        AuditHead.objects.create(pk=1, **values)


def is_signed(head: AuditHead) -> bool:
    """Say whether a head was signed with our key, or with one that was in use before."""
    return any(constant_time_compare(head.signature, _signature(head.number, head.digest, key)) for key in _keys())


def _keys():
    if settings.AUDIT_KEY:
        return [settings.AUDIT_KEY]
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _signature(number, digest, key):
    return salted_hmac("audit.head.1", f"{number}:{digest}", secret=key, algorithm="sha256").hexdigest()
