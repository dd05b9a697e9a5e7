"""Mails about accounts (django-tasks). On a public server they leave from the queue: how long that takes tells nobody
whether an account exists."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from .models import User
from .notices import notice


@task()
def send_notice(user_id: int, kind: str, address: str = "") -> int:
    """Tell somebody by mail what has happened to the account; return how many mails were sent.

    `address` is where a notice goes that would come too late at the recorded one: about a change of that very address.
    """
    user = User.objects.filter(pk=user_id).first()
    address = address or (user.email if user else "")
    if user is None or not address:
        return 0
    with override(settings.LANGUAGE_CODE):
        moment = date_format(timezone.localtime(), "H:i d/m/Y")
        subject, text = notice(kind, user.username, moment)
    return send_mail(subject, text, None, [address])


@task()
def send_reset_link(user_id: int, link: str) -> int:
    """Send the link for a new password to somebody who forgot it; return how many mails were sent."""
    user = User.objects.staff_who_can_sign_in().filter(pk=user_id).exclude(email="").first()
    if user is None:
        return 0
    with override(settings.LANGUAGE_CODE):
        text = render_to_string("accounts/mail/forgotten_password.txt", {"person": user, "link": link})
        return send_mail(_("A new password for your account"), text, None, [user.email])
