"""What it costs to publish an article in a small and in a large province, and how many editors publish at once.

The two provinces are two databases of one server, and rounds alternate between them: what else the machine does while
this runs meets both alike.
"""

import os
import statistics
import time

from .databases import another_database, elsewhere, workers

SECTIONS = (
    "/stttt/tin-tuc/hoat-dong/",
    "/stttt/tin-tuc/thong-bao/",
    "/syt/tin-tuc/hoat-dong/",
    "/stp/tin-tuc/hoat-dong/",
)
PUBLISHED = 40
EDITORS = 8


def report(quick: bool) -> list[str]:
    """Measure with 1,000 and with 100,000 articles, turn by turn; return Markdown lines."""
    with another_database("large", is_copy=True) as large:
        return _compare(quick, (os.environ["DATABASE_URL"], large))


def _compare(quick, addresses):
    totals = (200, 2_000) if quick else (1_000, 100_000)
    for address, total in zip(addresses, totals, strict=True):
        elsewhere(address, _fill, total)
    alone = _turns(2 if quick else 6, addresses, lambda address: elsewhere(address, _publish_alone, PUBLISHED // 4))
    together = _turns(1 if quick else 3, addresses, _publish_together)
    return [
        f"## Publishing (create, then publish; {EDITORS} editors are {EDITORS} processes; medians of turns)",
        "",
        "| articles | one: CPU ms | one: wall ms | queries | editors at once: articles per second |",
        "|---|---|---|---|---|",
        *(_row(total, *measured) for total, *measured in zip(totals, alone, together, strict=True)),
        "",
        (
            f"Cost in the large province: {_ratio(alone, 'cpu'):.2f} times the CPU and "
            f"{_ratio(alone, 'wall'):.2f} times the wall time (medians of the turns' ratios)."
        ),
    ]


def _turns(rounds, addresses, measure):
    """Measure both databases in turn; return what was measured in each round, for the one and for the other."""
    return list(zip(*([measure(address) for address in addresses] for _round in range(rounds)), strict=True))


def _row(total, turns, together):
    cpu, wall = (statistics.median(turn[key] for turn in turns) for key in ("cpu", "wall"))
    speeds = ", ".join(f"{speed:.1f}" for speed in together)
    queries = "/".join(sorted({str(turn["queries"]) for turn in turns}))
    return f"| {total:,} | {cpu:.0f} | {wall:.0f} | {queries} | {statistics.median(together):.1f} ({speeds}) |"


def _ratio(alone, key):
    return statistics.median(large[key] / small[key] for small, large in zip(*alone, strict=True))


def _fill(total):
    from .filling import fill_section

    for path in SECTIONS:
        fill_section(path, total // len(SECTIONS))


def _publish_alone(times):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _publish(f"khoi-dong-{time.time_ns()}", 0)
    cpu, wall = [], []
    for number in range(times):
        began, spent = time.perf_counter(), time.process_time()
        _publish(f"mot-minh-{time.time_ns()}-{number}", number)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    with CaptureQueriesContext(connection) as queries:
        _publish(f"dem-{time.time_ns()}", 0)
    return {"cpu": statistics.median(cpu), "wall": statistics.median(wall), "queries": len(queries)}


def _publish_together(address):
    """Return articles per second of all editors together, from the first start to the last end."""
    with workers(address, EDITORS) as pool:
        pool.map(_warm_up, range(EDITORS), chunksize=1)
        spans = pool.map(_editor, range(EDITORS), chunksize=1)
    begun, ended = min(span[0] for span in spans), max(span[1] for span in spans)
    return EDITORS * PUBLISHED / (ended - begun)


def _warm_up(number):
    _publish(f"khoi-dong-{time.time_ns()}-{number}", number)
    time.sleep(1)


def _editor(number):
    begun = time.time()
    for article in range(PUBLISHED):
        _publish(f"bien-tap-{time.time_ns()}-{number}-{article}", number)
    return begun, time.time()


def _publish(slug, number):
    from home.models import NewsIndexPage, NewsPage

    section = NewsIndexPage.objects.get(url_path=SECTIONS[number % len(SECTIONS)])
    page = NewsPage(title=f"Bài {slug}", slug=slug, summary="Tóm tắt.", body=[("text", "<p>Nội dung</p>")], live=False)
    section.add_child(instance=page)
    page.save_revision().publish()
