"""The files of a document as citizens see them: what each is, how large, how to check it, and who signed it."""

from dataclasses import dataclass

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


def files_of(document: LegalDocument) -> list[DocumentFile]:
    """Return the files of a document in their order."""
    return [_file(attachment) for attachment in document.attachments.all().select_related("stored_file")]


def _file(attachment):
    stored = attachment.stored_file
    ending = attachment.name.rpartition(".")[2].upper()
    # Without a key in a preview of a file that was just added.
    address = attachment.get_absolute_url() if attachment.pk else ""
    signatures = tuple(SignatureReport.from_json(entry) for entry in stored.signatures)
    return DocumentFile(attachment, _TYPES.get(stored.media_type, ending), address, signatures)
