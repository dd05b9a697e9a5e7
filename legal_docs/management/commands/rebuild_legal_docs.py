"""Makes the registry of documents from a dump: `rebuild_legal_docs DIR` (see docs/dump-documents.md)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from legal_docs.dumping.manifest import BrokenDump, verify
from legal_docs.dumping.rebuilding import NotEmpty, rebuild


class Command(BaseCommand):
    help = "Verifies a dump and makes the registry from it, where there is none yet."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--verify-only", action="store_true", help="compare the files with their manifest, make nothing"
        )

    def handle(self, *, folder, verify_only, **options):
        try:
            manifest = verify(folder) if verify_only else rebuild(folder)
        except BrokenDump as error:
            raise CommandError(_("Not made: %(problem)s.") % {"problem": error}) from error
        except NotEmpty as error:
            raise CommandError(_("Not made: this install has documents already.")) from error
        for name, entry in manifest["lists"].items():
            self.stdout.write(f"{name}\t{entry['count']}")
