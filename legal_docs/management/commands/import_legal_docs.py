"""Brings a list of documents into the registry: `import_legal_docs list.jsonl --agency binhduong`.

See docs/import-documents.md.
"""

import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.importing.refusals import BrokenFile
from core.importing.reports import ReportWriter
from legal_docs.importing.headings import Columns
from legal_docs.importing.lists import DocumentList
from legal_docs.importing.records import HEADINGS, RowState
from legal_docs.importing.services import DocumentImport, Options
from legal_docs.importing.workers import NoWorkers
from legal_docs.models import Issuer
from legal_docs.services.issuers import ensure_central_issuers
from sites.models import Agency

_SECONDS_BETWEEN = 5


class Command(BaseCommand):
    help = "Imports documents from JSON Lines, CSV, XLSX or a zip of such a list with files; repeating it adds nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="JSON Lines, CSV, XLSX, or a zip of one of them with its files")
        parser.add_argument(
            "--agency", required=True, metavar="CODE", help="whose documents they are, such as binhduong"
        )
        parser.add_argument("--issuer", metavar="CODE", help="who issued what the list names no body for")
        parser.add_argument(
            "--field-map",
            action="append",
            default=[],
            metavar="HEADING=FIELD",
            help="a heading that is not known by itself; repeatable",
        )
        parser.add_argument("--dry-run", action="store_true", help="check and report everything, change nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="write what happened to each row there")
        parser.add_argument(
            "--no-text", action="store_true", help="bring no full texts, only what is said of documents"
        )
        parser.add_argument("--as-drafts", action="store_true", help="publish nothing")
        parser.add_argument(
            "--workers", type=int, metavar="N", default=os.cpu_count() or 1, help="processes that read texts; 0: none"
        )

    def handle(self, *, file, agency, issuer, field_map, dry_run, report, no_text, as_drafts, workers, **options):
        ensure_central_issuers()
        with ExitStack() as stack:
            try:
                columns = Columns(field_map)
                source = stack.enter_context(DocumentList(file))
            except (BrokenFile, OSError, ValueError) as error:
                problem = getattr(error, "strerror", None) or error
                raise CommandError(_("%(file)s: %(problem)s.") % {"file": file, "problem": problem}) from error
            how = Options(
                owner=_agency(agency),
                issuer=_issuer(issuer),
                today=timezone.localdate(),
                dry_run=dry_run,
                with_text=not no_text,
                as_drafts=as_drafts,
                workers=max(0, workers),
            )
            writer = ReportWriter(RowState, HEADINGS, _open_report(stack, report) if report else None)
            task = DocumentImport(source, columns, how)
            try:
                self._run(task, writer)
            finally:
                self._say_the_rest(task, columns, dry_run)
        self._finish(writer, dry_run)

    def _run(self, task, writer):
        started = told = time.monotonic()
        try:
            for result in task.run():
                writer.add(result.state, result.cells)
                if result.reasons or result.state == RowState.REFUSED:
                    self.stdout.write("\t".join(map(str, result.cells)))
                if (now := time.monotonic()) - told >= _SECONDS_BETWEEN:
                    told = now
                    self._progress(writer, writer.total / (now - started))
        except KeyboardInterrupt as error:
            raise CommandError(
                _("Stopped: %(counts)s. Run it again to go on.") % {"counts": writer.summary()}
            ) from error
        except (OperationalError, InterfaceError, NoWorkers, OSError) as error:
            problem = " ".join(str(error).split())
            raise CommandError(
                _("Stopped, %(problem)s: %(counts)s. Run it again to go on.")
                % {"problem": problem, "counts": writer.summary()}
            ) from error

    def _progress(self, writer, pace):
        self.stderr.write(
            _("%(number)d rows, %(pace).0f a second: %(counts)s")
            % {"number": writer.total, "pace": pace, "counts": writer.summary()}
        )
        sys.stderr.flush()

    def _say_the_rest(self, task, columns, dry_run):
        """An import approves nothing; whoever runs it answers for what it published."""
        if columns.unknown:
            self.stdout.write(_("Columns that were not used: %(names)s.") % {"names": ", ".join(columns.unknown)})
        if task.published and not dry_run:
            self.stdout.write(_("Published without approval: %(count)d.") % {"count": task.published})

    def _finish(self, writer, dry_run):
        if writer.counts[RowState.REFUSED]:
            raise CommandError(_("Some rows were refused; %(counts)s.") % {"counts": writer.summary()})
        if dry_run:
            self.stdout.write(_("Nothing was changed (dry run); %(counts)s.") % {"counts": writer.summary()})
        else:
            self.stdout.write(_("Done; %(counts)s.") % {"counts": writer.summary()})


def _agency(code):
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise CommandError(_("There is no agency “%(code)s”.") % {"code": code})
    return agency


def _issuer(code):
    if code is None:
        return None
    issuer = Issuer.objects.filter(code=code).first()
    if issuer is None:
        raise CommandError(
            _("There is no issuing body “%(code)s”; known: %(known)s.")
            % {"code": code, "known": ", ".join(Issuer.objects.exclude(agency=None).values_list("code", flat=True))}
        )
    return issuer


def _open_report(stack, path):
    try:
        return stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
    except (OSError, ValueError) as error:
        raise CommandError(_("%(file)s cannot be opened: %(problem)s.") % {"file": path, "problem": error}) from error
