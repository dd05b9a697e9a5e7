"""What it costs to publish an article in a small and in a large province, and how many editors publish at once."""

import multiprocessing
import statistics
import time

import django

from .filling import fill_section

SECTIONS = (
    "/stttt/tin-tuc/hoat-dong/",
    "/stttt/tin-tuc/thong-bao/",
    "/syt/tin-tuc/hoat-dong/",
    "/stp/tin-tuc/hoat-dong/",
)
PUBLISHED = 40
EDITORS = 8


def report(quick: bool) -> list[str]:
    """Measure with 1,000 and with 100,000 articles; return Markdown lines."""
    small, large = (200, 2_000) if quick else (1_000, 100_000)
    rows = []
    for total in (small, large):
        for path in SECTIONS:
            fill_section(path, total // len(SECTIONS))
        one = _publish_alone()
        together = _publish_together(EDITORS)
        rows.append((total, one, together))
    ratio = rows[1][1]["cpu"] / rows[0][1]["cpu"]
    wall = rows[1][1]["wall"] / rows[0][1]["wall"]
    lines = [
        f"## Publishing (median of {PUBLISHED}; {EDITORS} editors are {EDITORS} processes; create, then publish)",
        "",
        "| articles | one: CPU ms | one: wall ms | queries | editors at once: articles per second |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {total:,} | {one['cpu']:.0f} | {one['wall']:.0f} | {one['queries']} | {together:.1f} |"
        for total, one, together in rows
    ]
    return [*lines, "", f"Cost in the large province: {ratio:.2f} times the CPU and {wall:.2f} times the wall time."]


def _publish_alone():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cpu, wall = [], []
    for number in range(PUBLISHED):
        began, spent = time.perf_counter(), time.process_time()
        _publish(f"mot-minh-{time.time_ns()}-{number}", number)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    with CaptureQueriesContext(connection) as queries:
        _publish(f"dem-{time.time_ns()}", 0)
    return {"cpu": statistics.median(cpu), "wall": statistics.median(wall), "queries": len(queries)}


def _publish_together(editors):
    """Return articles per second of all editors together, from the first start to the last end."""
    with multiprocessing.get_context("spawn").Pool(editors, initializer=django.setup) as pool:
        pool.map(_warm_up, range(editors), chunksize=1)
        spans = pool.map(_editor, range(editors), chunksize=1)
    begun, ended = min(span[0] for span in spans), max(span[1] for span in spans)
    return editors * PUBLISHED / (ended - begun)


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
