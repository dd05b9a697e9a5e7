"""What the exports say about a document, filled from the registry."""

from collections.abc import Iterable
from datetime import date

from core.addresses import canonical_address
from legal_docs.enums import RelationKind, Status
from legal_docs.exporting.facts import DocumentFacts, Force, OriginalFile
from legal_docs.exporting.facts import Relation as ToldRelation
from legal_docs.exporting.facts import RelationKind as Told
from legal_docs.models import Attachment, LegalDocument, Relation

from .validity import status_of

_FORCES = {
    Status.IN_FORCE: Force.IN_FORCE,
    Status.PARTLY_EXPIRED: Force.PARTIALLY_IN_FORCE,
    Status.PARTLY_SUSPENDED: Force.PARTIALLY_IN_FORCE,
    Status.NOT_YET_IN_FORCE: Force.NOT_IN_FORCE,
    Status.EXPIRED: Force.NOT_IN_FORCE,
    Status.SUSPENDED: Force.NOT_IN_FORCE,
}
_TOLD = {
    RelationKind.BASED_ON: Told.BASED_ON,
    RelationKind.AMENDS: Told.AMENDS,
    RelationKind.REPLACES: Told.REPEALS,
    RelationKind.REPEALS: Told.REPEALS,
    RelationKind.PARTLY_REPEALS: Told.CHANGES,
    RelationKind.SUSPENDS: Told.CHANGES,
    RelationKind.GUIDES: Told.APPLIES,
    RelationKind.CORRECTS: Told.CORRECTS,
    RelationKind.CONSOLIDATES: Told.CONSOLIDATES,
    RelationKind.REFERS_TO: Told.CITES,
}


def address_of(document: LegalDocument) -> str:
    """Return the one public address of a document: on its owner's portal (`owner.site` should be loaded)."""
    return canonical_address(document.owner.site.hostname) + document.get_absolute_url()


def facts_of(document: LegalDocument, on: date) -> DocumentFacts:
    """Return what is known about a public document on a day."""
    span = status_of(document, on)
    return facts_from(
        document,
        status=Status(span.status) if span else None,
        relations=document.relations.select_related("target__owner__site"),
        attachments=document.attachments.select_related("stored_file"),
    )


def facts_from(
    document: LegalDocument,
    *,
    status: Status | None,
    relations: Iterable[Relation],
    attachments: Iterable[Attachment],
) -> DocumentFacts:
    """Return the same from what was read before, without asking the database."""
    return DocumentFacts(
        number=document.number,
        title=document.abstract,
        type_name=document.kind.name_vi if document.kind else "",
        issuer=document.issuer.name_vi,
        url=address_of(document),
        issued_on=document.issued_on,
        effective_on=document.effective_on,
        expired_on=document.ended_on,
        published_on=document.posted_at.date() if document.posted_at else None,
        force=_FORCES.get(status),
        signer=document.signer,
        is_normative=bool(document.kind and document.kind.is_normative),
        relations=tuple(_relations(relations)),
        files=tuple(_files(document, attachments)),
    )


def _relations(relations):
    for relation in relations:
        kind = _TOLD.get(RelationKind(relation.kind))
        target = relation.target if relation.target and relation.target.live else None
        # A draft has no address and no title yet; the number is the relation's own.
        number = target.number if target else relation.target_number
        if kind is not None and number:
            yield ToldRelation(kind, number, target.abstract if target else "", address_of(target) if target else "")


def _files(document, attachments):
    for attachment in attachments:
        stored = attachment.stored_file
        url = canonical_address(document.owner.site.hostname) + attachment.get_absolute_url()
        yield OriginalFile(url, stored.media_type, stored.sha256)
