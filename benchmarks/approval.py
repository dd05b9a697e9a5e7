"""What a second person's approval adds to publishing, and whether the trail keeps up with many at once.

Drafts are written beforehand; what is timed is what makes them public. The small and the large province are two
databases of one server and are measured in turn.
"""

import os
import statistics
import time
from collections import Counter

from .audit import verdict
from .databases import another_database, elsewhere, workers
from .publishing import EDITORS, SECTIONS, _fill

EACH = 15
# What the trail must hold of one article that was written, handed in and approved by two persons.
ACTS = ("wagtail.create", "editorial.submit", "wagtail.workflow.approve", "wagtail.publish")
WAYS = {
    "wagtail, no trail": "Wagtail's publish, nothing recorded",
    "wagtail": "Wagtail's publish, recorded",
    "submit": "handing in, recorded",
    "approve": "approving and publishing, recorded",
}


def report(quick: bool) -> list[str]:
    """Measure with 1,000 and with 100,000 articles, then let pairs of editor and approver work at once."""
    totals = (200, 2_000) if quick else (1_000, 100_000)
    with another_database("large", is_copy=True) as large:
        addresses = (os.environ["DATABASE_URL"], large)
        for address, total in zip(addresses, totals, strict=True):
            elsewhere(address, _fill, total)
            elsewhere(address, _add_people)
        rounds = [
            [elsewhere(address, _measure, EACH // 3 if quick else EACH) for address in addresses]
            for _round in range(1 if quick else 3)
        ]
        together = [_at_once(address, 5 if quick else 20) for address in addresses]
    return [*_costs(totals, rounds), "", *_together(totals, together)]


def _costs(totals, rounds):
    lines = [
        f"## Publishing with approval (medians of {len(rounds)} turns)",
        "",
        f"| act | {totals[0]:,}: queries | CPU ms | wall ms | {totals[1]:,}: queries | CPU ms | wall ms | CPU, times |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for way, title in WAYS.items():
        small, large = ([turn[place][way] for turn in rounds] for place in (0, 1))
        ratio = statistics.median(two["cpu"] / one["cpu"] for one, two in zip(small, large, strict=True))
        lines.append(f"| {title} | {_cells(small)} | {_cells(large)} | {ratio:.2f} |")
    return lines


def _cells(turns):
    cpu, wall = (statistics.median(turn[key] for turn in turns) for key in ("cpu", "wall"))
    return f"{turns[0]['queries']} | {cpu:.0f} | {wall:.0f}"


def _together(totals, outcomes):
    lines = [
        f"## {EDITORS} pairs of editor and approver at once, each pair a process (write, hand in, approve)",
        "",
        "| articles there | articles published | a second | entries recorded | a second | acts without entry | chain |",
        "|---|---|---|---|---|---|---|",
    ]
    for total, outcome in zip(totals, outcomes, strict=True):
        lines.append(f"| {total:,} | " + " | ".join(outcome) + " |")
    return lines


def _add_people():
    from django.contrib.auth import get_user_model

    from sites.models import AgencyGroup

    for role in ("editor", "approver"):
        for code in {path.split("/")[1] for path in SECTIONS}:
            person = get_user_model().objects.create_user(f"do.{role}.{code}")
            person.groups.add(AgencyGroup.objects.get(agency__code=code, role=role, name="").group)


def _pair(number):
    from django.contrib.auth import get_user_model

    code = SECTIONS[number % len(SECTIONS)].split("/")[1]
    people = get_user_model().objects
    return people.get(username=f"do.editor.{code}"), people.get(username=f"do.approver.{code}")


def _draft(number, author):
    from home.models import NewsIndexPage, NewsPage

    section = NewsIndexPage.objects.get(url_path=SECTIONS[number % len(SECTIONS)])
    slug = f"do-{os.getpid()}-{time.time_ns()}"
    page = NewsPage(title=f"Bài {slug}", slug=slug, summary="Tóm tắt.", body=[("text", "<p>Nội dung</p>")])
    page.live, page.owner = False, author
    section.add_child(instance=page)
    page.save_revision(user=author)
    return NewsPage.objects.get(pk=page.pk)


def _measure(times):
    """Return {way: queries, CPU and wall time} of acts done in turn in this process."""
    measured = {way: [] for way in WAYS}
    for number in range(times + 2):
        for way, seconds in _one_of_each():
            if number >= 2:
                measured[way].append(seconds)
    counted = dict(_one_of_each(counts=True))
    return {
        way: {
            "cpu": statistics.median(cpu for cpu, _wall in spent) * 1000,
            "wall": statistics.median(wall for _cpu, wall in spent) * 1000,
            "queries": counted[way],
        }
        for way, spent in measured.items()
    }


def _one_of_each(counts=False):
    from editorial.services.approvals import submit

    editor, approver = _pair(0)
    spend = _count if counts else _time
    # Handed in and approved by themselves, as two requests are.
    article = _draft(0, editor)
    yield "submit", spend(lambda: submit(thing=article, user=editor))
    yield "approve", spend(lambda: _approve(article, approver))
    revision = _draft(0, editor).get_latest_revision()
    yield "wagtail", spend(lambda: revision.publish(user=approver, skip_permission_checks=True))
    unheard = _draft(0, editor).get_latest_revision()
    with _nothing_heard():
        yield "wagtail, no trail", spend(lambda: unheard.publish(user=approver, skip_permission_checks=True))


def _approve(article, approver):
    from editorial.ownership import stamp
    from editorial.services.approvals import approve
    from home.models import NewsPage

    article = NewsPage.objects.get(pk=article.pk)
    approve(thing=article, user=approver, seen=stamp(article.get_latest_revision()))


class _nothing_heard:  # noqa: N801 - used like a function
    def __enter__(self):
        from django.db.models.signals import post_save
        from wagtail.models import PageLogEntry

        post_save.disconnect(sender=PageLogEntry, dispatch_uid="audit: page log")

    def __exit__(self, *error):
        from audit.signal_handlers import log_entries

        log_entries.connect()


def _time(act):
    began, spent = time.perf_counter(), time.process_time()
    act()
    return time.process_time() - spent, time.perf_counter() - began


def _count(act):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def _at_once(address, each):
    """Let all pairs write, hand in and approve; return what came of it as the cells of a row."""
    with workers(address, EDITORS) as pool:
        pool.starmap(_work, [(number, 1) for number in range(EDITORS)], chunksize=1)
        before = elsewhere(address, _entries)
        spans = pool.starmap(_work, [(number, each) for number in range(EDITORS)], chunksize=1)
    seconds = max(span[1] for span in spans) - min(span[0] for span in spans)
    after = elsewhere(address, _entries)
    published, recorded = EDITORS * each, after.total() - before.total()
    lost = sum(abs(published - (after - before)[action]) for action in ACTS)
    rates = [f"{published}", f"{published / seconds:.1f}", f"{recorded}", f"{recorded / seconds:.1f}"]
    return [*rates, f"{lost}", elsewhere(address, verdict)]


def _work(number, articles):
    editor, approver = _pair(number)
    from editorial.services.approvals import submit

    begun = time.time()
    for _article in range(articles):
        article = _draft(number, editor)
        submit(thing=article, user=editor)
        _approve(article, approver)
    return begun, time.time()


def _entries():
    from django.db.models import Count

    from audit.models import AuditEntry

    return Counter(dict(AuditEntry.objects.order_by().values_list("action").annotate(Count("id"))))
