from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from legal_docs.enums import ReadingStage, ReadingState
from legal_docs.querysets import ReadingJobQuerySet
from legal_docs.reading.wording import reason_sentence


class ReadingJob(models.Model):
    """A file of a document whose text somebody asked to be read: it waits in the queue, is read, is done or failed."""

    # The reader says every other second that it lives; keeping a text of thousands of pages takes a minute.
    SILENCE = timedelta(minutes=5)
    # No queue is as long as that: what waits longer was lost, or nothing empties the queue.
    PATIENCE = timedelta(days=1)

    document = models.ForeignKey("legal_docs.LegalDocument", on_delete=models.CASCADE, related_name="reading_jobs")
    # Stays when the file goes, so that the job can say so.
    stored_file = models.ForeignKey(
        "legal_docs.StoredFile", null=True, on_delete=models.SET_NULL, related_name="reading_jobs"
    )
    name = models.CharField(_("file name"), max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("asked by")
    )
    state = models.CharField(_("state"), max_length=8, choices=ReadingState, default=ReadingState.WAITING)
    # Why it failed: a key of legal_docs.reading.wording, with what its sentence needs.
    reason = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    stage = models.CharField(max_length=12, choices=ReadingStage, blank=True)
    pages_done = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(null=True)
    # What was read; it is gone where somebody threw it away.
    text = models.ForeignKey("legal_docs.Text", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ReadingJobQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reading of a file")
        verbose_name_plural = _("readings of files")
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            # A second click, or a second editor, joins the reading that is under way.
            models.UniqueConstraint(
                fields=["document", "stored_file"],
                condition=models.Q(state__in=ReadingState.unfinished()),
                name="file_is_read_once_at_a_time",
            ),
            # Nobody is told that it failed without being told why.
            models.CheckConstraint(
                condition=~models.Q(state=ReadingState.FAILED) | ~models.Q(reason=""), name="failed_reading_has_reason"
            ),
            # Whether it was interrupted is told by when it was seen last.
            models.CheckConstraint(
                condition=~models.Q(state=ReadingState.RUNNING) | models.Q(seen_at__isnull=False),
                name="running_reading_is_seen",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_state_display()}"

    def state_on(self, now: datetime) -> ReadingState:
        """Return the state at a moment: what was lost has failed, though nobody has written that down."""
        return ReadingState.FAILED if self._lost_by(now) else ReadingState(self.state)

    def why(self, now: datetime) -> str:
        """Return why it failed, in the language that is active; "" where it did not."""
        reason = self.reason_on(now)
        return reason_sentence(reason, self.facts) if reason else ""

    def reason_on(self, now: datetime) -> str:
        """Return the same for a program: a key of legal_docs.reading.wording."""
        return self._lost_by(now) or self.reason

    def _lost_by(self, now):
        if self.state == ReadingState.RUNNING and self.seen_at < now - self.SILENCE:
            return "interrupted"
        return "not_begun" if self.state == ReadingState.WAITING and self.created_at < now - self.PATIENCE else ""
