from django.db import models
from django.utils.translation import gettext_lazy as _


class Generation(models.Model):
    """One making of the database's index: its tables bear its number, and the live one answers."""

    number = models.BigAutoField(_("serial number of the index"), primary_key=True)
    form = models.PositiveSmallIntegerField(_("version of what is indexed"))
    is_live = models.BooleanField(_("is live"), default=False)
    begun_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    class Meta:
        verbose_name = _("generation of the index")
        verbose_name_plural = _("generations of the index")
        constraints = [
            # Two live ones would answer differently, depending on who asks.
            models.UniqueConstraint(
                fields=["is_live"], condition=models.Q(is_live=True), name="search_one_live_generation"
            ),
        ]

    def __str__(self):
        return str(self.number)
