"""What can be set, called or made is named in the documents; what they point to is there."""

import re

import pytest

from tests.house import ROOT, files, named

CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
DEVELOPMENT = (ROOT / "docs" / "development.md").read_text(encoding="utf-8")
DEPLOYMENT = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
# What every shell has is not ours to explain.
_OF_THE_SHELL = {"PATH", "HOME"}


def _variables():
    """The names of environment variables that settings, tools and deployment read."""
    pattern = re.compile(r"""(?:\benv(?:\.\w+)?\(|environ\.(?:get|pop)\(|environ\[)\s*["']([A-Z][A-Z0-9_]+)["']""")
    places = [path for path in files(".py") if path.relative_to(ROOT).parts[0] in {"cms", "tools", "deploy", "core"}]
    return sorted({name for path in places for name in pattern.findall(path.read_text())} - _OF_THE_SHELL)


def _commands():
    return sorted(path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py"))


def _targets():
    return re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


def _packages():
    lines = [line for name in ("requirements.in", "requirements-dev.in") for line in (ROOT / name).open()]
    return [re.match(r"[A-Za-z0-9-]+", line)[0] for line in lines if line[0].isalpha()]


@pytest.mark.parametrize("name", _variables())
def test_variable_is_explained(name):
    assert f"`{name}`" in CONFIGURATION


def test_variables_are_found_at_all():
    assert {"DATABASE_URL", "ELASTICSEARCH_URL", "PORT", "SECRET_KEY", "BIND"} <= set(_variables())


@pytest.mark.parametrize("name", re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
def test_example_names_only_what_is_explained(name):
    assert f"`{name}`" in CONFIGURATION


@pytest.mark.parametrize("name", _commands())
def test_command_is_explained(name):
    assert f"`{name} " in DEVELOPMENT or f"`{name}`" in DEVELOPMENT


@pytest.mark.parametrize("name", _targets())
def test_make_target_is_explained(name):
    assert f"`make {name}`" in DEVELOPMENT


def test_make_alone_lists_what_make_knows():
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    assert sorted(phony) == sorted(_targets())


@pytest.mark.parametrize("name", _packages())
def test_package_has_its_sentence(name):
    assert re.search(rf"^\| .*\b{re.escape(name)}\b.* \|", DEVELOPMENT, re.MULTILINE | re.IGNORECASE)


@pytest.mark.parametrize("folder", ["systemd", "nginx"])
def test_deployed_file_is_explained(folder):
    for path in (ROOT / "deploy" / folder).iterdir():
        assert path.stem in DEPLOYMENT, path.name


def test_no_link_leads_nowhere():
    broken = []
    for path in files(".md"):
        targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
        broken += [f"{named(path)}: {target}" for target in targets if not (path.parent / target).exists()]
    assert broken == []
