"""What keeps documents and what hangs on them to one agency: whose they are, and who may come in."""

from django.db.models import Q

from editorial.owners import close_acts_of_wagtail
from sites.doors import NOBODY, Audience, Door, open_door
from sites.ownership import AnyOf, Common, Named, declare

from .models import (
    Attachment,
    Citation,
    Element,
    FormerAddress,
    Issuer,
    LegalDocument,
    ListCount,
    Placement,
    ReadingJob,
    Relation,
    StoredFile,
    Text,
    ValiditySpan,
)

DOCUMENT = LegalDocument._meta.label


def declare_owners() -> None:
    """Say that all of a document is its owner's; public documents are what everybody's documents relate to."""
    declare(LegalDocument, Named("owner", public=Q(live=True)))
    for model in (Attachment, Text, ValiditySpan, FormerAddress, ReadingJob):
        declare(model, Named("document__owner"))
    declare(Relation, Named("source__owner"))
    for model in (Element, Citation):
        declare(model, Named("text__document__owner"))
    # The same bytes may be a file of several agencies; each has them by its own document.
    declare(StoredFile, AnyOf(Named("attachments__document__owner"), Named("texts__document__owner")))
    for model in (Placement, ListCount):
        declare(model, Named("agency"))
    declare(Issuer, Common())


def open_doors() -> None:
    """Say who comes in by the screens of documents beyond those of a viewset."""
    close_acts_of_wagtail("legal_documents")
    for name in ("unresolved", "contradictions"):
        open_door(f"legal_documents:{name}", Door())
    document = Door(names={"pk": DOCUMENT})
    for name in ("text", "file"):
        open_door(f"legal_documents:{name}", document)
    for name in ("reading", "reading_state"):
        open_door(f"legal_documents:{name}", Door(names={"pk": DOCUMENT, "job": ReadingJob._meta.label}))
    open_door("legal_documents:owner", Door(Audience.OPERATORS, names={"pk": DOCUMENT}))
    chosen = Door(names={"pk": DOCUMENT}, parameters={"id": DOCUMENT}, offers_public=True, is_harmless=True)
    for name in ("choose", "choose_results", "chosen", "chosen_multiple"):
        open_door(f"legal_document_chooser:{name}", chosen)
    # A document is entered in its own form, never in passing.
    open_door("legal_document_chooser:create", NOBODY)
