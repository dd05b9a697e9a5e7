from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """Something that has changed and that one engine does not know yet: the outbox, written with the change itself."""

    key = models.CharField(max_length=60)
    engine = models.CharField(max_length=20)
    made_at = models.DateTimeField(auto_now_add=True)
    # Taken into the live index, and kept because an index is being built beside it, which has to take it in too.
    taken_at = models.DateTimeField(null=True)
    # A thing that could not be read waits longer each time, and holds nothing else up.
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        indexes = [models.Index(fields=["engine", "taken_at", "id"], name="change_to_be_taken_in")]

    def __str__(self):
        return f"{self.engine}: {self.key}"


class IndexState(models.Model):
    """The lock of one engine's index: whoever writes to it holds this row. And whether it is being rebuilt."""

    engine = models.CharField(max_length=20, unique=True)
    # The last sign of life of a rebuild; long ago: it was killed.
    beat_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("state of a search index")
        verbose_name_plural = _("states of search indices")

    def __str__(self):
        return self.engine
