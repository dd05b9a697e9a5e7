"""Gives the province the synonyms that come with the program; from then on they are its own."""

from pathlib import Path

from django.db import migrations

_FILE = Path(__file__).parent.parent / "data" / "synonyms.txt"


def fill(apps, schema_editor):
    SynonymGroup = apps.get_model("search", "SynonymGroup")
    lines = dict.fromkeys(" ".join(line.split()) for line in _FILE.read_text(encoding="utf-8").splitlines())
    groups = [SynonymGroup(words=line) for line in lines if line and not line.startswith("#")]
    SynonymGroup.objects.bulk_create(groups, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_synonyms")]
    # Taken back, the groups go with their table.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
