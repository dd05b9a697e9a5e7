"""How long the demo content of a whole province takes, from empty open portals, on both databases."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .databases import another_database, named

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
ROUNDS = 3
# Somebody who wants to see a full province waits no longer than this.
ALLOWED_SECONDS = 300


def report(quick: bool) -> list[str]:
    """Fill 29 open portals turn by turn on SQLite and PostgreSQL; return Markdown lines."""
    size, rounds = ("small", 1) if quick else ("large", ROUNDS)
    seconds = {"SQLite": [], "PostgreSQL": []}
    for _round in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            seconds["SQLite"].append(_seed(size, f"sqlite:///{folder}/province.sqlite3"))
        with another_database("seeding", is_copy=False) as address:
            seconds["PostgreSQL"].append(_seed(size, address))
    lines = [f"## `seed_demo --size {size}` (29 portals with pictures; allowed: {ALLOWED_SECONDS} s)", ""]
    lines += ["| database | median s | each |", "|---|---|---|"]
    for name, values in seconds.items():
        each = ", ".join(f"{value:.0f}" for value in values)
        lines.append(f"| {name} | {statistics.median(values):.0f} | {each} |")
    return lines


def _seed(size, address):
    with named(address), tempfile.TemporaryDirectory() as media:
        _manage(media, "migrate")
        _manage(media, "open_portal", "--all")
        began = time.perf_counter()
        _manage(media, "seed_demo", "--size", size)
        return time.perf_counter() - began


def _manage(media, *words):
    environment = {**os.environ, "MEDIA_ROOT": media, "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    subprocess.run([sys.executable, MANAGE, *words], env=environment, stdout=subprocess.DEVNULL, check=True)
