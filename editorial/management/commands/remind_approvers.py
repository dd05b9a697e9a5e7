"""`manage.py remind_approvers`: once a day, mails each agency's approvers what is due."""

from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.services.reminders import remind


class Command(BaseCommand):
    help = (
        "Mails the approvers of each agency the drafts that are due; for a timer. A second run on a day sends nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--day", type=date.fromisoformat, help="as if it were this day, such as 2026-03-02")

    def handle(self, *, day, **options):
        sent = remind(on=day or timezone.localdate())
        self.stdout.write(_("%(count)d mails sent.") % {"count": sent})
