"""Verifies the audit trail in the database and says its head, to be noted elsewhere."""

from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit import verification
from audit.chain import GENESIS, Fault, read_head, read_heads
from audit.enums import CheckState
from audit.verification import CheckIsRunning, begin_check, run_check


class Command(BaseCommand):
    help = "Verify the whole audit trail; the exit code is 0 when it is intact and 1 when it is not."

    def add_arguments(self, parser):
        parser.add_argument("--head", metavar="NUMBER:DIGEST", help="a head noted at an earlier verification")
        parser.add_argument(
            "--heads",
            metavar="FILE",
            help="a file of noted heads: all are compared, and the head of an intact chain is added to it",
        )
        parser.add_argument(
            "--since",
            metavar="NUMBER:DIGEST",
            help="begin after this entry, when a break before it has been looked into",
        )
        parser.add_argument(
            "--sign-again",
            metavar="REASON",
            help="sign the end of the chain as it stands, after a new AUDIT_KEY or after a break was looked into",
        )

    def handle(self, *args, head=None, heads=None, since=None, sign_again=None, **options):
        if sign_again is not None:
            self._sign(sign_again)
            return
        file = Path(heads) if heads else None
        noted = [_head("--head", head)] if head else []
        noted += _noted_in(file) if file else []
        begin = _head("--since", since) if since else (0, GENESIS)
        try:
            check = run_check(begin_check(), noted, begin, self._progress)
        except CheckIsRunning as error:
            raise CommandError("The audit trail is being verified by somebody else; try again in a while.") from error
        self._report(check)
        if file:
            _note(file, check)

    def _sign(self, reason):
        if not reason.strip():
            raise CommandError("Say why the chain is signed again.")
        self.stdout.write(f"Signed. Head: {verification.sign_again(reason.strip())}")

    def _progress(self, done, total):
        if self.stdout.isatty():
            self.stdout.write(f"\r{done:,} of {total:,} entries", ending="")

    def _report(self, check):
        if self.stdout.isatty():
            self.stdout.write("")
        begin = f" after number {check.since - 1}" if check.since > 1 else ""
        self.stdout.write(f"{max(check.verified - check.since + 1, 0)} entries verified{begin}.")
        if check.waiting:
            self.stdout.write(f"{check.waiting} entries have waited for their place for more than a minute.")
        if not check.is_guarded:
            self.stdout.write("The triggers that refuse changes are missing; `migrate` sets them again.")
        if check.state == CheckState.BROKEN:
            raise CommandError(f"BROKEN: Entry {check.broken_number} {Fault[check.fault].value}.")
        self.stdout.write(f"Intact. Head: {check.head}")


def _head(option, text):
    try:
        return read_head(text)
    except ArgumentTypeError as error:
        raise CommandError(f"{option}: {error}.") from error


def _noted_in(file):
    """Read the heads that were noted before; a file that is not there yet is begun."""
    try:
        return read_heads(file.read_text(encoding="utf-8").splitlines()) if file.exists() else []
    except ArgumentTypeError as error:
        raise CommandError(f"{file}: {error}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}.") from error


def _note(file, check):
    try:
        with file.open("a", encoding="utf-8") as lines:
            lines.write(f"{check.head} {timezone.localtime():%Y-%m-%dT%H:%M:%S%z}\n")
    except OSError as error:
        raise CommandError(f"The chain is intact, but its head cannot be noted in {file}: {error.strerror}.") from error
