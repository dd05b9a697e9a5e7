"""Writes the audit trail into a file that `python3 chain.py FILE` verifies on any machine."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from audit.chain import to_line
from audit.exports import chain_records
from audit.services import record, seal


class Command(BaseCommand):
    help = "Write the sealed entries of the audit trail as JSON lines, and say the head to be noted."

    def add_arguments(self, parser):
        parser.add_argument("file", help="where to write; must not exist yet")
        parser.add_argument("--since", type=int, default=1, metavar="NUMBER", help="begin at this entry")

    def handle(self, *args, file, since=1, **options):
        if since < 1:
            raise CommandError("The first entry has the number 1.")
        seal()
        count, last = self._write(Path(file), since)
        record("audit.export", details={"format": "jsonl", "since": since, "count": count})
        self.stdout.write(f"{count} entries written. Head: {last.number}:{last.digest}" if last else "There is none.")

    def _write(self, path, since):
        try:
            lines = path.open("x", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        try:
            with lines:
                return self._write_lines(lines, since)
        except BaseException as error:
            # Half an archive would be taken for one: a chain that ends early verifies up to its end.
            path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise CommandError(f"{path} cannot be written: {error.strerror}. It was removed.") from error
            raise

    def _write_lines(self, lines, since):
        count, last = 0, None
        for last in chain_records(since):
            lines.write(to_line(last))
            count += 1
        lines.flush()
        # Only now it is certain that there was room for it.
        os.fsync(lines.fileno())
        return count, last
