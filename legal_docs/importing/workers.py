"""Reads texts beside the writing: parsing and finding citations need no database, so other processes do it."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core.importing.refusals import RowError
from legal_docs import reading
from legal_docs.enums import TextSource
from legal_docs.services import texts
from legal_docs.services.texts import ReadText
from legal_docs.structure.parsing import blocks_of_text

from .beginning import begin, is_ready


@dataclass(frozen=True)
class Job:
    """A text to be read: the words themselves, or the path of a file; the rest names its document."""

    kind: str
    number: str
    abstract: str
    text: str = ""
    path: str = ""
    file_name: str = ""
    language: str = ""


@dataclass(frozen=True)
class Outcome:
    """A text that was read, or why it could not be."""

    text: ReadText | None
    source: str = TextSource.DATA
    media_type: str = ""
    remarks: tuple[str, ...] = ()
    problem: str = ""


def read_text(job: Job) -> Outcome:
    """Return the structure and the citations of a text."""
    with override(job.language):
        source, media_type, remarks = TextSource.DATA, "", ()
        if job.path:
            try:
                found = reading.read(job.path, name=job.file_name)
            except reading.UnreadableFile as error:
                return Outcome(None, problem=str(error))
            blocks, source, media_type, remarks = found.blocks, found.source, found.media_type, found.remarks
        else:
            blocks = blocks_of_text(job.text)
        text = texts.read(blocks, kind=job.kind, number=job.number, title=job.abstract)
        return Outcome(text, source, media_type, tuple(remarks))


class NoWorkers(Exception):
    """No process that reads texts can be started: nothing is wrong with any row."""


class Pool:
    """So many processes that read texts; with none of them, each text is read when it is asked for."""

    def __init__(self, workers: int):
        self._workers, self._pool = workers, None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def submit(self, **job) -> Callable[[], Outcome]:
        """Begin to read a text; return how to get what was read."""
        job = Job(**job, language=get_language() or "")
        if not self._workers:
            return lambda: read_text(job)
        future = self._submit(job)
        return lambda: self._wait(future, job)

    def _submit(self, job) -> Future:
        try:
            return self._open().submit(read_text, job)
        except BrokenExecutor:
            self._pool = None
            return self._open().submit(read_text, job)

    def _open(self):
        if self._pool is None:
            # New processes, not copies: a copy would hold the database's connection.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=begin)
            self._try()
        return self._pool

    def _try(self):
        """See that workers begin at all: otherwise every text would look like one that ends its process."""
        try:
            self._pool.submit(is_ready).result()
        except BrokenExecutor as error:
            raise NoWorkers(_("the processes that read texts do not begin; --workers 0 does without them")) from error

    def _wait(self, future, job):
        try:
            return future.result()
        except BrokenExecutor:
            # Some text ended a process, and all that waited went with it: once more, and alone, to know which.
            self._pool = None
            try:
                return self._submit(job).result()
            except BrokenExecutor as error:
                self._pool = None
                raise RowError(_("the text ended the process that read it")) from error
