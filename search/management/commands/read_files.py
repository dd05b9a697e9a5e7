import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.translation import gettext as _

from search.enums import FileState
from search.services.file_queue import ask_for_all, try_again, waiting_count
from search.services.file_texts import read_waiting

_PAUSE = 5


class Command(BaseCommand):
    help = "Reads the files that public pages hand out, so that what stands in them is found"

    def add_arguments(self, parser):
        parser.add_argument("--follow", action="store_true", help="go on until told to end, looking every 5 seconds")
        parser.add_argument("--again", action="store_true", help="first let those wait again that could not be read")

    def handle(self, *args, follow, again, **options):
        ended = Event()
        if follow:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: ended.set())
        ask_for_all()
        if again:
            try_again()
        left = waiting_count()
        self.stdout.write(_("%(count)d files wait to be read") % {"count": left})
        while True:
            for row in read_waiting(is_ended=ended.is_set):
                left = max(left - 1, 0)
                words = _("%(file)s: %(letters)d letters") if row.state == FileState.READ else _("%(file)s: no text")
                said = words % {"file": row.sha256[:12], "letters": len(row.text)}
                self.stdout.write(_("%(said)s; %(left)d left") % {"said": said, "left": left})
            if not follow or ended.wait(_PAUSE):
                return
            close_old_connections()
            left = waiting_count()
