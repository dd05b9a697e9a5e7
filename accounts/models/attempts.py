from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import AttemptKind


class AttemptCounter(models.Model):
    """How often something was tried in vain, and until when the next try has to wait."""

    kind = models.CharField(_("kind"), max_length=20, choices=AttemptKind.choices)
    # A keyed digest: people type passwords into the field for the name.
    key = models.CharField(_("key"), max_length=64)
    failures = models.PositiveIntegerField(_("failures"), default=0)
    last_at = models.DateTimeField(_("last attempt at"))
    blocked_until = models.DateTimeField(_("blocked until"), null=True, blank=True)

    class Meta:
        verbose_name = _("counter of attempts")
        verbose_name_plural = _("counters of attempts")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="attempts_are_counted_once")]
        indexes = [models.Index(fields=["last_at"], name="attempts_by_age")]

    def __str__(self):
        return f"{self.kind} {self.failures}"
