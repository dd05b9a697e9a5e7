"""The audit trail: what an entry adds to a publish, and how a trail of 1,000,000 entries verifies and lists."""

import multiprocessing
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import django

from .publishing import EDITORS, _editor, _publish, _warm_up
from .publishing import PUBLISHED as PUBLISHED_EACH

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = 60
ROUNDS = 2
BATCH = 5_000
LIMIT = 60
LISTS = {
    "newest": {},
    "one agency": {"agency": "stttt"},
    "rare action": {"action": "audit.sign_again"},
    "agency and action": {"agency": "stttt", "action": "rights.join"},
    "a month two years ago": {"at_from": "2024-11-01", "at_to": "2024-11-30"},
    "a word that is nowhere": {"text": "khôngcótrongnhậtký"},
    "a person's name": {"person": "Người thứ 77"},
    "far back": {"older": "1700000000000000-500000"},
}


def report(quick: bool) -> list[str]:
    """Measure with 1,000,000 entries (quick: 100,000); return Markdown lines."""
    total = 100_000 if quick else 1_000_000
    with_audit, without = _publish_in_turns()
    lines = [
        f"## Audit trail ({total:,} entries)",
        "",
        f"Publishing: {with_audit:.1f} ms with an entry, {without:.1f} ms without, {with_audit / without:.2f} times.",
        "",
    ]
    together = {is_heard: [] for is_heard in (True, False)}
    for number in range(2 * (1 if quick else ROUNDS)):
        together[bool(number % 2)].append(_publish_together(bool(number % 2)))
    with_audit, without = (statistics.median(together[is_heard]) for is_heard in (True, False))
    lines += [
        (
            f"{EDITORS} editors at once: {with_audit:.1f} articles per second with entries, {without:.1f} without "
            f"(medians of turns). Afterwards: {verdict()}"
        ),
        "",
    ]
    seconds = _fill(total)
    lines.append(f"Writing and chaining {total:,} entries at once: {seconds:.0f} s.")
    database, export, offline, size = _verify()
    lines += [
        f"`verify_audit` in the database: {database:.1f} s (at most {LIMIT} s are allowed for 1,000,000).",
        (
            f"`export_audit`: {export:.1f} s, {size / 1e6:.0f} MB; `python3 audit/chain.py` on it: {offline:.1f} s "
            f"in {_memory[-1]:.0f} MB of memory at most. All of this process: {_peak():.0f} MB."
        ),
        "",
        "| list | queries | operator: ms | agency's administrator: ms |",
        "|---|---|---|---|",
    ]
    return [*lines, *_lists()]


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _publish_in_turns():
    from django.db.models.signals import post_save
    from wagtail.models import PageLogEntry

    from audit.signal_handlers import log_entries

    times = {True: [], False: []}
    for number in range(2 * PUBLISHED + 4):
        is_heard = bool(number % 2)
        if is_heard:
            log_entries.connect()
        else:
            post_save.disconnect(sender=PageLogEntry, dispatch_uid="audit: page log")
        began = time.perf_counter()
        _publish(f"nhat-ky-{time.time_ns()}", 0)
        if number >= 4:
            times[is_heard].append((time.perf_counter() - began) * 1000)
    log_entries.connect()
    return statistics.median(times[True]), statistics.median(times[False])


def _publish_together(is_heard):
    """Return articles per second of all editors together, each a process of its own."""
    pool = multiprocessing.get_context("spawn").Pool(EDITORS, initializer=_begin, initargs=(is_heard,))
    with pool:
        pool.map(_warm_up, range(EDITORS), chunksize=1)
        spans = pool.map(_editor, range(EDITORS), chunksize=1)
    return EDITORS * PUBLISHED_EACH / (max(span[1] for span in spans) - min(span[0] for span in spans))


def _begin(is_heard):
    django.setup()
    if not is_heard:
        from django.db.models.signals import post_save
        from wagtail.models import PageLogEntry

        post_save.disconnect(sender=PageLogEntry, dispatch_uid="audit: page log")


def verdict() -> str:
    """Verify the trail of this process's database, and return in a line what was found."""
    from django.core.management import CommandError, call_command

    said = StringIO()
    try:
        call_command("verify_audit", stdout=said)
    except CommandError as error:
        return str(error)
    return said.getvalue().strip().replace("\n", " ").partition(" Head:")[0]


