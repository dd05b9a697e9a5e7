"""Reading a file as a job of the queue: asked for, carried out by whoever empties the queue, watched and stopped."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from legal_docs import reading
from legal_docs.enums import ReadingState
from legal_docs.models import Attachment, LegalDocument, ReadingJob
from legal_docs.reading import IN_QUEUE, Limits, UnreadableFile

from . import drafts

logger = logging.getLogger(__name__)


def begin(draft: LegalDocument, attachment: Attachment, *, user, now: datetime) -> tuple[ReadingJob, bool]:
    """Ask for a file of a draft to be read; return the job, and whether it is new and has to be put into the queue.

    A file that waits or is being read already is not read twice at the same time; what was lost is given up first.
    """
    stored = attachment.stored_file
    ReadingJob.objects.filter(document=draft, stored_file=stored).end_lost(now)
    return ReadingJob.objects.unfinished().get_or_create(
        document_id=draft.pk,
        stored_file=stored,
        defaults={"name": attachment.name, "asked_by": user, "created_at": now},
    )


def run(key: int, *, limits: Limits = IN_QUEUE, clock: Callable[[], datetime] = timezone.now) -> str:
    """Carry out a job that waits, and return its state; "" where there is nothing to do or nobody to do it for."""
    job = _taken_up(key, clock())
    if job is None:
        return ""
    try:
        _read(job, limits, clock)
    except UnreadableFile as error:
        _end(job, clock(), state=ReadingState.FAILED, reason=error.reason, facts=error.facts)
    except Exception:
        logger.exception("The reading %s of %s failed", job.pk, job.name)
        _end(job, clock(), state=ReadingState.FAILED, reason="internal")
    return ReadingJob.objects.filter(pk=key).values_list("state", flat=True).first() or ""


def _taken_up(key, now):
    """Return the job, if it still waits: whoever comes first has it, and what was stopped nobody has."""
    begun = {"state": ReadingState.RUNNING, "started_at": now, "seen_at": now}
    if not ReadingJob.objects.filter(pk=key, state=ReadingState.WAITING).update(**begun):
        return None
    return ReadingJob.objects.select_related("stored_file", "document").filter(pk=key).first()


def _read(job, limits, clock):
    if job.stored_file is None:
        raise UnreadableFile("missing")

    def watch(progress):
        seen = {"seen_at": clock()}
        if progress:
            seen |= {"stage": progress.stage, "pages_done": progress.done, "pages": progress.pages}
        if not ReadingJob.objects.running().filter(pk=job.pk).update(**seen):
            # Somebody stopped it, gave it up as lost, or deleted the document.
            raise UnreadableFile("stopped")

    found = reading.read(job.stored_file.file.path, name=job.name, limits=limits, watch=watch)
    watch(None)
    given = drafts.read_for_newest(job.document, found)
    with transaction.atomic():
        # First, so that nobody can stop it any more: then there is a text, and a job that leads to it.
        if _end(job, clock(), state=ReadingState.DONE):
            text = drafts.keep(job.document, given, found, job.stored_file)
            ReadingJob.objects.filter(pk=job.pk).update(text=text)


def _end(job, now, **values) -> bool:
    return bool(ReadingJob.objects.running().filter(pk=job.pk).update(ended_at=now, **values))


def stop(job: ReadingJob, *, now: datetime) -> bool:
    """End a job that waits or is being read; its reader notices within seconds. False where it has ended already."""
    values = {"state": ReadingState.FAILED, "reason": "stopped", "ended_at": now}
    return bool(ReadingJob.objects.unfinished().filter(pk=job.pk).update(**values))


def newest_of_files(document: LegalDocument) -> dict[int, ReadingJob]:
    """Return the newest job of each file of a document, by the key of the file."""
    jobs = ReadingJob.objects.filter(document_id=document.pk, stored_file__isnull=False).newest_of_files()
    return {job.stored_file_id: job for job in jobs}


def forget(before: datetime) -> int:
    """Remove what is kept of jobs that ended before a moment; the texts that were read stay."""
    return ReadingJob.objects.filter(ended_at__lt=before).delete()[0]
