from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import TextField
from search.enums import FileState


class FileText(models.Model):
    """The text of a file that some public page hands out, read once whatever shows it; the row is its place in the
    queue, too.
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=FileState, default=FileState.WAITING)
    # So many times its reading was begun: a file that ends its reader is not read for ever.
    attempts = models.PositiveSmallIntegerField(default=0)
    text = TextField(blank=True)
    # Why there is none: a key of legal_docs.reading.wording.
    reason = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()
    # While it is being read, when its reader was last seen.
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")
        indexes = [
            # The queue: what waits or runs is little beside what has been read.
            models.Index(fields=["id"], condition=models.Q(state__in=["waiting", "running"]), name="file_text_queue")
        ]

    def __str__(self):
        return f"{self.sha256}: {self.get_state_display()}"
