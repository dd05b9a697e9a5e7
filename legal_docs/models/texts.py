from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import TextField
from legal_docs.enums import TextSource


class Text(models.Model):
    """The full text of a document in one version, as it was read: it is never changed, a new reading is a new text."""

    document = models.ForeignKey(
        "legal_docs.LegalDocument", null=True, on_delete=models.CASCADE, related_name="texts", editable=False
    )
    source = models.CharField(_("read from"), max_length=12, choices=TextSource, editable=False)
    stored_file = models.ForeignKey(
        "legal_docs.StoredFile", null=True, on_delete=models.PROTECT, related_name="texts", editable=False
    )
    # The tree of legal_docs.structure, whole; the rows of Element are what is searched and cited.
    tree = models.JSONField(editable=False)
    # Whether it is the text of the document as it is public.
    is_current = models.BooleanField(default=False, editable=False)
    # When it became that for the first time; None for what was only ever in drafts, which nobody outside may read.
    first_public_at = models.DateTimeField(null=True, editable=False)
    # What the reader gets, with its links; made from tree and citations by services.rendering.
    html = models.TextField(editable=False, blank=True)
    needs_rendering = models.BooleanField(default=True, editable=False)
    # What whoever read it has to look at: gaps in the numbering, letters that were not recognised.
    remarks = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("full text")
        verbose_name_plural = _("full texts")
        indexes = [models.Index(fields=["id"], condition=models.Q(needs_rendering=True), name="text_to_be_rendered")]

    def __str__(self):
        return f"{self.get_source_display()} {self.created_at:%d/%m/%Y}"

    @property
    def is_recognised(self) -> bool:
        """Whether it was read from a picture, so that letters may be wrong."""
        return self.source == TextSource.SCAN


class Element(models.Model):
    """A part of a text that has an address: a chapter, an article, a clause, a point."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="elements")
    # Akoma Ntoso Naming Convention 1.0: art_10__para_2__point_dd.
    eid = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=40, blank=True)
    heading = TextField(blank=True)
    content = TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            # An address leads to one place.
            models.UniqueConstraint(fields=["text", "eid"], name="element_has_one_address"),
        ]

    def __str__(self):
        return self.eid
