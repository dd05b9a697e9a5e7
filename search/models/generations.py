from django.db import models
from django.utils.translation import gettext_lazy as _


class Generation(models.Model):
    """One set of tables of the database engine: the live one, or one that is being built beside it."""

    is_live = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("generation of the search index")
        verbose_name_plural = _("generations of the search index")
        constraints = [
            # Exactly one answers.
            models.UniqueConstraint(fields=["is_live"], condition=models.Q(is_live=True), name="one_live_generation"),
        ]

    def __str__(self):
        return f"#{self.pk}"
