"""Addresses at which somebody chooses a password: for who was given an account, and for who forgot the password."""

from datetime import timedelta

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int

from .models import User

# Anybody can ask for a link to somebody's mail, so it is short-lived; an invitation waits for its reader's return.
FORGOTTEN_LASTS = timedelta(hours=1)
_CLOCKS_DIFFER = timedelta(minutes=5)


class InvitationTokens(PasswordResetTokenGenerator):
    """Tokens of links that an administrator has made; they last for settings.PASSWORD_RESET_TIMEOUT."""

    def check_token(self, user, token):
        # One from the future: the clock was put back, and the link would last as long as it went wrong.
        return super().check_token(user, token) and self.age_of(token) >= -_CLOCKS_DIFFER.total_seconds()

    def age_of(self, token) -> int:
        """Return for how many seconds a token has been there, by the clock of this machine."""
        return self._num_seconds(self._now()) - base36_to_int(token.split("-")[0])


class ForgottenPasswordTokens(InvitationTokens):
    """Tokens of links that are asked for at the door."""

    key_salt = "accounts.links.forgotten_password"

    def check_token(self, user, token):
        return super().check_token(user, token) and self.age_of(token) <= FORGOTTEN_LASTS.total_seconds()


class AnyPasswordTokens:
    """What opens the page for a new password: an invitation by an administrator, or a link that was asked for."""

    def check_token(self, user, token) -> bool:
        return InvitationTokens().check_token(user, token) or ForgottenPasswordTokens().check_token(user, token)


def password_link_path(person: User) -> str:
    """Return the path, on any portal, of an invitation: it opens once, until settings.PASSWORD_RESET_TIMEOUT is over.

    It opens no more once the password, the mail address or the last sign-in has changed.
    """
    words = {"uidb36": user_pk_to_url_str(person), "key": InvitationTokens().make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=words)
