"""No template lies about unused, and none loads what it does not use."""

import re

import pytest
from django.apps import apps
from django.template import engines
from django.template.library import import_library
from wagtail.models import Page

from tests.house import APPS, files, named

# Looked for by Django and by allauth themselves, by these names.
KNOWN_BY_NAME = {"400.html", "403.html", "404.html", "429.html", "500.html"}
TEMPLATES = [path for path in files(".html") if named(path).split("/")[0] in APPS and "templates" in path.parts]


def _name(path):
    """A template as programs call it."""
    parts = path.parts
    return "/".join(parts[parts.index("templates") + 1 :])


def _of_page_types():
    models = [model for model in apps.get_models() if issubclass(model, Page) and model._meta.app_label in APPS]
    return {model.template for model in models}


def test_every_template_is_used():
    texts = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", ".html") if path.name[:5] != "test_")
    # Some are chosen by a word among the files of one folder: "home/panels/" + kind.
    folders = tuple(re.findall(r'"(\w+(?:/\w+)*/)(?:"|{)', texts))
    known = KNOWN_BY_NAME | _of_page_types()
    named_somewhere = known | set(re.findall(r'"([\w/-]+\.html)"', texts))
    unused = [path for path in TEMPLATES if _name(path) not in named_somewhere and not _name(path).startswith(folders)]
    # Wagtail's own templates are replaced by ours of the same name.
    assert [named(path) for path in unused if not _name(path).startswith("wagtail")] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_template_uses_what_it_loads(path):
    text = path.read_text(encoding="utf-8")
    loads = re.findall(r"{%\s*load\s+([^%]+?)\s*%}", text)
    rest = re.sub(r"{%\s*load\s[^%]+%}", "", text)
    assert [name for line in loads for name in _libraries(line) if not _is_used(name, rest)] == []


def test_form_in_an_include_gets_its_token():
    """Django's own client sends no token, so no other test sees that browsers are refused."""
    with_forms = {_name(path) for path in TEMPLATES if "{% csrf_token %}" in path.read_text(encoding="utf-8")}
    included = [
        (named(path), *found)
        for path in TEMPLATES
        for found in re.findall(r'{%\s*include "([^"]+)"([^%]*?)\bonly\s*%}', path.read_text(encoding="utf-8"))
    ]
    assert [line for line in included if line[1] in with_forms and "csrf_token=csrf_token" not in line[2]] == []


def _libraries(line):
    words = line.split()
    # In {% load a b from library %} the words before "from" are the tags themselves.
    return words[-1:] if "from" in words else words


def _is_used(library, text):
    loaded = import_library(engines["django"].engine.libraries[library])
    tags = "|".join(map(re.escape, loaded.tags)) or "(?!)"
    filters = "|".join(map(re.escape, loaded.filters)) or "(?!)"
    return bool(re.search(rf"{{%\s*({tags})\b|\|\s*({filters})\b", text))
