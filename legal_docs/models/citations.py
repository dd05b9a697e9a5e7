from django.db import models

from core.fields import CharField


class Citation(models.Model):
    """A place in a text that names another place: one row for each element named, whether it is found or not."""

    text = models.ForeignKey("legal_docs.Text", on_delete=models.CASCADE, related_name="citations")
    # The element in which it stands, the place in it (structure.tree.texts), and the characters of that place.
    eid = models.CharField(max_length=120)
    place = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = CharField(max_length=400)
    is_legal_basis = models.BooleanField(default=False)
    # What is named: a number in the form of comparison, or a name ("Luật Đất đai") as written and as compared.
    number_key = models.CharField(max_length=100, blank=True)
    name = CharField(max_length=300, blank=True)
    name_key = models.CharField(max_length=300, blank=True)
    # What was said before a number that does not tell its document's form: namesakes.form_beside.
    said_form = models.CharField(max_length=40, blank=True)
    said_year = models.PositiveSmallIntegerField(null=True)
    said_on = models.DateField(null=True)
    is_self = models.BooleanField(default=False)
    target_eid = models.CharField(max_length=120, blank=True)
    # What it was resolved to; an element that the target's text does not have is `lacks_element`.
    target = models.ForeignKey(
        "legal_docs.LegalDocument", null=True, on_delete=models.SET_NULL, related_name="cited_in"
    )
    lacks_element = models.BooleanField(default=False)

    class Meta:
        ordering = ["text", "pk"]
        indexes = [
            models.Index(fields=["target", "target_eid"], name="citation_target"),
            models.Index(fields=["number_key"], name="citation_number"),
            models.Index(fields=["name_key"], name="citation_name"),
        ]

    def __str__(self):
        return self.words
