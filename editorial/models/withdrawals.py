from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import TextField, URLField
from editorial.querysets import WithdrawalQuerySet

from .things import AboutThing


class Withdrawal(AboutThing):
    """Something taken down with a public reason; its address tells so until it is published again."""

    # Where it was public. Not read from the page: a draft may get another address word meanwhile.
    url_path = models.CharField(max_length=1_000, blank=True, db_index=True)
    # What was public: taken back, it is public again as it was.
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = TextField(_("public reason"), max_length=1_000)
    instead_url = URLField(_("where to read instead"), blank=True, max_length=500)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"))
    ended_at = models.DateTimeField(_("published again at"), null=True, blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-withdrawn_at", "-pk"]
        constraints = [
            # One notice for one address of one thing; two clicks at once make one.
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(ended_at__isnull=True),
                name="withdrawn_once_at_a_time",
            )
        ]
