import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from search.services.counting import forget_old
from search.services.indexing import index_changes
from search.services.turning import turn_day

_PAUSE = 1


class Command(BaseCommand):
    help = "Takes into the search index what has changed"

    def add_arguments(self, parser):
        parser.add_argument("--follow", action="store_true", help="go on until told to end, looking every second")

    def handle(self, *args, follow, **options):
        ended = Event()
        if follow:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: ended.set())
        day = None
        while True:
            if day != timezone.localdate():
                day = timezone.localdate()
                turn_day(day)
                forget_old(day)
            if count := index_changes():
                self.stdout.write(_("%(count)d things taken into the index") % {"count": count})
            if not follow or ended.wait(_PAUSE):
                return
            close_old_connections()
