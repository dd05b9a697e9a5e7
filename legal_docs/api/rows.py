"""From the registry's rows to what the API answers with. Nothing of a document that is not public goes out."""

from collections.abc import Iterable
from datetime import date

from legal_docs.models import Citation, LegalDocument, Relation, ValiditySpan
from legal_docs.services.facts import address_of

from . import schemas

# What an answer needs of a document at the other end.
OTHER = ("owner__site",)


def document_row(document: LegalDocument, status: str) -> dict:
    """Return what lists say of a document."""
    return {
        "slug": document.slug,
        "url": address_of(document),
        "number": document.number,
        "type": coded(document.type, document.kind.name_vi if document.kind else document.type),
        "issuer": coded(document.issuer.code, document.issuer.name_vi),
        "abstract": document.abstract,
        "issued_on": document.issued_on,
        "effective_on": document.effective_on,
        "ended_on": document.ended_on,
        "status": status,
        "updated_at": document.last_published_at,
    }


def whole_document(document: LegalDocument, status: str) -> dict:
    """Return all attributes of a document."""
    plain = (
        "signer", "signer_position", "signing_capacity", "issued_at_place", "gazette_number", "gazette_on",
        "expires_on", "expiry_reason", "stated_status", "is_shortened", "scope", "sector", "source", "posted_at",
    )  # fmt: skip
    return {
        **document_row(document, status),
        **{name: getattr(document, name) for name in plain},
        "co_issuers": [coded(issuer.code, issuer.name_vi) for issuer in document.co_issuers.all()],
        "fields_of_work": [coded(field.slug, field.name_vi) for field in document.fields_of_work.all()],
        "owner": coded(document.owner.code, document.owner.display_name),
        "bound_agencies": [coded(agency.code, agency.display_name) for agency in document.bound_agencies.all()],
        "has_text": document.text_id is not None,
        "text_source": document.text.source if document.text else "",
        "files": [_file(document, attachment) for attachment in _attachments(document)],
    }


def _attachments(document):
    return document.attachments.select_related("stored_file", "document")


def _file(document, attachment):
    stored = attachment.stored_file
    address = address_of(document).removesuffix(document.get_absolute_url()) + attachment.get_absolute_url()
    return {
        "url": address, "name": attachment.name, "kind": attachment.kind, "media_type": stored.media_type,
        "size": stored.size, "sha256": stored.sha256,
    }  # fmt: skip


def coded(code: str, name: str) -> dict:
    """Return a value of a list."""
    return {"code": code, "name": name}


def other(document: LegalDocument | None, number: str = "") -> dict:
    """Return the document at the other end: by its number alone if it is not public."""
    if document is None or not document.live:
        return schemas.Other(number=number).dict()
    return {
        "number": document.number, "title": document.abstract, "slug": document.slug, "url": address_of(document),
    }  # fmt: skip


def relation(row: Relation, direction: str) -> dict:
    """Return a relation as its source ("out") or its target ("in") sees it."""
    at_other_end = other(row.target, row.target_number) if direction == "out" else other(row.source)
    return {
        "kind": row.kind, "direction": direction, "document": at_other_end, "elements": row.element_ids,
        "on": row.on, "until": row.until,
    }  # fmt: skip


def citation(row: Citation) -> dict:
    """Return a citation with both its ends."""
    is_public = row.target is not None and row.target.live
    return {
        "citing": other(row.text.document),
        "eid": row.eid,
        "words": row.words,
        "is_legal_basis": row.is_legal_basis,
        "cited": other(row.target, row.name or row.number_key),
        "cited_eid": row.target_eid,
        "is_found": is_public and not row.lacks_element,
    }


def spans(rows: Iterable[ValiditySpan]) -> list[dict]:
    """Return the life of a document with the documents that are its reasons."""
    rows = list(rows)
    causes = Relation.objects.select_related(*(f"source__{name}" for name in OTHER)).in_bulk(
        {cause for row in rows for cause in row.causes}
    )
    return [
        {
            "status": row.status,
            "since": None if row.since == date.min else row.since,
            "until": None if row.until == date.max else row.until,
            "causes": [other(causes[cause].source) for cause in row.causes if cause in causes],
        }
        for row in rows
    ]
