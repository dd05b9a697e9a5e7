"""Addresses of the API."""

from datetime import date, datetime

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import NinjaAPI, Query

from legal_docs.document_types import document_types
from legal_docs.enums import Status
from legal_docs.models import Citation, Element, Issuer, LegalDocument, Relation, ValiditySpan
from sites.models import FieldOfWork

from . import rows, schemas
from .cursors import MOST, USUAL, by_key, newest_first
from .openness import open_to_all

api = NinjaAPI(
    title="Công Khai: legal documents",
    version="1",
    description=(
        "The registry of legal documents of the whole province: documents, the parts of their texts, what they do to "
        "each other, what cites what, and what is in force on any day. Everything here is public and free to use."
    ),
    docs_url=None,
    urls_namespace="legal_docs_api",
)
api.add_decorator(open_to_all, mode="view")
_WHOLE = ("issuer", "owner__site", "text")
Limit = Query(USUAL, ge=1, le=MOST, description="Rows in one answer.")
Cursor = Query("", max_length=40, description="`next` of the answer before.")
On = Query(None, description="The day for which `status` is told; today if there is none.")


def _documents():
    return LegalDocument.objects.live().select_related("issuer", "owner__site")


def _document(slug):
    documents = LegalDocument.objects.live().select_related(*_WHOLE)
    return get_object_or_404(documents.defer("text__tree", "text__html"), slug=slug)


def _statuses(keys, on):
    found = ValiditySpan.objects.filter(document__in=keys, since__lte=on, until__gt=on)
    return dict(found.values_list("document", "status"))


@api.get("/documents", response={200: schemas.Page[schemas.DocumentRow], 400: schemas.Refusal})
def list_documents(
    request,
    type: str = "",  # noqa: A002 - the word of the query
    issuer: str = "",
    field: str = "",
    agency: str = Query("", description="Code of an agency: what its portal shows."),
    year: int | None = Query(None, ge=1900, le=2999),
    status: Status | None = None,
    number: str = Query("", max_length=100, description="Number and symbol in any spelling."),
    updated_since: datetime | None = None,
    on: date | None = On,
    cursor: str = Cursor,
    limit: int = Limit,
):
    """List documents, the newest first."""
    on = on or timezone.localdate()
    documents = _documents()
    plain = {"type": type, "issuer__code": issuer, "fields_of_work__slug": field, "year": year}
    documents = documents.filter(**{name: value for name, value in plain.items() if value})
    if agency:
        documents = documents.filter(placements__agency__code=agency, placements__field=None)
    if status:
        documents = documents.in_status(status, on)
    if number:
        documents = documents.numbered(number)
    if updated_since:
        documents = documents.filter(last_published_at__gte=updated_since)
    found = newest_first(documents, cursor, limit, lambda document: document)
    statuses = _statuses([document.pk for document in found["items"]], on)
    items = [rows.document_row(one, statuses.get(one.pk, Status.UNKNOWN)) for one in found["items"]]
    return {"items": items, "next": found["next"]}


@api.get("/documents/{slug}", response=schemas.Document)
def read_document(request, slug: str, on: date | None = On):
    """Read all attributes of a document."""
    document = _document(slug)
    statuses = _statuses([document.pk], on or timezone.localdate())
    return rows.whole_document(document, statuses.get(document.pk, Status.UNKNOWN))


@api.get("/documents/{slug}/validity", response=list[schemas.Span])
def read_validity(request, slug: str):
    """Read whether a document is in force, from the beginning to the end of time."""
    return rows.spans(ValiditySpan.objects.filter(document=_document(slug)))


@api.get("/documents/{slug}/elements", response=schemas.Page[schemas.Element])
def list_elements(request, slug: str, cursor: str = Cursor, limit: int = Limit):
    """List the parts of a document's text in reading order."""
    return by_key(Element.objects.filter(text=_document(slug).text_id), cursor, limit, lambda element: element)


@api.get("/documents/{slug}/elements/{eid}", response=schemas.Element)
def read_element(request, slug: str, eid: str):
    """Read one part of a text, such as art_5__para_2."""
    return get_object_or_404(Element, text=_document(slug).text_id or 0, eid=eid)


@api.get("/documents/{slug}/relations", response=list[schemas.Relation])
def list_relations(request, slug: str):
    """List what a document does to others, and others to it."""
    document = _document(slug)
    ends = [f"{end}__{name}" for end in ("source", "target") for name in rows.OTHER]
    own = Relation.objects.filter(source=document).select_related(*ends)
    inverse = Relation.objects.filter(target=document, source__live=True).select_related(*ends)
    return [rows.relation(row, "out") for row in own] + [rows.relation(row, "in") for row in inverse]


@api.get("/documents/{slug}/citations", response=schemas.Page[schemas.Citation])
def list_citations(
    request,
    slug: str,
    direction: str = Query("out", pattern="^(out|in)$", description="“out”: what it cites; “in”: what cites it."),
    eid: str = Query("", description="Only those from (out) or of (in) this part."),
    cursor: str = Cursor,
    limit: int = Limit,
):
    """List the citations in a document's text, or those of it in the texts of others."""
    document = _document(slug)
    if direction == "out":
        condition = Q(text=document.text_id) & (Q(eid=eid) if eid else Q())
    else:
        condition = Q(target=document, is_self=False, text__is_current=True, text__document__live=True)
        condition &= Q(target_eid=eid) if eid else Q()
    ends = [f"{end}__{name}" for end in ("target", "text__document") for name in rows.OTHER]
    found = Citation.objects.filter(condition).select_related(*ends).defer("text__tree", "text__html")
    return by_key(found, cursor, limit, rows.citation)


@api.get("/types", response=list[schemas.CodedName])
def list_types(request):
    """List the kinds of documents."""
    return [rows.coded(kind.id, kind.name_vi) for kind in document_types().values()]


@api.get("/issuers", response=list[schemas.CodedName])
def list_issuers(request):
    """List the bodies that issue documents."""
    return [rows.coded(issuer.code, issuer.name_vi) for issuer in Issuer.objects.all()]


@api.get("/fields", response=list[schemas.CodedName])
def list_fields(request):
    """List the fields of work."""
    return [rows.coded(field.slug, field.name_vi) for field in FieldOfWork.objects.all()]
