from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import CharField
from editorial.things import specific


class AboutThing(models.Model):
    """Concerns a page or a record of an agency; keeps its title, so that the row can be read after it is deleted."""

    wagtail_reference_index_ignore = True

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    thing = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    thing.wagtail_reference_index_ignore = True
    title = CharField(_("title"), max_length=255)
    agency = models.ForeignKey(
        "agency_sites.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    @property
    def subject(self) -> models.Model | None:
        """The page it concerns, as its own type, or the record; None for what was deleted."""
        return None if self.thing is None else specific(self.thing)

    @classmethod
    def reference(cls, thing) -> dict:
        """Return the columns by which a row finds its page or record."""
        return {"content_type": thing.get_base_content_type(), "object_id": str(thing.pk)}
