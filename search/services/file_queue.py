"""The queue of files whose text is to be read: the rows of FileText that wait.

They are written in the transaction in which the index takes in what shows a file, so that no door is forgotten.
"""

from collections.abc import Iterable
from itertools import islice

from django.utils import timezone

from search import contents
from search.contents.files import files_of_articles, files_of_documents, public_articles
from search.contents.reading import keys_by_kind
from search.enums import FileState, Kind
from search.models import FileText

_AT_ONCE = 500


def ask_for_files_of(keys: Iterable[str]) -> int:
    """Let the files be read of what is public among these things; return how many were never asked for."""
    by_kind = keys_by_kind(keys)
    shown = [
        *files_of_documents(by_kind.get(Kind.DOCUMENT, [])).values(),
        *files_of_articles(public_articles(by_kind.get(Kind.NEWS, []))).values(),
    ]
    digests = {file.sha256 for files in shown for file in files if file.sha256}
    known = FileText.objects.filter(sha256__in=digests).values_list("sha256", flat=True) if digests else ()
    now = timezone.now()
    rows = [FileText(sha256=digest, asked_at=now) for digest in sorted(digests - set(known))]
    FileText.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def ask_for_all() -> int:
    """Let every file be read that the public may have and that was never asked for; return how many are new."""
    keys = contents.keys()
    return sum(ask_for_files_of(some) for some in iter(lambda: list(islice(keys, _AT_ONCE)), []))


def try_again() -> int:
    """Let files be read again of which no text could be had, such as after a program was installed."""
    return FileText.objects.filter(state=FileState.FAILED).update(state=FileState.WAITING, attempts=0, reason="")


def waiting_count() -> int:
    """Return how many files wait or are being read."""
    return FileText.objects.filter(state__in=[FileState.WAITING, FileState.RUNNING]).count()
