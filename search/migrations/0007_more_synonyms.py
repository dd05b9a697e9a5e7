"""Gives existing installs the synonyms that came with the program later; what is there already is left as it is."""

import re
from pathlib import Path

from django.db import migrations

_FILE = Path(__file__).parent.parent / "data" / "synonyms.txt"
# Of the lines before it a province may have taken some out: these do not come back.
_FIRST = "0007_more_synonyms"


def fill(apps, schema_editor):
    SynonymGroup = apps.get_model("search", "SynonymGroup")
    known = {_sense(words) for words in SynonymGroup.objects.values_list("words", flat=True)}
    new = {sense: words for words in _lines() if (sense := _sense(words)) not in known}
    SynonymGroup.objects.bulk_create([SynonymGroup(words=words) for words in new.values()])


def _lines():
    later = _FILE.read_text(encoding="utf-8").partition(_FIRST)[2].splitlines()[1:]
    return [" ".join(line.split()) for line in later if line.strip() and not line.startswith("#")]


def _sense(words):
    """Equal for the same words in another order or in capitals."""
    parts = [" ".join(re.findall(r"\w+", part.lower())) for part in re.split("=>?", words)]
    return parts[0] if "=>" in words else "", frozenset(parts)


class Migration(migrations.Migration):
    dependencies = [("search", "0006_file_texts")]
    # Taken back, they stay: the province may have changed them since.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
