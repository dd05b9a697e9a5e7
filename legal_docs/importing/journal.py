"""What imports said of documents before: kept in the log, where the document's history and the audit trail show it."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry

from audit.services import describe, record_many
from legal_docs.models import LegalDocument

# Who imports approves nothing: what is public by an import is told apart from what was imported as a draft.
IMPORTED, PUBLISHED = "core.import", "core.import_public"


def last_told(documents: Iterable[LegalDocument]) -> dict[int, dict]:
    """Return what the last import told of documents, by their keys; what came by hand has nothing."""
    keys = [str(document.pk) for document in documents]
    content_type = ContentType.objects.get_for_model(LegalDocument)
    entries = ModelLogEntry.objects.filter(
        content_type=content_type, object_id__in=keys, action__in=(IMPORTED, PUBLISHED)
    )
    told = entries.order_by("timestamp", "pk").values_list("object_id", "data")
    return {int(key): data.get("told", {}) for key, data in told}


def note(written: Iterable[tuple[LegalDocument, dict]]) -> None:
    """Write into the log and the audit trail that documents were imported, and what the list told of each."""
    written = list(written)
    content_type, now = ContentType.objects.get_for_model(LegalDocument), timezone.now()
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=content_type,
            object_id=str(document.pk),
            label=str(document),
            action=_action(document),
            timestamp=now,
            content_changed=True,
            data={"told": told},
        )
        for document, told in written
    )
    record_many([describe(_action(document), document, agency=document.owner.code) for document, _told in written])


def _action(document):
    return PUBLISHED if document.live else IMPORTED
