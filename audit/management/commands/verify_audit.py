"""Verifies the audit trail in the database and says its head, to be noted elsewhere."""

from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError

from audit import verification
from audit.chain import Fault, read_head
from audit.enums import CheckState
from audit.verification import CheckIsRunning, begin_check, run_check


class Command(BaseCommand):
    help = "Verify the whole audit trail; the exit code is 0 when it is intact and 1 when it is not."

    def add_arguments(self, parser):
        parser.add_argument("--head", help="NUMBER:DIGEST that was noted at an earlier verification")
        parser.add_argument(
            "--sign-again",
            metavar="REASON",
            help="sign the end of the chain as it stands, after a new AUDIT_KEY or after a break was looked into",
        )

    def handle(self, *args, head=None, sign_again=None, **options):
        if sign_again is not None:
            self._sign(sign_again)
            return
        try:
            check = run_check(begin_check(), read_head(head) if head else None, self._progress)
        except CheckIsRunning as error:
            raise CommandError("The audit trail is being verified by somebody else; try again in a while.") from error
        except ArgumentTypeError as error:
            raise CommandError(f"--head: {error}.") from error
        self._report(check)

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
        self.stdout.write(f"{check.verified} entries verified.")
        if check.waiting:
            self.stdout.write(f"{check.waiting} entries have waited for their place for more than a minute.")
        if check.state == CheckState.BROKEN:
            raise CommandError(f"BROKEN: Entry {check.broken_number} {Fault[check.fault].value}.")
        self.stdout.write(f"Intact. Head: {check.head}")
