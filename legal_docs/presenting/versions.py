"""The earlier texts of a document: those that were public once, for a draft's may hold what nobody agreed to."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from legal_docs.models import LegalDocument, Text

MOST = 20


def earlier_texts(document: LegalDocument) -> list[Text]:
    """Return the texts that the document had in its earlier publications, the newest first, without what they say.

    A publication is known by its entry in the log. What came another way has no earlier texts that could be shown.
    """
    if not document.pk or not document.text_id:
        return []
    published = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(LegalDocument),
        object_id=str(document.pk),
        action__in=("wagtail.publish", "wagtail.publish.schedule"),
        revision__isnull=False,
    ).values_list("revision__content__text", flat=True)
    keys = {key for key in published if key} - {document.text_id}
    if not keys:
        return []
    texts = Text.objects.filter(document=document, pk__in=keys).defer("tree", "html", "remarks")
    return list(texts.order_by("-created_at", "-pk")[:MOST])
