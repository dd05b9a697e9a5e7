"""Tests and checks: what a change must pass."""

import os
import shutil
import subprocess

import postgres
import search_node
from checkout import PYTHON, ROOT, is_ci, manage, run, tool
from steps import Failed

TEMPLATES = sorted(path.parent.name for path in ROOT.glob("*/templates"))
_NONE_CHOSEN = 5
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def test(arguments: list[str]) -> None:
    """Run every test on SQLite, then on PostgreSQL, and those of Elasticsearch; say plainly what could not be run."""
    missing = []
    if not any(map(shutil.which, BROWSERS)):
        missing.append("browser tests were skipped: apt install chromium")
    binaries = postgres.find_binaries()
    if binaries is None:
        missing.append("tests on PostgreSQL were skipped: apt install postgresql-15")
    if lacking := search_node.what_is_missing():
        missing.append(f"tests on Elasticsearch were skipped: {lacking}")
    if missing and is_ci():
        raise Failed(f"CI=true, and nothing may be skipped: {'; '.join(missing)}.")
    given = os.environ.pop("DATABASE_URL", "")
    # Whatever node this machine has: these tests get one of their own.
    os.environ.pop("ELASTICSEARCH_URL", None)
    codes = dict(_runs(arguments, given if given.startswith("postgres") else "", binaries, not lacking))
    for line in missing:
        print(f"Note: {line}.")
    failed = [name for name, code in codes.items() if code not in (0, _NONE_CHOSEN)]
    if failed:
        raise Failed(f"Tests failed on {' and on '.join(failed)}.")
    if set(codes.values()) == {_NONE_CHOSEN}:
        raise Failed("No test was chosen.")


def _runs(arguments, server, binaries, has_node):
    """Run the tests as often as there are databases and a node; yield how each run ended."""
    is_free = "-m" not in arguments
    yield "SQLite", _on_sqlite(arguments, is_first=is_free and bool(server or binaries))
    if server:
        yield "PostgreSQL", _on_postgresql("PostgreSQL of DATABASE_URL", server, arguments)
    elif binaries is not None:
        with postgres.throwaway_server(binaries) as url:
            yield "PostgreSQL", _on_postgresql("PostgreSQL", url, arguments)
    if has_node and is_free:
        yield "Elasticsearch", _with_node(arguments)


def _on_sqlite(arguments, *, is_first):
    # What a browser and the crawl see is the same on both and takes long.
    left_out = ["-m", "not browser and not crawl"] if is_first else []
    return _pytest("SQLite", "", [*arguments, *left_out])


def _on_postgresql(name, url, arguments):
    # What asks no database has been run.
    return _pytest(name, url, [*arguments, "--only-database"])


def _with_node(arguments):
    """Once and one after the other: tests hold their node up, and to it both databases are the same."""
    with search_node.throwaway_node() as node:
        return _pytest("Elasticsearch", "", [*arguments, "-m", "elasticsearch", "-n", "0"], node.environment)


def _pytest(name, url, arguments, more=None) -> int:
    print(f"\nTests on {name}", flush=True)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", **(more or {})}
    if url:
        environment["DATABASE_URL"] = url
    else:
        # An empty value would win over .env; the tests' own default is meant.
        environment["DATABASE_URL"] = "sqlite:///var/test.sqlite3"
    # Some tests visit hundreds of addresses, and few should wait behind them. The order stays: tests that empty the
    # database are the last of each worker.
    command = [PYTHON, "-m", "pytest", "-n", "auto", "--maxschedchunk", "8", *arguments]
    return subprocess.run([str(word) for word in command], cwd=ROOT, env=environment, check=False).returncode


def lint() -> None:
    """Run all checks, and name at the end those that failed."""
    checks = {
        "ruff check": [tool("ruff"), "check"],
        "ruff format": [tool("ruff"), "format", "--check"],
        "layers": [tool("lint-imports")],
        # Rules alone: djlint's own form puts white space into titles and breaks lines where a reader would not.
        "templates": [tool("djlint"), *TEMPLATES, "--lint", "--quiet"],
        "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        "settings": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    }
    failed = []
    for number, (name, command) in enumerate(checks.items(), start=1):
        print(f"[{number}/{len(checks)}] {name}", flush=True)
        try:
            run(*command, quiet=True)
        except Failed:
            failed.append(name)
    if failed:
        raise Failed(f"Not in order: {', '.join(failed)}.")
    print("All checks passed.")


def fix() -> None:
    """Put Python into form, and mend what a tool can mend safely."""
    run(tool("ruff"), "check", "--fix-only", "--quiet")
    run(tool("ruff"), "format", "--quiet")


def messages() -> None:
    """Collect the texts of the code into the Vietnamese catalogues."""
    if shutil.which("xgettext") is None:
        raise Failed("gettext is missing: apt install gettext")
    common = ["makemessages", "--locale", "vi", "--no-location", "--no-wrap", "--no-obsolete"]
    manage(*common, "--ignore", ".venv", "--ignore", "var", "--ignore", "tests")
