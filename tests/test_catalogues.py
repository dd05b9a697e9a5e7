"""Screen text is complete in Vietnamese: what the code says is in the catalogue, and everything there is translated."""

import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings

CATALOGUES = sorted(settings.BASE_DIR.glob("cms/locale*/vi/LC_MESSAGES/*.po"))
SETTINGS = "cms.settings.test"
# In a copy of the code, whose catalogue may be rewritten.
COLLECT = """
import django
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
django.setup()
settings.LOCALE_PATHS = [Path("cms/locale").resolve()]
call_command("makemessages", locale=["vi"], no_obsolete=True, no_location=True, verbosity=0)
"""
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-4]}/{path.name}")
def test_every_text_has_a_translation_with_the_same_placeholders(path):
    for entry in polib.pofile(str(path)):
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        assert all(texts), entry.msgid
        assert not entry.fuzzy, entry.msgid
        wanted = {frozenset(_PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text}
        assert all(frozenset(_PLACEHOLDER.findall(text)) in wanted for text in texts), entry.msgid


def test_catalogue_knows_every_text_of_the_code(tmp_path):
    if shutil.which("xgettext") is None:
        pytest.skip("no gettext: apt install gettext")
    for name in ("accounts", "audit", "cms", "core", "editorial", "home", "search", "sites"):
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name, ignore=shutil.ignore_patterns("tests", "*.mo"))
    environment = {"PYTHONPATH": str(settings.BASE_DIR), "PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": SETTINGS}
    subprocess.run([sys.executable, "-c", COLLECT], cwd=tmp_path, check=True, env=environment)
    collected = polib.pofile(str(tmp_path / "cms/locale/vi/LC_MESSAGES/django.po"))
    assert [entry.msgid for entry in collected if not entry.translated() or entry.fuzzy] == []
