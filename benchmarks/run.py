"""Measures the figures of benchmarks/ on a PostgreSQL server of its own and writes them to benchmarks/results/.

make bench                              everything (about 40 minutes)
make bench ARGS="--quick"               the same at a tenth of the size, to see that it works
make bench ARGS="--only pages storm"    some parts; their names stand in PARTS
"""

import argparse
import os
import platform
import shutil
import sys
from contextlib import nullcontext
from datetime import date
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from benchmarks.search import is_worse  # noqa: E402 - the folder above must be known first

PARTS = (
    "pages", "publishing", "approval", "seeding", "storm", "audit", "admin", "isolation",
    "structure", "anchors", "citations", "reading", "documents", "importing", "search",
)  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    # Found out now, not after the province has been filled.
    if "pages" in options.only and shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt install wrk")
    with _server():
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        lines = _measure(options)
    text = "\n".join(lines) + "\n"
    print(text)
    if not options.quick:
        result = ROOT / "benchmarks" / "results" / f"{date.today():%Y-%m-%d}-{'-'.join(options.only)}.md"
        result.write_text(text)
    if is_worse(lines):
        sys.exit(1)


def _server():
    if os.environ.get("DATABASE_URL"):
        return nullcontext()
    from postgres import find_binaries, throwaway_server

    binaries = find_binaries()
    if binaries is None:
        sys.exit("PostgreSQL 15 is missing: apt install postgresql-15, or set DATABASE_URL to an empty database.")
    return _in_environment(throwaway_server(binaries, durable=True))


class _in_environment:  # noqa: N801 - used like a function
    """Name the throw-away server in DATABASE_URL while it lives."""

    def __init__(self, server):
        self.server = server

    def __enter__(self):
        os.environ["DATABASE_URL"] = self.server.__enter__()

    def __exit__(self, *error):
        del os.environ["DATABASE_URL"]
        return self.server.__exit__(*error)


def _measure(options):
    import django
    from django.core.management import call_command

    django.setup()
    print("Preparing the database ...", flush=True)
    call_command("migrate", verbosity=0)
    call_command("open_portal", all=True, stdout=StringIO())
    lines = [f"# Measured on {date.today():%Y-%m-%d}", "", _machine(), ""]
    for part in options.only:
        print(f"Measuring {part} ...", flush=True)
        lines += __import__(f"benchmarks.{part}", fromlist=["report"]).report(quick=options.quick)
        lines.append("")
    return lines


def _machine():
    from django.db import connection

    load = os.getloadavg()[0]
    server = connection.pg_version if connection.vendor == "postgresql" else "SQLite"
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {server}, load before {load:.1f}."


if __name__ == "__main__":
    main()
