from django.db import models

from legal_docs.enums import Facet, Status


class Placement(models.Model):
    """A live document in the lists of one portal: what lists filter and order by, in one narrow row.

    A document has one row for each of its fields of work and one without a field, so that any list with or without a
    field is one stretch of an index. Derived by services.placing; the document itself is never copied.
    """

    agency = models.ForeignKey("agency_sites.Agency", on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey("legal_docs.LegalDocument", on_delete=models.CASCADE, related_name="placements")
    field = models.ForeignKey("agency_sites.FieldOfWork", null=True, on_delete=models.CASCADE, related_name="+")
    issued_on = models.DateField()
    type = models.CharField(max_length=40)
    issuer = models.ForeignKey("legal_docs.Issuer", on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    # As of the last night: see services.validity.
    status = models.CharField(max_length=20, choices=Status)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "document"], condition=models.Q(field=None), name="document_is_placed_once"
            ),
            models.UniqueConstraint(fields=["agency", "document", "field"], name="document_is_placed_once_in_field"),
        ]
        indexes = [
            models.Index(fields=["agency", "field", "-issued_on", "-document"], name="placement_newest"),
            models.Index(fields=["agency", "field", "type", "-issued_on", "-document"], name="placement_by_type"),
            models.Index(fields=["agency", "field", "issuer", "-issued_on", "-document"], name="placement_by_issuer"),
            models.Index(fields=["agency", "field", "year", "-issued_on", "-document"], name="placement_by_year"),
            models.Index(fields=["agency", "field", "status", "-issued_on", "-document"], name="placement_by_status"),
        ]

    def __str__(self):
        return f"{self.agency_id}: {self.document_id}"


class ListCount(models.Model):
    """How many documents a portal's list has: of one value of one facet, and of those by each value of another.

    `facet` ALL is the list without a filter, `by` ALL the sum. Counting 100,000 rows for every visitor would cost more
    than all the rest of the page. Kept by services.placing.
    """

    agency = models.ForeignKey("agency_sites.Agency", on_delete=models.CASCADE, related_name="+")
    facet = models.CharField(max_length=10, choices=Facet)
    value = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=10, choices=Facet)
    by_value = models.CharField(max_length=60, blank=True)
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "facet", "value", "by", "by_value"], name="list_is_counted_once")
        ]

    def __str__(self):
        return f"{self.facet} {self.value}, {self.by} {self.by_value}: {self.count}"
