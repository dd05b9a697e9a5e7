from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services.second_factor import code_at
from home.demo.people import known_secret, secret_file


class Command(BaseCommand):
    help = "Shows the code with which approvers and administrators of the demo sign in, as their phone would."

    def handle(self, **options):
        secret = known_secret()
        if secret is None:
            raise CommandError(_("%(file)s is gone; seed_demo makes it.") % {"file": secret_file().name})
        self.stdout.write(code_at(secret, timezone.now()))
        # Beside the code, so that a script that reads the code gets nothing else.
        self.stderr.write(_("Each account takes it once; every half minute there is a new one."))
