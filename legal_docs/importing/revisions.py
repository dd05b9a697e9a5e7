"""Keeps the history of documents whole where an import writes beside the admin."""

from legal_docs.models import LegalDocument


def is_worked_on(document: LegalDocument) -> bool:
    """Say whether somebody has a draft of a document, which an import would undo or which would undo an import."""
    if not document.has_unpublished_changes or document.latest_revision_id is None:
        return document.locked
    # What an import kept as a draft is nobody's work yet.
    return document.locked or document.live or document.latest_revision.user_id is not None


def keep_revision(document: LegalDocument) -> None:
    """Keep a document as it now is as a revision, the live one if it is public."""
    # What was read before the import wrote beside it knows nothing of its relations and files.
    fresh = LegalDocument.objects.get(pk=document.pk)
    revision = fresh.save_revision(changed=False, clean=False)
    if fresh.live:
        LegalDocument.objects.filter(pk=fresh.pk).update(live_revision=revision, has_unpublished_changes=False)
    document.latest_revision_id = fresh.latest_revision_id
