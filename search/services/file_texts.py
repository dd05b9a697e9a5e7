"""Reads the files that public pages hand out, so that what stands in them is found.

`read_files` does it, away from every request, since a scan takes hours. A reader that is killed is noticed by its
silence, and the file is read once more, by whoever comes next.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.models import File
from legal_docs import reading
from legal_docs.models import StoredFile
from legal_docs.reading import IN_QUEUE, Limits, UnreadableFile
from legal_docs.structure.blocks import Table
from search.contents.files import articles_with, documents_with
from search.contents.reading import key_of
from search.enums import FileState, Kind
from search.models import FileText

from .outbox import note

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 2
SILENCE = timedelta(minutes=5)
# About 150 pages; what stands further back is found in the file.
LONGEST = 400_000
_SEEN_EVERY = timedelta(seconds=10)


def read_waiting(
    *, limits: Limits = IN_QUEUE, clock: Callable[[], datetime] = timezone.now, is_ended: Callable[[], bool] = bool
) -> Iterator[FileText]:
    """Read what waits, one file after the other, and yield each with what came of it; `is_ended` stops between two."""
    while not is_ended() and (row := _taken_up(clock())):
        yield _read(row, limits, clock)


def _taken_up(now) -> FileText | None:
    """Take the next file, which nobody else then has; what was begun too often is given up."""
    lost = Q(state=FileState.RUNNING, seen_at__lt=now - SILENCE)
    FileText.objects.filter(lost, attempts__gte=MOST_ATTEMPTS).update(state=FileState.FAILED, reason="interrupted")
    while True:
        free = FileText.objects.filter(Q(state=FileState.WAITING) | lost).order_by("pk").first()
        if free is None:
            return None
        same = FileText.objects.filter(pk=free.pk, state=free.state, attempts=free.attempts)
        if same.update(state=FileState.RUNNING, attempts=free.attempts + 1, seen_at=now):
            free.state, free.attempts = FileState.RUNNING, free.attempts + 1
            return free


def _read(row, limits, clock):
    seen = clock()

    def watch(_progress):
        nonlocal seen
        if clock() - seen > _SEEN_EVERY:
            seen = clock()
            FileText.objects.filter(pk=row.pk).update(seen_at=seen)

    showing = _showing(row.sha256)
    try:
        if not showing:
            # It was taken down while it waited: what is not public is not read.
            row.delete()
            return row
        path, name = _place_of(row.sha256)
        found = reading.read(path, name=name, limits=limits, watch=watch)
        # No database keeps a zero in a text.
        row.text = "\n".join(_lines(found.blocks)).replace("\0", "")[:LONGEST]
        row.state = FileState.READ if row.text else FileState.FAILED
        row.reason = "" if row.text else "no_text"
    except UnreadableFile as error:
        row.state, row.reason = FileState.FAILED, error.reason
    except Exception:
        logger.exception("The file %s could not be read", row.sha256)
        row.state, row.reason = FileState.FAILED, "internal"
    with transaction.atomic():
        FileText.objects.filter(pk=row.pk).update(state=row.state, reason=row.reason, text=row.text, seen_at=clock())
        note(showing if row.state == FileState.READ else ())
    return row


def _showing(sha256) -> list[str]:
    documents = [key_of(Kind.DOCUMENT, key) for key in documents_with(sha256)]
    return documents + [key_of(Kind.NEWS, key) for key in articles_with(sha256)]


def _place_of(sha256) -> tuple[Path, str]:
    stored = StoredFile.objects.filter(sha256=sha256).first()
    if stored is not None:
        attachment = stored.attachments.first()
        return Path(stored.file.path), attachment.name if attachment else ""
    file = File.objects.filter(sha256=sha256).first()
    if file is None:
        raise UnreadableFile("missing")
    return Path(file.file.path), file.filename


def _lines(blocks) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(" ".join(cell.text.split()) for cell in row if cell.text.strip())
        else:
            yield f"{block.number} {block.text}".strip()
