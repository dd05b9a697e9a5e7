from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import TextField

from .things import AboutThing


class ForcedPublication(AboutThing):
    """Something an approver published without a second person, and why."""

    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"))
    reason = TextField(_("reason"))
    is_own_work = models.BooleanField(_("own work"))

    class Meta:
        verbose_name = _("publication without approval")
        verbose_name_plural = _("publications without approval")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["agency", "-published_at"], name="forced_of_an_agency")]
