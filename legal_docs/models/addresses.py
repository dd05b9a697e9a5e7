from django.db import models


class FormerAddress(models.Model):
    """Words under which a document had its address before its number was corrected, or on the portal before this."""

    slug = models.SlugField(max_length=200, unique=True)
    document = models.ForeignKey("legal_docs.LegalDocument", on_delete=models.CASCADE, related_name="former_addresses")

    def __str__(self):
        return self.slug
