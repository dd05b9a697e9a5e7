import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from search.services import letters

_PAUSE = 30


class Command(BaseCommand):
    help = "Makes and sends the letters of saved searches that are due"

    def add_arguments(self, parser):
        parser.add_argument("--follow", action="store_true", help="go on until told to end, looking twice a minute")

    def handle(self, *args, follow, **options):
        ended = Event()
        if follow:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: ended.set())
        while True:
            self._send()
            if not follow or ended.wait(_PAUSE):
                return

    def _send(self):
        made = letters.prepare(timezone.now())
        sent, kept = letters.send(timezone.now())
        if made or sent or kept:
            words = _("%(made)d letters made, %(sent)d sent, %(kept)d wait")
            self.stdout.write(words % {"made": made, "sent": sent, "kept": kept})
