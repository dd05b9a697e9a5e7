"""The address at which somebody chooses a password: for who forgot it, and for who was given an account."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from .models import User


def password_link_path(person: User) -> str:
    """Return the path, on any portal, of a link that opens once, until settings.PASSWORD_RESET_TIMEOUT is over.

    It opens no more once the password, the mail address or the last sign-in has changed.
    """
    words = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=words)
