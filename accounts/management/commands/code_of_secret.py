from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.services.second_factor import code_at


class Command(BaseCommand):
    help = "Shows the six digits that an app would show for a secret: for trying things without a phone."

    def add_arguments(self, parser):
        parser.add_argument("secret", nargs="+", help="The secret as the page shows it, with or without spaces.")

    def handle(self, secret, **options):
        try:
            self.stdout.write(code_at("".join(secret), timezone.now()))
        except ValueError as error:
            raise CommandError("This is not a secret of letters A-Z and digits 2-7.") from error
