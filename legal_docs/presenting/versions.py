"""The earlier texts of a document: those that were public once, for a draft's may hold what nobody agreed to."""

from legal_docs.models import LegalDocument, Text

MOST = 20


def earlier_texts(document: LegalDocument) -> list[Text]:
    """Return the texts that the document had in public before, the newest first, without what they say."""
    if not document.pk or not document.text_id:
        return []
    public = Text.objects.filter(document=document, first_public_at__isnull=False).exclude(pk=document.text_id)
    return list(public.defer("tree", "html", "remarks").order_by("-first_public_at", "-pk")[:MOST])
