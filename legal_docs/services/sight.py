"""Which files of a draft somebody may show to outsiders: those that are the agency's, whatever a draft says."""

from wagtail.models import Revision

from legal_docs.models import LegalDocument, StoredFile
from sites.sight import choosable, may_see


def may_show(user, document: LegalDocument, stored: StoredFile) -> bool:
    """Say whether somebody may show an outsider a file of a document's draft.

    Somebody could write the key of another agency's file into a draft; so it counts whose documents have the file.
    """
    if not may_see(user, document):
        return False
    if may_see(user, stored) or choosable(user, LegalDocument.objects.filter(attachments__stored_file=stored)).exists():
        return True
    if stored.attachments.exists() or stored.texts.exists():
        return False
    first = _first_with(stored)
    return first is not None and may_see(user, first)


def _first_with(stored):
    """Return the document whose draft had a file first, of a file that no document has as it is stored."""
    # The draft of a public document has its new files in its revision alone. Few are younger than the file.
    naming = Revision.objects.filter(
        content_type__app_label=LegalDocument._meta.app_label,
        content_type__model=LegalDocument._meta.model_name,
        created_at__gte=stored.created_at,
        content__regex=rf'"stored_file": {stored.pk}[,}}]',
    )
    key = naming.order_by("created_at", "pk").values_list("object_id", flat=True).first()
    return LegalDocument.objects.filter(pk=key).first() if key else None
