from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .agencies import Agency, AgencyGroup


class Departure(models.Model):
    """Somebody has left an agency; the account stays, so that history keeps the name, and they may come back."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="departures", verbose_name=_("person")
    )
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="departures", verbose_name=_("agency"))
    at = models.DateTimeField(_("left at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("recorded by")
    )
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("work handed over to"),
    )
    # What they held, to be offered again when they come back.
    groups = models.ManyToManyField(AgencyGroup, verbose_name=_("roles"), related_name="+")

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        constraints = [models.UniqueConstraint(fields=["person", "agency"], name="left_once_per_agency")]

    def __str__(self):
        return f"{self.agency.code}: {self.person}"
