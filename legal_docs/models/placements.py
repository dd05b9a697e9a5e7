from django.db import models

from legal_docs.enums import Facet, Status


class Placement(models.Model):
    """A live document in the lists of one portal: what lists filter and order by, in one narrow row.

    Derived by services.placing; the document itself is never copied.
    """

    agency = models.ForeignKey("agency_sites.Agency", on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey("legal_docs.LegalDocument", on_delete=models.CASCADE, related_name="placements")
    issued_on = models.DateField()
    type = models.CharField(max_length=40)
    issuer = models.ForeignKey("legal_docs.Issuer", on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    # As of the last night: see services.validity.
    status = models.CharField(max_length=20, choices=Status)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "document"], name="document_is_placed_once")]
        indexes = [
            models.Index(fields=["agency", "-issued_on", "-document"], name="placement_newest"),
            models.Index(fields=["agency", "type", "-issued_on", "-document"], name="placement_by_type"),
            models.Index(fields=["agency", "issuer", "-issued_on", "-document"], name="placement_by_issuer"),
            models.Index(fields=["agency", "year", "-issued_on", "-document"], name="placement_by_year"),
            models.Index(fields=["agency", "status", "-issued_on", "-document"], name="placement_by_status"),
        ]

    def __str__(self):
        return f"{self.agency_id}: {self.document_id}"


class ListCount(models.Model):
    """How many documents a portal's list has for one value of one facet; the row without a value is the whole list.

    Counting 100,000 rows for every visitor would cost more than all the rest of the page.
    """

    agency = models.ForeignKey("agency_sites.Agency", on_delete=models.CASCADE, related_name="+")
    facet = models.CharField(max_length=10, choices=Facet)
    value = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "facet", "value"], name="value_is_counted_once")]

    def __str__(self):
        return f"{self.facet} {self.value}: {self.count}"
