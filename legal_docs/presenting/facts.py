"""What a document's page tells programs: Dublin Core metadata, and schema.org Legislation as JSON-LD."""

import json

from django.utils.safestring import SafeString, mark_safe

from core.addresses import canonical_address
from core.models import Metadata
from core.text import shorten
from legal_docs.enums import RelationKind as Kind
from legal_docs.enums import Status
from legal_docs.exporting.facts import DocumentFacts, Force, OriginalFile, Relation, RelationKind
from legal_docs.exporting.json_ld import json_ld
from legal_docs.models import LegalDocument

from .pages import ReadersPage

_FORCES = {
    Status.IN_FORCE: Force.IN_FORCE,
    Status.PARTLY_EXPIRED: Force.PARTIALLY_IN_FORCE,
    Status.PARTLY_SUSPENDED: Force.PARTIALLY_IN_FORCE,
    Status.EXPIRED: Force.NOT_IN_FORCE,
    Status.SUSPENDED: Force.NOT_IN_FORCE,
    Status.NOT_YET_IN_FORCE: Force.NOT_IN_FORCE,
}
_KINDS = {
    Kind.BASED_ON: RelationKind.BASED_ON,
    Kind.AMENDS: RelationKind.AMENDS,
    Kind.REPLACES: RelationKind.REPEALS,
    Kind.REPEALS: RelationKind.REPEALS,
    Kind.PARTLY_REPEALS: RelationKind.CHANGES,
    Kind.GUIDES: RelationKind.APPLIES,
    Kind.CORRECTS: RelationKind.CORRECTS,
    Kind.CONSOLIDATES: RelationKind.CONSOLIDATES,
    Kind.REFERS_TO: RelationKind.CITES,
}
# What would end the script in which it stands.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def canonical_url(document: LegalDocument) -> str:
    """Return the one public address of a document, on the portal of its owner."""
    site = document.owner.site
    return (canonical_address(site.hostname) if site else "") + document.get_absolute_url()


def metadata_of(document: LegalDocument) -> Metadata:
    """Return the six elements that every public page states; creator is the issuing body."""
    return Metadata(
        title=f"{document}: {shorten(document.abstract, 160)}",
        creator=document.issuer.name_vi,
        date=document.last_published_at,
        description=document.abstract,
        publisher=document.owner.body_name,
        identifier=canonical_url(document),
    )


def json_ld_of(page: ReadersPage) -> SafeString:
    """Return the JSON-LD of a document for its page, safe inside a script element."""
    text = json.dumps(json_ld(_facts(page)), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))


def _facts(page):
    document = page.document
    address = canonical_url(document)
    root = address.removesuffix(document.get_absolute_url())
    return DocumentFacts(
        number=document.number,
        title=document.abstract,
        type_name=document.kind.name_vi if document.kind else "",
        issuer=document.issuer.name_vi,
        url=address,
        issued_on=document.issued_on,
        effective_on=document.effective_on,
        expired_on=document.ended_on or document.expires_on,
        published_on=document.posted_at.date() if document.posted_at else None,
        force=_FORCES.get(page.standing.status),
        signer=document.signer,
        is_normative=bool(document.kind and document.kind.is_normative),
        relations=tuple(_relations(page, root)),
        files=tuple(
            OriginalFile(root + file.address, file.attachment.stored_file.media_type, file.attachment.stored_file.sha256)
            for file in page.files
        ),
    )


def _relations(page, root):
    for group in page.outgoing:
        if group.kind not in _KINDS:
            continue
        for related in group.documents:
            title = related.document.abstract if related.document else ""
            url = root + related.document.get_absolute_url() if related.document else ""
            yield Relation(_KINDS[group.kind], related.number, title, url)
