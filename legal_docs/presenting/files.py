"""The files of a document as citizens see them: what each is, how large, how to check it, and who signed it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs.models import Attachment, LegalDocument

_TYPES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (DOCX)",
    "application/msword": "Word (DOC)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (XLSX)",
    "application/zip": "ZIP",
    "text/plain": "TXT",
}
_STATES = {
    "valid": gettext_lazy("valid; nothing was changed after signing"),
    "changed": gettext_lazy("not valid: the file was changed after signing"),
    "untrusted": gettext_lazy("unchanged since signing; the certificate is of no authority that this system trusts"),
}


@dataclass(frozen=True)
class Signature:
    """A digital signature in words."""

    signer: str
    at: datetime | None
    state: str
    words: str


@dataclass(frozen=True)
class DocumentFile:
    """A file with what a reader needs to choose it and to check it."""

    attachment: Attachment
    type_name: str
    address: str
    signatures: tuple[Signature, ...]


def files_of(document: LegalDocument) -> list[DocumentFile]:
    """Return the files of a document in their order."""
    return [_file(attachment) for attachment in document.attachments.all().select_related("stored_file")]


def _file(attachment):
    stored = attachment.stored_file
    ending = attachment.name.rpartition(".")[2].upper()
    signatures = tuple(_signature(entry) for entry in stored.signatures)
    # Without a key in a preview of a file that was just added.
    address = attachment.get_absolute_url() if attachment.pk else ""
    return DocumentFile(attachment, _TYPES.get(stored.media_type, ending), address, signatures)


def _signature(entry):
    at = parse_datetime(entry.get("at") or "")
    if at is not None and timezone.is_naive(at):
        at = timezone.make_aware(at)
    state = entry.get("state") or ""
    words = str(_STATES.get(state, _("could not be checked")))
    return Signature(entry.get("signer") or _("unknown signer"), at, state if state in _STATES else "unknown", words)
