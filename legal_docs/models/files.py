import hashlib

from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from core.fields import CharField
from legal_docs.enums import AttachmentKind


def _place(stored_file, _filename):
    # Named by what it holds: the same file is kept once, and no name that somebody chose becomes a path.
    digest = stored_file.sha256
    return f"legal_docs/{digest[:2]}/{digest}"


def _storage():
    return storages["default"]


class StoredFile(models.Model):
    """The bytes of a file as they were given, never changed and never written twice, with what is known of them."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    file = models.FileField(upload_to=_place, storage=_storage, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    # What the bytes are, whatever the name says: see legal_docs.reading.
    media_type = models.CharField(max_length=100, editable=False)
    # What pyHanko says of its digital signatures, one entry for each: signer, moment, state.
    signatures = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")

    def __str__(self):
        return self.sha256

    @staticmethod
    def digest_of(stream) -> str:
        """Return the SHA-256 of a stream's bytes, in hexadecimal digits; the stream is at its beginning again."""
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        return digest


class Attachment(Orderable):
    """A file of a document under the name that citizens see: the signed original, the editable text, an annex."""

    document = ParentalKey("legal_docs.LegalDocument", on_delete=models.CASCADE, related_name="attachments")
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=12, choices=AttachmentKind, default=AttachmentKind.ORIGINAL)
    title = CharField(_("title"), max_length=250, blank=True)
    name = CharField(_("file name"), max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return self.title or self.name

    def get_absolute_url(self):
        return reverse("legal_document_file", args=[self.document.slug, self.pk, self.name])
