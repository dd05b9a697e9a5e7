"""Writes the registry of documents to files: `dump_legal_docs DIR` (see docs/dump-documents.md)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from legal_docs.dumping.writing import dump


class Command(BaseCommand):
    help = "Writes all public documents with texts and files into a new folder, with a manifest of their digests."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="a folder that is not there yet, or is empty")
        parser.add_argument(
            "--all", action="store_true", dest="everything", help="also drafts and former texts: not for the public"
        )

    def handle(self, *, folder, everything, **options):
        try:
            manifest = dump(folder, everything=everything)
        except FileExistsError as error:
            raise CommandError(_("%(folder)s is there already; name another folder.") % {"folder": error}) from error
        except OSError as error:
            raise CommandError(_("%(folder)s: %(problem)s.") % {"folder": folder, "problem": error}) from error
        for name, entry in manifest["lists"].items():
            self.stdout.write(f"{name}\t{entry['count']}\t{entry['bytes']}\t{entry['sha256']}")
