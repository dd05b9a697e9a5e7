from django.db import models

from core.fields import CharField


class Citation(models.Model):
    """A place in a text that names another place: one row for each element named, whether it is found or not."""

    text = models.ForeignKey("legal_docs.Text", on_delete=models.CASCADE, related_name="citations")
    # The element in which it stands, the paragraph in it, and the characters of that paragraph.
    eid = models.CharField(max_length=120)
    paragraph = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = CharField(max_length=400)
    is_legal_basis = models.BooleanField(default=False)
    # What is named: a number in the form of comparison, or a name such as "Luật Đất đai".
    target_key = models.CharField(max_length=100, blank=True, db_index=True)
    target_name = CharField(max_length=300, blank=True)
    target = models.ForeignKey(
        "legal_docs.LegalDocument", null=True, on_delete=models.SET_NULL, related_name="cited_in"
    )
    target_eid = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["text", "paragraph", "start"]
        indexes = [models.Index(fields=["target", "target_eid"], name="citation_target")]

    def __str__(self):
        return self.words
