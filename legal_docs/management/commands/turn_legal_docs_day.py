"""Brings lists of documents to a new day; a timer calls it after midnight."""

from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from legal_docs.services import placing, rendering, validity
from sites.models import Agency


class Command(BaseCommand):
    help = "Puts the statuses in lists to today, makes waiting pages, and counts the lists again."

    def add_arguments(self, parser):
        parser.add_argument("--day", type=date.fromisoformat, help="another day than today, such as 2026-01-01")

    def handle(self, *, day, **options):
        turned = validity.turn_day(day or timezone.localdate())
        rendered = rendering.render_waiting()
        wrong = {agency.code: count for agency in Agency.objects.with_portal() if (count := placing.recount(agency))}
        self.stdout.write(
            _("%(turned)d documents have another status; %(rendered)d pages made.")
            % {"turned": turned, "rendered": rendered}
        )
        for code, count in wrong.items():
            self.stderr.write(
                _("%(code)s: %(count)d numbers of lists were wrong and were put right.")
                % {"code": code, "count": count}
            )
