"""Gives the documents that are there the words by which the admin finds them; new ones get them when they are saved."""

from django.db import migrations

from core.text import fold_words

AT_ONCE = 500


def fill(apps, schema_editor):
    LegalDocument = apps.get_model("legal_docs", "LegalDocument")
    rows, last = LegalDocument.objects.order_by("pk").only("pk", "number", "abstract"), 0
    while part := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        for document in part:
            document.folded_words = fold_words(f"{document.number} {document.abstract}")
        LegalDocument.objects.bulk_update(part, ["folded_words"])
        last = part[-1].pk


class Migration(migrations.Migration):
    dependencies = [("legal_docs", "0007_words_without_accents")]

    # Undone, the column is only left empty again.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
