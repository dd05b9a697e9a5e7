"""Import of documents: how long 10,000 with text take, in what memory, killed and resumed; what real lists give.

The lists are looked for beside the checkout in ../shared/data, or where CONGKHAI_DATA says.
"""

import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.db import connection

from .databases import another_database, elsewhere, named

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS, KILLED = 10_000, 1_000
WORKERS = 2
ALLOWED_SECONDS, ALLOWED_BYTES = 30 * 60, 1024**3
LISTS = (
    ("binhduong_documents.jsonl", ("--issuer", "binhduong-ubnd-tinh")),
    ("legal_documents.jsonl", ()),
    ("legal_documents_index.jsonl", ()),
)
TABLES = ("legaldocument", "text", "element", "citation", "relation", "validityspan", "placement", "listcount")


def report(quick: bool) -> list[str]:
    """Import on databases of their own; return Markdown lines."""
    share = 10 if quick else 1
    lines = ["## Import of documents", ""]
    with tempfile.TemporaryDirectory() as folder, _in(folder):
        for part in (
            _speed(Path(folder), DOCUMENTS // share),
            _killing(Path(folder), KILLED // share),
            _real(Path(folder)),
        ):
            lines += [*part, ""]
    return lines


def _data():
    folder = Path(os.environ.get("CONGKHAI_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "legal_documents.jsonl").is_file():
        sys.exit("legal_documents.jsonl is in neither ../shared/data nor CONGKHAI_DATA: nothing to measure.")
    return folder


class _in:  # noqa: N801 - used like a function
    """Let files of documents go into a folder that ends with the measurement."""

    def __init__(self, folder):
        self._folder = folder

    def __enter__(self):
        os.environ["MEDIA_ROOT"] = f"{self._folder}/media"

    def __exit__(self, *error):
        del os.environ["MEDIA_ROOT"]


def _many(path: Path, count: int) -> Path:
    """Write so many rows with text: the real documents again and again under other numbers."""
    with path.open("w", encoding="utf-8") as file:
        for row in islice(_copies(), count):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def _copies() -> Iterator[dict]:
    with (_data() / "legal_documents.jsonl").open(encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["ngay_ban_hanh"] and row["so_ky_hieu"] != "05/2022/TT-BYT"]
    for turn in range(10_000 // len(rows) + 2):
        for row in rows:
            digits = re.match(r"\d+", row["so_ky_hieu"])
            other = str(int(digits[0]) + 1_000 * turn) if turn else digits[0]
            yield row | {"so_ky_hieu": other + row["so_ky_hieu"][digits.end() :]}


def _command(path, *words):
    words = ["import_legal_docs", path, "--agency", "binhduong", "--workers", str(WORKERS), *words]
    return [sys.executable, ROOT / "manage.py", *map(str, words)]


class _Memory(threading.Thread):
    """Watches how much memory a process and those that it started have, together."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self._process, self.peak = process, 0

    def run(self):
        while self._process.poll() is None:
            self.peak = max(self.peak, sum(map(_resident, _tree(self._process.pid))))
            time.sleep(0.25)


def _tree(number):
    yield number
    try:
        children = [
            Path(f"/proc/{number}/task/{task}/children").read_text().split()
            for task in os.listdir(f"/proc/{number}/task")
        ]
    except OSError:
        return
    for child in (child for some in children for child in some):
        yield from _tree(int(child))


def _resident(number):
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    # Pages that several processes share count once.
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _run(path, *words):
    """Return (seconds, bytes at the peak) of one import."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(_command(path, *words), stdout=subprocess.DEVNULL, stderr=said)
        memory = _Memory(process)
        memory.start()
        process.wait()
        memory.join()
        said.seek(0)
        told = said.read().decode(errors="replace")
    if process.returncode not in (0, 1) or "Traceback" in told:
        sys.exit(f"The import ended with {process.returncode}: {told[-2000:]}")
    return time.perf_counter() - began, memory.peak


def _speed(folder, count):
    path = _many(folder / "many.jsonl", count)
    with another_database("importing", is_copy=True) as address, named(address):
        seconds, peak = _run(path)
        again, _peak = _run(path)
        numbers = elsewhere(address, rows_of_tables)
    lines = [
        (
            f"{count:,} documents with text ({path.stat().st_size / 1e6:.0f} MB), {WORKERS} workers, everything derived"
            f" (allowed for 10,000: {ALLOWED_SECONDS // 60} minutes, {ALLOWED_BYTES // 2**20} MiB):"
        ),
        "",
        "| | s | documents a second | peak memory of all processes, MiB |",
        "|---|---|---|---|",
        f"| first run | {seconds:.0f} | {count / seconds:.1f} | {peak / 2**20:.0f} |",
        f"| the same list again | {again:.0f} | {count / again:.0f} | |",
        "",
        "Rows: " + ", ".join(f"{name} {number:,}" for name, number in numbers.items()) + ".",
    ]
    if numbers["legaldocument"] != count:
        lines.append(f"**{count - numbers['legaldocument']} documents are missing.**")
    return lines


def rows_of_tables() -> dict[str, int]:
    """Return how many rows the tables of documents have; runs in a process of its own."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM legal_docs_{table}")  # noqa: S608 - names of ours
            found[table] = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(sum(count), 0) FROM legal_docs_listcount")
        found["sum of lists' numbers"] = int(cursor.fetchone()[0])
        cursor.execute("SELECT count(*) FROM legal_docs_text WHERE needs_rendering")
        found["pages that wait"] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM legal_docs_citation WHERE target_id IS NOT NULL")
        found["citations resolved"] = cursor.fetchone()[0]
    return found


def _killing(folder, count):
    path, kills = _many(folder / "killed.jsonl", count), 6
    with another_database("whole", is_copy=True) as address, named(address):
        seconds, _peak = _run(path)
        whole = elsewhere(address, rows_of_tables)
    rng = random.Random(5)
    with another_database("killed", is_copy=True) as address, named(address):
        for _kill in range(kills):
            process = subprocess.Popen(_command(path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(rng.uniform(2, seconds * 0.8))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
        _run(path)
        killed = elsewhere(address, rows_of_tables)
    same = "the same rows in all tables" if killed == whole else f"**other rows: {whole} and {killed}**"
    return [f"{count:,} documents, killed (SIGKILL) {kills} times at random and begun again: {same} as in one run."]


def _real(folder):
    lines = ["The real lists, one after the other into one registry:", ""]
    lines += [
        "| list | rows | created | unchanged | merged | refused | relations made | waiting | s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    reasons = []
    with another_database("lists", is_copy=True) as address, named(address):
        for name, words in LISTS:
            told = folder / "report.csv"
            seconds, _peak = _run(_data() / name, "--report", told, *words)
            with told.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
            states = Counter(row["state"] for row in rows)
            shown = [states[state] for state in ("created", "unchanged", "merged", "refused", "related", "waiting")]
            total = sum(states.values()) - states["related"] - states["waiting"]
            lines.append(f"| {name} | {total} | " + " | ".join(map(str, shown)) + f" | {seconds:.0f} |")
            reasons += _by_reason(name, rows)
    return [
        *lines,
        "",
        "Why, in the words of the report (numbers, days and names left out):",
        "",
        "| list | state | rows | reason |",
        "|---|---|---|---|",
        *reasons,
    ]


def _by_reason(name, rows):
    found = Counter(
        (row["state"], re.sub(r"“[^”]*”", "“…”", re.sub(r"\d[\d/]*", "N", row["reason"])).split("; ")[0])
        for row in rows
        if row["state"] in ("merged", "refused") or (row["state"] == "created" and row["reason"])
    )
    return [
        f"| {name} | {state} | {count} | {reason} |"
        for (state, reason), count in sorted(found.items(), key=lambda one: (one[0][0], -one[1]))
        if count > 1 or state != "created"
    ]
