"""Brings everything that is derived from documents in line with them, after they came, changed or went."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from legal_docs.citations import of_form
from legal_docs.models import LegalDocument, Relation, Text
from legal_docs.namesakes import parse_named

from . import citing, placing, rendering, validity
from .registry import LiveRegistry


@transaction.atomic
def register(documents: Iterable[LegalDocument], *, touched: Iterable[int] = ()) -> None:
    """Derive anew what follows from documents: current texts, relations by number, validity, citations, lists.

    `touched` are keys of further documents that they had relations to. May be done again at any time and then changes
    nothing. The HTML of the texts concerned is marked and made by `rendering.render_waiting`.
    """
    documents = list(documents)
    _make_current(documents)
    _connect_relations(documents)
    targets = set(Relation.objects.filter(source__in=documents, target__isnull=False).values_list("target", flat=True))
    others = LegalDocument.objects.filter(pk__in=(targets | set(touched)) - {document.pk for document in documents})
    concerned = [*documents, *others]
    validity.refresh(concerned)
    # Whose end has moved may be what a law's name means on a day.
    rendering.mark(citing.settle_again(concerned))
    rendering.mark_citing(documents)
    placing.place(concerned)


def _make_current(documents):
    current = [document.text_id for document in documents if document.live and document.text_id]
    own = Text.objects.filter(document__in=documents)
    own.filter(is_current=True).exclude(pk__in=current).update(is_current=False)
    own.filter(pk__in=current, is_current=False).update(is_current=True, needs_rendering=True)
    own.filter(pk__in=current, first_public_at=None).update(first_public_at=timezone.now())


def _connect_relations(documents):
    """Let relations that know a document by its number alone find it, if it is the only one that they can mean."""
    keys = {document.number_key for document in documents if document.live}
    waiting = list(Relation.objects.filter(target=None).filter(target_key__in=keys).select_related("source"))
    waiting += Relation.objects.filter(target=None, source__in=documents).exclude(target_key__in=keys)
    known = LiveRegistry.of_keys({relation.target_key for relation in waiting})
    found = []
    for relation in waiting:
        candidates = of_form(known.with_key(relation.target_key), parse_named(relation.target_number).form_key)
        if len(candidates) == 1 and candidates[0].key != relation.source_id:
            relation.target_id = candidates[0].key
            found.append(relation)
    Relation.objects.bulk_update(found, ["target"], batch_size=500)
