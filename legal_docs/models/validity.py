from django.db import models

from legal_docs.enums import Status


class ValiditySpan(models.Model):
    """A span of days and the status that a document has in it, derived by services.validity from dates and relations.

    Without gap or overlap from the beginning of time (0001-01-01) to its end (9999-12-31, the day after which nothing
    is known): "in force on <day>" is one comparison.
    """

    document = models.ForeignKey("legal_docs.LegalDocument", on_delete=models.CASCADE, related_name="spans")
    status = models.CharField(max_length=20, choices=Status)
    since = models.DateField()
    # The first day on which it holds no more.
    until = models.DateField()
    # Ids of the relations that are its reason.
    causes = models.JSONField(default=list)

    class Meta:
        ordering = ["document", "since"]
        constraints = [
            models.UniqueConstraint(fields=["document", "since"], name="span_begins_once"),
            models.CheckConstraint(condition=models.Q(since__lt=models.F("until")), name="span_has_a_day"),
        ]
        indexes = [models.Index(fields=["since", "until"], name="span_days")]

    def __str__(self):
        return f"{self.status} {self.since} - {self.until}"
