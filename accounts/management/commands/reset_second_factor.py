from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.services.second_factor import reset_second_factor


class Command(BaseCommand):
    help = "Frees somebody of a lost second factor; a new one is set up at the next sign-in."

    def add_arguments(self, parser):
        parser.add_argument("username", help="The user name with which the person signs in.")

    def handle(self, username, **options):
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        had_one = reset_second_factor(user, by=None)
        done = "The second factor was reset" if had_one else "There was no second factor"
        self.stdout.write(f"{done}; all sessions of {user.username} have ended.")
