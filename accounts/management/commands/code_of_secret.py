import binascii

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.services.second_factor import step_at


class Command(BaseCommand):
    help = "Shows the six digits that an app would show for a secret: for trying the demo without a phone."

    def add_arguments(self, parser):
        parser.add_argument("secret", nargs="+", help="The secret as the page shows it, with or without spaces.")

    def handle(self, secret, **options):
        try:
            code = hotp_value("".join(secret).replace(" ", "").upper(), step_at(timezone.now()))
        except (binascii.Error, ValueError) as error:
            raise CommandError("This is not a secret of letters A-Z and digits 2-7.") from error
        self.stdout.write(format_hotp_value(code))
