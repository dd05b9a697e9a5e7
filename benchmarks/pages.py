"""Queries and throughput of public pages, uncached, against a bare Wagtail page with the same content."""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .databases import another_database, elsewhere, named
from .filling import add_portals, fill_section, twin_articles

ROUNDS = 7
SECONDS = 5


def report(quick: bool) -> list[str]:
    """Measure with 29 and 300 portals and with few and 10,000 articles; return Markdown lines."""
    articles, portals = (1_000, 40) if quick else (10_000, 300)
    ours, bare = twin_articles()
    pages = {"article": ours, "portal home": "/", "news list": "/tin-tuc/", "section list": "/tin-tuc/hoat-dong/"}
    fill_section("/stttt/tin-tuc/hoat-dong/", 20)
    counts = {"29 portals, 20 articles": _count_all(pages)}
    fill_section("/stttt/tin-tuc/hoat-dong/", articles)
    counts[f"29 portals, {articles:,} articles"] = _count_all(pages)
    paths = {"ours": ours, "bare": bare, "bare, article alone": f"{bare}?lean"}
    speeds = _throughput({**paths, "home": "/", "list": "/tin-tuc/", "last page of the list": _last_page()})
    with another_database("portals", is_copy=True) as large:
        counts[f"{portals} portals, {articles:,} articles"] = elsewhere(large, _grow, portals, pages)
        growth = _growth(ours, os.environ["DATABASE_URL"], large)
    return [*_query_table(pages, counts), "", *_speed_table(speeds), _growth_line(growth, portals)]


def _grow(portals, pages):
    add_portals(portals)
    return _count_all(pages)


def _growth(path, small, large):
    """Return (requests per second with few portals, with many) of each round; both provinces are served at once."""
    with named(small), _gunicorn() as one, named(large), _gunicorn() as other:
        for port in (one, other):
            _once(port, path)
        return [tuple(_requests_per_second(port, path) for port in (one, other)) for _round in range(ROUNDS)]


def _last_page():
    from home.models import NewsPlacement

    return f"/tin-tuc/?trang={-(-NewsPlacement.objects.filter(agency__code='stttt', is_live=True).count() // 20)}"


def _count_all(pages):
    client = Client(headers={"host": "stttt.localhost"})
    counted = {}
    for name, path in pages.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200, path
        counted[name] = len(queries)
    return counted


def _query_table(pages, counts):
    lines = ["## Queries per page", "", "| page | " + " | ".join(counts) + " |", "|---" * (len(counts) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(str(counted[name]) for counted in counts.values()) + " |" for name in pages]
    return lines


def _throughput(paths):
    """Return {name: requests per second of each round}; the pages take turns, so that noise meets all alike."""
    speeds = {name: [] for name in paths}
    with _gunicorn() as port:
        for path in paths.values():
            _once(port, path)
        for _ in range(ROUNDS):
            for name, path in paths.items():
                speeds[name].append(_requests_per_second(port, path))
    return speeds


@contextmanager
def _gunicorn():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    server = subprocess.Popen([*command, "--log-level", "error"], env=os.environ)
    try:
        for _ in range(100):
            try:
                _once(port, "/robots.txt")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _once(port, path):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": "stttt.localhost"})
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server on the loopback
        assert answer.status == 200, path


def _requests_per_second(port, path):
    command = ["wrk", "-t1", "-c4", f"-d{SECONDS}s", "-H", "Host: stttt.localhost", f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    return float(next(line.split()[1] for line in said.splitlines() if line.startswith("Requests/sec")))


def _speed_table(speeds):
    median = {name: statistics.median(values) for name, values in speeds.items()}
    ratios = [a / b for a, b in zip(speeds["ours"], speeds["bare"], strict=True)]
    lines = [
        f"## Requests per second, uncached (2 gunicorn workers, 4 connections, {ROUNDS} rounds in turn, medians)",
        "",
        "| page | 29 portals | smallest | largest |",
        "|---|---|---|---|",
    ]
    lines += [f"| {name} | {median[name]:.1f} | {min(v):.1f} | {max(v):.1f} |" for name, v in speeds.items()]
    times = f"{statistics.median(ratios):.2f} times (rounds {min(ratios):.2f} to {max(ratios):.2f})"
    alone = statistics.median(a / b for a, b in zip(speeds["ours"], speeds["bare, article alone"], strict=True))
    lines += ["", f"Our article against the bare Wagtail page with the same content: {times}."]
    lines.append(f"Against a bare page that shows the article alone, without menu, list and footer: {alone:.2f} times.")
    return lines


def _growth_line(growth, portals):
    ratios = [many / few for few, many in growth]
    spread = f"{statistics.median(ratios):.2f} times (rounds {min(ratios):.2f} to {max(ratios):.2f})"
    return f"Our article with {portals} portals against the same with 29, served side by side in turn: {spread}."
