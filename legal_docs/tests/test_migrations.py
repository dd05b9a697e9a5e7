"""What migrations fill for documents that were there before."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from legal_docs import migrations
from legal_docs.models import LegalDocument

from .registry import draft

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
