"""One run of an import: reads a list, plans and writes it in batches, each whole or not at all."""

from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from django.db import InterfaceError, OperationalError, reset_queries, transaction
from django.utils.translation import gettext as _

from core.importing.refusals import BrokenFile, RowError
from legal_docs.models import Issuer
from legal_docs.services import rendering
from sites.models import Agency

from .headings import Columns
from .kinds import KindFinder
from .lists import DocumentList
from .planning import Planner
from .records import RowResult, RowState
from .relating import Relater, plain, relate_bases
from .rows import RowReader
from .seen import Seen
from .workers import NoWorkers, Pool
from .writing import Writer

ROWS_AT_ONCE = 100
# Letters of text in a batch, in characters: trees and rows of it take some twenty times as many bytes.
TEXT_AT_ONCE = 2_000_000
# The database itself is gone or locked, or no worker begins: every further batch would fail the same way.
_FATAL = (OperationalError, InterfaceError, NoWorkers)
# Batches that are being read while one is written.
_AHEAD = 2


@dataclass(frozen=True)
class Options:
    """How a list is to come in."""

    owner: Agency
    today: date
    issuer: Issuer | None = None
    dry_run: bool = False
    with_text: bool = True
    as_drafts: bool = False
    workers: int = 0


class DocumentImport:
    """One run of an import for one agency.

    A batch has one transaction, with everything that follows from its documents: a run that is killed leaves whole
    batches, and the next one goes on where it ended. A dry run does the same and takes every batch back.
    """

    def __init__(self, source: DocumentList, columns: Columns, options: Options):
        self._source, self._columns, self._options = source, columns, options
        # How many rows became public, or are written over what is public.
        self.published = 0

    def run(self) -> Iterator[RowResult]:
        """Yield what became of each row, then of the relations; an error of the file itself is the last result."""
        options = self._options
        reader = RowReader(KindFinder(options.issuer), today=options.today, with_text=options.with_text)
        with closing(Seen()) as self._seen, Pool(options.workers) as pool:
            planner = Planner(self._source, self._seen, pool, with_text=options.with_text)
            writer = Writer(options.owner, self._source, live=not options.as_drafts, keeps_files=not options.dry_run)
            planned = deque()
            for batch in self._batches(reader):
                planned.append(planner.plan(batch))
                if len(planned) > _AHEAD:
                    yield from self._write(planned.popleft(), writer, planner)
            while planned:
                yield from self._write(planned.popleft(), writer, planner)
            if not options.dry_run:
                yield from Relater(self._seen).run()
        if not options.dry_run:
            relate_bases(options.owner)
            rendering.render_waiting()

    def _batches(self, reader):
        """Yield lists of (result, row), the row None where it was refused."""
        batch, letters, line = [], 0, 0
        try:
            for line, fields in self._source.rows():
                result, row = self._read(line, fields, reader)
                batch.append((result, row))
                letters += len(row.text) if row else 0
                if len(batch) >= ROWS_AT_ONCE or letters >= TEXT_AT_ONCE:
                    yield batch
                    batch, letters = [], 0
        except BrokenFile as error:
            batch.append((RowResult(line + 1, RowState.REFUSED, reasons=[str(error)]), None))
        if batch:
            yield batch

    def _read(self, line, fields, reader):
        result = RowResult(line, RowState.REFUSED)
        try:
            if isinstance(fields, RowError):
                raise fields
            fields = self._columns.fields_of(fields)
            result.number = " ".join(str(fields.get("number", "")).split())[:100]
            row = reader.read(fields)
            result.number = str(row.number)
        except RowError as error:
            result.reasons = [str(error)]
            return result, None
        except Exception as error:
            # Whatever a foreign list brings to light, it must not stop the rows after it.
            result.reasons = [_unexpected(error)]
            return result, None
        return result, row

    def _write(self, plans, writer, planner):
        try:
            self._write_whole(plans, writer)
        except _FATAL:
            raise
        except Exception:
            if len(plans) == 1:
                raise
            # One row is at fault: each by itself, to know which.
            for plan in plans:
                self._write_alone(plan, writer)
        self._source.forget_unpacked(but=1_000)
        # In development Django keeps every statement, which here is the text of documents.
        reset_queries()
        for plan in plans:
            self.published += plan.is_to_write and bool(plan.document and plan.document.live)
            yield plan.result

    def _write_alone(self, plan, writer):
        try:
            self._write_whole([plan], writer)
        except _FATAL:
            raise
        except Exception as error:
            plan.result.state, plan.result.reasons = RowState.REFUSED, [_unexpected(error)]

    def _write_whole(self, plans, writer):
        with transaction.atomic():
            writer.write(plans)
            here = [plan for plan in plans if plan.document and plan.result.state != RowState.REFUSED]
            if self._options.dry_run:
                transaction.set_rollback(True)
                return
        for plan in here:
            relations = [plain(one) for one in plan.row.relations if one.is_inverse]
            if relations:
                self._seen.want(plan.result.line, plan.document.pk, relations)


def _unexpected(error):
    return _("unexpected: %(problem)s") % {"problem": f"{type(error).__name__}: {error}"[:300]}
