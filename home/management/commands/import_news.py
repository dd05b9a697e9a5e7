"""Brings old news into a portal: `import_news news.jsonl --portal stttt` (see docs/import-news.md)."""

import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from core.importing.refusals import BrokenFile
from core.importing.reports import ReportWriter
from home.importing.files import READERS, detect_format
from home.importing.pictures import PictureFinder
from home.importing.records import HEADINGS, RowState
from home.importing.sections import DEFAULT_KEY, SectionFinder
from home.importing.services import NewsImport
from sites.models import Agency

PROGRESS_EVERY = 50


class Command(BaseCommand):
    help = "Imports news from JSON Lines, RSS 2.0 or Atom into a portal; repeating it adds nothing twice."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="JSON Lines, RSS 2.0 or Atom")
        parser.add_argument("--portal", required=True, metavar="CODE", help="code of the agency, such as stttt")
        parser.add_argument("--section", default=DEFAULT_KEY, metavar="KEY", help="where rows go that name no section")
        parser.add_argument("--format", help="jsonl, rss or atom; otherwise known by the content")
        parser.add_argument("--pictures", type=Path, metavar="DIR", help="folder with the pictures")
        parser.add_argument(
            "--picture-host",
            action="append",
            default=[],
            metavar="HOST",
            help="host to fetch pictures from; repeatable",
        )
        parser.add_argument("--dry-run", action="store_true", help="check and report everything, change nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="write the row report there too")
        public = parser.add_mutually_exclusive_group()
        public.add_argument("--publish", action="store_true", default=True, help="publish new articles (default)")
        public.add_argument("--draft", action="store_false", dest="publish", help="keep new articles as drafts")

    def handle(self, *, file, portal, section, format, report, pictures, picture_host, publish, dry_run, **options):  # noqa: A002 - the option's name
        agency = self._agency(portal)
        sections = SectionFinder(agency)
        default_section = sections.find(section)
        if default_section is None:
            known = ", ".join(sections.keys())
            raise CommandError(
                _("There is no section “%(section)s” in this portal. Known: %(known)s.")
                % {"section": section, "known": known}
            )
        if format is not None and format not in READERS:
            raise CommandError(_("Unknown format “%(format)s”; known: jsonl, rss, atom.") % {"format": format})
        if pictures is not None and not pictures.is_dir():
            raise CommandError(_("%(folder)s is no folder.") % {"folder": pictures})
        task = NewsImport(
            agency,
            section=default_section,
            sections=sections,
            pictures=PictureFinder(pictures, picture_host),
            publish=publish,
            dry_run=dry_run,
        )
        with ExitStack() as stack:
            source = self._open(stack, file, "rb")
            reader = READERS[format or self._detect(source, file)]
            table = self._open(stack, report, "w", encoding="utf-8-sig", newline="") if report else None
            writer = ReportWriter(RowState, HEADINGS, table)
            try:
                self._run(task.run(reader(source)), writer)
            finally:
                self._say_what_is_public(task)
        self._finish(writer, dry_run)

    def _agency(self, code):
        opened = Agency.objects.with_portal().select_related("site__root_page", "collection")
        agency = opened.filter(code=code).first()
        if agency is None:
            known = ", ".join(opened.order_by("position").values_list("code", flat=True)) or "-"
            raise CommandError(
                _("There is no open portal “%(code)s”. Open: %(known)s.") % {"code": code, "known": known}
            )
        return agency

    def _open(self, stack, path, mode, **options):
        try:
            return stack.enter_context(path.open(mode, **options))
        except (OSError, ValueError) as error:
            problem = getattr(error, "strerror", None) or error
            raise CommandError(
                _("%(file)s cannot be opened: %(problem)s.") % {"file": path, "problem": problem}
            ) from error

    def _detect(self, source, path):
        try:
            return detect_format(source)
        except (BrokenFile, OSError) as error:
            raise CommandError(_("%(file)s: %(problem)s.") % {"file": path, "problem": error}) from error

    def _run(self, results, writer):
        started = time.monotonic()
        try:
            for result in results:
                writer.add(result.state, result.cells)
                line = f"{result.number}\t{result.state.value}\t{result.title}"
                self.stdout.write(f"{line}\t{result.reason}" if result.reason else line)
                if writer.total % PROGRESS_EVERY == 0:
                    pace = writer.total / max(time.monotonic() - started, 0.001)
                    self._progress(writer, pace)
        except KeyboardInterrupt as error:
            raise CommandError(
                _("Stopped: %(counts)s. Run it again to go on.") % {"counts": writer.summary()}
            ) from error
        except (OperationalError, InterfaceError, OSError) as error:
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

    def _say_what_is_public(self, task):
        """An import approves nothing; whoever runs it answers for what it published."""
        if task.published and not task.dry_run:
            self.stdout.write(_("Published without approval: %(count)d.") % {"count": task.published})

    def _finish(self, writer, dry_run):
        if writer.counts[RowState.ERROR]:
            raise CommandError(_("Some rows failed; %(counts)s.") % {"counts": writer.summary()})
        if dry_run:
            self.stdout.write(_("Nothing was changed (dry run); %(counts)s.") % {"counts": writer.summary()})
        else:
            self.stdout.write(_("Done; %(counts)s.") % {"counts": writer.summary()})
