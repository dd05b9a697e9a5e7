from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import CharField
from sites.models import Agency


class QueryCount(models.Model):
    """How often something was searched for on a portal on a day; nothing says by whom or from where."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", verbose_name=_("agency"))
    day = models.DateField(_("day"))
    folded = CharField(max_length=100)
    text = CharField(_("search words"), max_length=100)
    times = models.PositiveIntegerField(_("times"), default=0)
    times_without = models.PositiveIntegerField(_("times without a result"), default=0)

    class Meta:
        verbose_name = _("count of a search")
        verbose_name_plural = _("counts of searches")
        ordering = ["-day", "-times"]
        constraints = [
            # Processes add to one row.
            models.UniqueConstraint(fields=["agency", "day", "folded"], name="query_counted_in_one_row"),
        ]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}: {self.text}"
