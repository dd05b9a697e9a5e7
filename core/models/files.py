import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument


class File(AbstractDocument):
    """A file for download, in an agency's collection, with the hash by which a citizen can check a copy."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def _set_document_file_metadata(self):
        super()._set_document_file_metadata()
        with self.open_file() as stream:
            self.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()

    @property
    def extension(self) -> str:
        """The kind of file as people know it: PDF, DOCX."""
        return self.file_extension.upper()
