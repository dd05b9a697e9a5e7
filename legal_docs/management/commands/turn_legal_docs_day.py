"""Brings lists of documents to a new day; a timer calls it after midnight."""

from datetime import date, datetime, time, timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from legal_docs.services import placing, reading_jobs, rendering, validity
from sites.models import Agency

# So long an editor may ask what became of a reading.
READINGS_KEPT = timedelta(days=30)


class Command(BaseCommand):
    help = "Puts statuses in lists to today, makes waiting pages, counts lists again, forgets old readings of files."

    def add_arguments(self, parser):
        parser.add_argument("--day", type=date.fromisoformat, help="another day than today, such as 2026-01-01")

    def handle(self, *, day, **options):
        day = day or timezone.localdate()
        turned = validity.turn_day(day)
        reading_jobs.forget(timezone.make_aware(datetime.combine(day - READINGS_KEPT, time.min)))
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
