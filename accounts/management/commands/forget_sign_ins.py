from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.services.attempts import forget_old_attempts
from accounts.services.sessions import forget_ended_sessions


class Command(BaseCommand):
    help = "Removes what is kept of sessions that are over and of attempts of more than a day ago; for a timer."

    def handle(self, **options):
        sessions, counters = forget_ended_sessions(), forget_old_attempts(timezone.now())
        self.stdout.write(f"{sessions} ended sessions and {counters} old counters of attempts were removed.")
