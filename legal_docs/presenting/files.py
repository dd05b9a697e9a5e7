"""The files of a document as citizens see them: what each is, how large, how to check it, and who signed it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from legal_docs.models import Attachment, LegalDocument
from legal_docs.signatures import SignatureReport

_TYPES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (DOCX)",
    "application/msword": "Word (DOC)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (XLSX)",
    "application/zip": "ZIP",
    "text/plain": "TXT",
}


@dataclass(frozen=True)
class DocumentFile:
    """A file with what a reader needs to choose it and to check it."""

    attachment: Attachment
    type_name: str
    address: str
    signatures: tuple[SignatureReport, ...]


def public_address(attachment: Attachment) -> str:
    """Return where the public gets a file; "" in a preview of one that was just added and has no key."""
    return attachment.get_absolute_url() if attachment.pk else ""


def address_in_review(token: str, attachment: Attachment) -> str:
    """Return where an outside reviewer gets a file of the draft that her link shows."""
    return reverse("legal_document_file_in_review", args=[token, attachment.stored_file.sha256])


def files_of(document: LegalDocument, address_of: Callable[[Attachment], str] = public_address) -> list[DocumentFile]:
    """Return the files of a document in their order, each with the address at which its reader gets it."""
    attachments = document.attachments.all().select_related("stored_file")
    return [_file(attachment, address_of(attachment)) for attachment in attachments]


def _file(attachment, address):
    stored = attachment.stored_file
    ending = attachment.name.rpartition(".")[2].upper()
    signatures = tuple(SignatureReport.from_json(entry) for entry in stored.signatures)
    return DocumentFile(attachment, _TYPES.get(stored.media_type, ending), address, signatures)
