"""What is in force when: spans of days for every document, kept as relations and dates change and as days pass."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from legal_docs.enums import Status
from legal_docs.models import LegalDocument, Placement, Relation, ValiditySpan
from legal_docs.validity import Effect, Span, contradicts, end_of, spans

from . import placing

_AT_ONCE = 500


def lives_of(documents: Iterable[LegalDocument]) -> dict[int, list[Span]]:
    """Return the spans of documents by their keys, as dates and the relations of live documents have them now."""
    documents = list(documents)
    effects = _effects(documents)
    return {
        document.pk: spans(
            effective_on=_first_day(document), expires_on=document.expires_on, effects=effects[document.pk]
        )
        for document in documents
    }


def _first_day(document):
    # An administrative document takes effect when it is signed, unless it says otherwise (Decree 30/2020/NĐ-CP).
    if document.effective_on is None and document.kind is not None and not document.kind.is_normative:
        return document.issued_on
    return document.effective_on


def _effects(documents):
    found = defaultdict(list)
    stored = [document.pk for document in documents if document.pk]
    relations = Relation.objects.filter(target__in=stored, source__live=True).select_related("source")
    for relation in relations.order_by("pk"):
        on = relation.on or _first_day(relation.source) or relation.source.issued_on
        found[relation.target_id].append(
            Effect(relation.kind, on, by=relation.pk, elements=relation.element_ids, until=relation.until)
        )
    return found


def refresh(documents: Iterable[LegalDocument]) -> None:
    """Derive the spans of documents anew, and the day on which each ends."""
    documents = list(documents)
    for start in range(0, len(documents), _AT_ONCE):
        _refresh(documents[start : start + _AT_ONCE])


@transaction.atomic
def _refresh(documents):
    lives = lives_of(documents)
    ValiditySpan.objects.filter(document__in=documents).delete()
    ValiditySpan.objects.bulk_create(_row(key, span) for key, life in lives.items() for span in life)
    changed = [document for document in documents if document.ended_on != end_of(lives[document.pk])]
    for document in changed:
        document.ended_on = end_of(lives[document.pk])
    LegalDocument.objects.bulk_update(changed, ["ended_on"], batch_size=_AT_ONCE)


def _row(key, span):
    return ValiditySpan(
        document_id=key,
        status=span.status,
        since=span.since or date.min,
        until=span.until or date.max,
        causes=[effect.by for effect in span.causes],
    )


def spans_of_draft(document: LegalDocument) -> list[ValiditySpan]:
    """Return the spans that a draft gets if it becomes public as it is; nothing is stored."""
    return [_row(document.pk, span) for span in lives_of([document])[document.pk]]


def status_of(document: LegalDocument, on: date) -> ValiditySpan | None:
    """Return the span that holds on a day, with its causes; None for a document that was never derived."""
    return document.spans.filter(since__lte=on, until__gt=on).first()


def _span_on(on, reference):
    return ValiditySpan.objects.filter(document=OuterRef(reference), since__lte=on, until__gt=on)


def turn_day(on: date) -> int:
    """Put the statuses in all lists to a day, as a timer does each night; return how many rows changed."""
    status = _span_on(on, "document").values("status")[:1]
    stale = Placement.objects.annotate(now=Subquery(status)).exclude(now=None).exclude(now=F("status"))
    keys = sorted(set(stale.values_list("document", flat=True)))
    for start in range(0, len(keys), _AT_ONCE):
        placing.place(LegalDocument.objects.filter(pk__in=keys[start : start + _AT_ONCE]), on=on)
    return len(keys)


def contradictions(documents: QuerySet[LegalDocument], on: date) -> QuerySet[LegalDocument]:
    """Return the documents whose status as stated is another than dates and relations give on a day.

    Each has that as `derived`, and the first day on which it holds as `derived_since`.
    """
    that_day = FilteredRelation("spans", condition=Q(spans__since__lte=on, spans__until__gt=on))
    derived = documents.alias(that_day=that_day).annotate(
        derived=F("that_day__status"), derived_since=F("that_day__since")
    )
    return derived.filter(reduce(or_, _contradictory()))


def _contradictory():
    """Yield, for each status that can be stated, the condition that another one follows which contradicts it."""
    for stated in Status:
        others = [derived for derived in Status if contradicts(stated, derived)]
        if others:
            yield Q(stated_status=stated, derived__in=others)
