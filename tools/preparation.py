"""What must be ready before the portals can be served: translations, tables, static files, portals, content."""

import os

from checkout import PYTHON, ROOT, STAMPS, VAR, database_identity, manage, run, sqlite_file
from packages import RUNTIME
from steps import Stamp, Steps, fingerprint, fingerprint_of_tree

APPS = ("accounts", "audit", "cms", "core", "editorial", "home", "legal_docs", "search", "sites")


def compile_catalogues(steps: Steps) -> None:
    """Compile the catalogues that are newer than what was compiled from them."""
    title = "Vietnamese catalogues"
    stale = [source for source in _catalogues() if _is_stale(source)]
    if not stale:
        steps.skip(title)
        return
    with steps.step(title):
        run(PYTHON, ROOT / "tools" / "catalogues.py", *stale)


def _catalogues():
    return sorted(ROOT.glob("*/locale*/*/LC_MESSAGES/*.po"))


def _is_stale(source):
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def migrate(steps: Steps) -> None:
    """Make or update the tables."""
    title = "Database tables"
    if sqlite_file() is not None:
        sqlite_file().parent.mkdir(parents=True, exist_ok=True)
    if _of_database("tables", *_migrations()).is_current:
        steps.skip(title)
        return
    with steps.step(title):
        manage("migrate", "--noinput", "--verbosity", "0")
        # Only now is there a file of which the stamp can speak.
        _of_database("tables", *_migrations()).write()


def _migrations():
    return [RUNTIME, *sorted(path for app in APPS for path in (ROOT / app / "migrations").glob("*.py"))]


def collect_static(steps: Steps) -> None:
    """Gather, name by content and compress what the server hands out."""
    title = "Static files"
    folders = [ROOT / "static", *(ROOT / app / "static" for app in APPS)]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    collected = Stamp(STAMPS / "static", fingerprint(fingerprint_of_tree(files), RUNTIME))
    if collected.is_current and (VAR / "static").is_dir():
        steps.skip(title)
        return
    with steps.step(title):
        manage("collectstatic", "--noinput", "--verbosity", "0")
        collected.write()


def open_portals(steps: Steps) -> None:
    """Open the portals of all agencies of the data file."""
    title = "Portals"
    opened = _of_database("portals", *sorted((ROOT / "sites" / "data").glob("*.yaml")))
    if opened.is_current:
        steps.skip(title)
        return
    with steps.step(title):
        manage("open_portal", "--all")
        opened.write()


def fill_portals(steps: Steps) -> None:
    """Fill the portals with demo content."""
    title = "Demo content"
    filled = _of_database("content", os.environ.get("MEDIA_ROOT", ""))
    if filled.is_current:
        steps.skip(title)
        return
    with steps.step(title):
        # The server prints the addresses once it answers. The index is built once, when all is there.
        os.environ["SEARCH_INDEXES_AT_ONCE"] = "false"
        manage("seed_demo", "--size", "small", "--fill-only")
        del os.environ["SEARCH_INDEXES_AT_ONCE"]
        filled.write()


def index_content(steps: Steps) -> None:
    """Build the index of the search."""
    title = "Search index"
    sources = [path for folder in ("contents", "database") for path in sorted((ROOT / "search" / folder).glob("*.py"))]
    indexed = _of_database("index", *sources)
    if indexed.is_current:
        steps.skip(title)
        return
    with steps.step(title):
        manage("rebuild_search_index")
        # What stands in the files of the demo is found as on a server, where a service reads them.
        manage("read_files")
        manage("index_changes")
        indexed.write()


def _of_database(name, *parts):
    """A stamp that holds for one database; a server's may have been emptied behind our back, so none holds there."""
    identity = database_identity()
    return Stamp(STAMPS / name, fingerprint(identity, *parts)) if identity else _NoStamp()


class _NoStamp:
    is_current = False

    def write(self):
        """There is nothing that could be remembered."""