def _fill(total):
    """Lengthen the chain to `total` entries, in the shape of four years of a province."""
    from django.db import connection, transaction
    from django.utils import timezone

    from audit.models import AuditEntry
    from audit.services import _chain, end_of_chain, seal, sign_head
    from sites.models import Agency

    seal()
    rng = random.Random(1)
    codes = list(Agency.objects.values_list("code", flat=True))
    end = end_of_chain()
    number, digest = end.number, end.digest
    pk = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    began, now = time.perf_counter(), timezone.now().replace(microsecond=0)
    while number < total:
        some = min(BATCH, total - number)
        entries = [
            _entry(pk + place, now - timedelta(minutes=2 * (total - number - place)), rng, codes)
            for place in range(1, some + 1)
        ]
        pk += some
        with transaction.atomic():
            number, digest = _chain(entries, number, digest)
            AuditEntry._base_manager.bulk_create(entries)
            sign_head(number, digest)
        print(f"  {number} entries", end="\r", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('audit_auditentry', 'id'), %s)", [pk])
        cursor.execute("VACUUM ANALYZE audit_auditentry")
    print()
    return time.perf_counter() - began


def _entry(pk, at, rng, codes):
    from audit.models import AuditEntry

    actions = ("wagtail.edit", "wagtail.publish", "session.sign_in", "object.change", "rights.join")
    person = rng.randrange(1, 400)
    return AuditEntry(
        id=pk,
        at=at,
        actor_id=person,
        roles="editor@stttt",
        actor_name=f"Người thứ {person} (can-bo-{person})",
        action=rng.choices(actions, (50, 25, 20, 4, 1))[0],
        object_type="wagtailcore.page",
        object_id=str(rng.randrange(100_000)),
        object_label=f"Bài viết số {rng.randrange(100_000)} về chuyển đổi số trên địa bàn tỉnh",
        agency=rng.choice(codes),
        address=f"203.0.113.{rng.randrange(256)}",
        agent="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        request_id=f"{rng.getrandbits(128):032x}",
        details='{"changes": {"title": ["Tựa cũ của bài", "Tựa mới của bài"]}, "revision": 12345}',
    )


def _verify():
    from django.core.management import call_command

    database = _timed(lambda: call_command("verify_audit", stdout=StringIO()))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "trail.jsonl")
        export = _timed(lambda: call_command("export_audit", str(file), stdout=StringIO()))
        # Isolated from every installed package, as on an auditor's machine.
        command = ["/usr/bin/time", "-f", "%M", sys.executable, "-I", "-S", str(ROOT / "audit" / "chain.py"), str(file)]
        offline = _timed(lambda: _memory.append(_run(command)))
        return database, export, offline, file.stat().st_size


_memory = []


def _run(command):
    """Run a program and return how much memory it took at most, in megabytes."""
    finished = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(finished.stderr.split()[-1]) / 1024


def _timed(act):
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _lists():
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.services.sessions import note_second_factor
    from sites.models import AgencyGroup

    people = get_user_model().objects
    operator = people.create_superuser(f"do-{time.time_ns()}")
    administrator = people.create_user(f"do-{time.time_ns()}")
    administrator.groups.add(AgencyGroup.objects.get(agency__code="stttt", role="administrator").group)
    lines = []
    for name, query in LISTS.items():
        cells, counts = [], []
        for person in (operator, administrator):
            client = Client(headers={"host": "stttt.localhost"})
            client.force_login(person)
            session = client.session
            note_second_factor(session, person, "benchmark")
            session.save()
            client.get("/admin/audit/", query)
            times = []
            for _turn in range(5):
                began = time.perf_counter()
                answer = client.get("/admin/audit/", query)
                times.append((time.perf_counter() - began) * 1000)
                assert answer.status_code == 200
            with CaptureQueriesContext(connection) as queries:
                client.get("/admin/audit/", query)
            cells.append(f"{statistics.median(times):.0f}")
            counts.append(str(len(queries)))
        lines.append(f"| {name} | {' / '.join(counts)} | {' | '.join(cells)} |")
    return lines
