"""Tells of the texts that are there when they became public: from the log of publications, and of what is public now.

What an import replaced before this version is in no log, and stays untold: it may as well have been a draft.
"""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce

AT_ONCE = 500
PUBLICATIONS = ("wagtail.publish", "wagtail.publish.schedule")


def fill(apps, schema_editor):
    Text = apps.get_model("legal_docs", "Text")
    ModelLogEntry = apps.get_model("wagtailcore", "ModelLogEntry")
    published = ModelLogEntry.objects.filter(
        content_type__app_label="legal_docs", content_type__model="legaldocument",
        action__in=PUBLICATIONS, revision__isnull=False,
    )
    first = {}
    for key, at in published.order_by("timestamp").values_list("revision__content__text", "timestamp").iterator():
        first.setdefault(key, at)
    keys = sorted(key for key in first if key)
    for start in range(0, len(keys), AT_ONCE):
        texts = list(Text.objects.filter(pk__in=keys[start : start + AT_ONCE]).only("pk"))
        for text in texts:
            text.first_public_at = first[text.pk]
        Text.objects.bulk_update(texts, ["first_public_at"])
    # What came in by an import has no publication in the log.
    rest = Text.objects.filter(is_current=True, first_public_at=None)
    while rows := list(rest.annotate(at=Coalesce("document__last_published_at", F("created_at"))).only("pk")[:AT_ONCE]):
        for text in rows:
            text.first_public_at = text.at
        Text.objects.bulk_update(rows, ["first_public_at"])


class Migration(migrations.Migration):
    dependencies = [("legal_docs", "0010_text_first_public_at")]

    # Undone, the column is only left empty again.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
