"""What migrations fill for documents that were there before."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from wagtail.models import ModelLogEntry

from legal_docs import migrations
from legal_docs.models import LegalDocument, Text

from .registry import draft, give, public

pytestmark = pytest.mark.django_db


def migration(name):
    """Return the module of a migration, whatever its number."""
    [path] = Path(migrations.__file__).parent.glob(f"*_{name}.py")
    return import_module(f"{migrations.__name__}.{path.stem}")


def test_documents_that_are_there_are_found_by_their_words():
    draft(abstract="Quy định về sổ ghi chép")
    before = LegalDocument.objects.values_list("folded_words", flat=True).get()
    LegalDocument.objects.update(folded_words="")
    migration("fill_words_without_accents").fill(apps, None)
    assert LegalDocument.objects.with_words("so ghi").values_list("folded_words", flat=True).get() == before


def test_texts_that_were_public_are_known_by_the_log_and_those_that_are_by_themselves():
    document = public(text="Điều 1. Một\nMột.")
    first = document.text
    give(document, "Điều 1. Bí mật\nChưa ai đồng ý.")
    document.save_revision()
    give(document, "Điều 1. Hai\nHai.")
    document.save_revision().publish()
    imported = public("02/2020/NĐ-CP", text="Điều 1. Nhập\nNhập.")
    ModelLogEntry.objects.filter(object_id=str(imported.pk)).delete()
    before = set(Text.objects.exclude(first_public_at=None).values_list("pk", flat=True))
    Text.objects.update(first_public_at=None)
    migration("fill_first_public_at").fill(apps, None)
    after = Text.objects.exclude(first_public_at=None)
    assert set(after.values_list("pk", flat=True)) == before == {first.pk, document.text_id, imported.text_id}
    assert after.get(pk=first.pk).first_public_at < after.get(pk=document.text_id).first_public_at
