"""The shape of the house: names, sizes, layers, migrations, and what no template may hold."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.house import APPS, ROOT, files, named

MOST_LINES = {".py": 400, ".css": 400, ".js": 400, ".html": 150}
MOST_LINES_OF_A_TEST = 1_000
SAYS_NOTHING = {"utils", "helpers", "common", "misc"}
INLINE = {
    "a script inside the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", re.IGNORECASE),
    "a style sheet inside the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}


def test_every_app_is_known_to_this_test():
    assert sorted(path.parent.name for path in ROOT.glob("*/apps.py")) == sorted(APPS)


@pytest.mark.parametrize("app", APPS)
def test_app_hides_no_module_of_python_or_a_library(app):
    assert app not in sys.stdlib_module_names
    assert app not in packages_distributions()


def test_every_file_is_named_for_what_it_knows():
    assert [named(path) for path in files(".py") if {path.stem, path.parent.name} & SAYS_NOTHING] == []


def test_no_file_is_too_long():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files(*MOST_LINES)}
    assert {named(path): length for path, length in lengths.items() if length > _most_lines(path)} == {}


def _most_lines(path):
    return MOST_LINES_OF_A_TEST if path.name.startswith("test_") else MOST_LINES[path.suffix]


def test_imports_run_down():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout[-3000:] + finished.stderr


def test_each_app_has_one_last_migration():
    leaves = [app for app, _name in MigrationLoader(None).graph.leaf_nodes()]
    assert sorted({app for app in leaves if leaves.count(app) > 1}) == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_type_check_is_silenced():
    # Written in two halves, so that this file does not hold what it looks for.
    silenced = "# type: " + "ignore"
    assert [named(path) for path in files(".py") if silenced in path.read_text(encoding="utf-8")] == []


def test_every_silenced_rule_has_its_reason():
    without = re.compile(r"# noqa(: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*)?\s*$", re.MULTILINE)
    assert [named(path) for path in files(".py") if without.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what):
    found = [path for path in files(".html") if INLINE[what].search(_without_comments(path))]
    assert [named(path) for path in found] == []


def _without_comments(path):
    return re.sub(r"{#.*?#}|{% comment .*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_style_sheets_shout_at_nobody_and_ask_no_other_host():
    bad = re.compile(r"!important|url\(\s*[\"']?(https?:)?//|@import")
    ours = [path for path in files(".css") if "vendor" not in path.parts]
    assert [named(path) for path in ours if bad.search(path.read_text(encoding="utf-8"))] == []


def test_no_template_asks_another_host():
    foreign = re.compile(r"<(script|img|link|iframe|source|video)\b[^>]*\b(src|srcset|href)=[\"'](https?:)?//")
    assert [named(path) for path in files(".html") if foreign.search(_without_comments(path))] == []


def test_no_file_names_the_machine_it_was_written_on():
    # Put together, so that this file does not hold what it looks for.
    personal = re.compile(
        r"(?<![\w./])(" + "|".join(["/ho" + "me/[a-z]+/", "/ro" + "ot/", "/tm" + "p/[a-z]", "/wo" + "rk/"]) + ")"
    )
    texts = files(".py", ".html", ".css", ".js", ".md", ".toml", ".yaml", ".conf", ".service", ".in", ".txt", ".po")
    assert [named(path) for path in texts if personal.search(path.read_text(encoding="utf-8"))] == []
