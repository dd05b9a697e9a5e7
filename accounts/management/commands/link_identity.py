from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.services.identities import record_identity, remove_identity


class Command(BaseCommand):
    help = "Records by which identity a provider of OIDC_PROVIDERS signs somebody in, or takes it away."

    def add_arguments(self, parser):
        parser.add_argument("username", help="The user name with which the person signs in.")
        parser.add_argument("provider", help="The id of the provider.")
        parser.add_argument("subject", nargs="?", help="What the provider calls the person (the claim sub).")
        parser.add_argument("--remove", action="store_true", help="Take away what is recorded.")

    def handle(self, username, provider, subject, remove, **options):
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        if remove:
            count = remove_identity(user, provider=provider, by=None)
            self.stdout.write(f"{count} identities of {user.username} at {provider} were taken away.")
            return
        try:
            record_identity(user, provider=provider, subject=subject or "", by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{provider} now signs {user.username} in as {subject}.")
