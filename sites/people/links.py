"""Links by which a person chooses a password alone: an administrator never knows it."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.links import password_link_path
from core.addresses import root_address
from sites.models import Agency

_A_DAY = 24 * 60 * 60


def password_link(person, agency: Agency, request=None) -> str:
    """Return the address, on the agency's portal, at which the person chooses a password: once, for a few days."""
    return root_address(agency.code, agency.site.hostname, request) + password_link_path(person)


def days_valid() -> int:
    """How long a link opens; the day on which it ends does not count."""
    return settings.PASSWORD_RESET_TIMEOUT // _A_DAY


def mail_password_link(person, agency: Agency, link: str) -> bool:
    """Send the link; False if the mail server did not take it, so that the administrator hands it over otherwise."""
    text = render_to_string(
        "sites/people/password_link.txt",
        {"person": person, "agency": agency, "link": link, "days": days_valid()},
    )
    subject = _("Your account at %(agency)s") % {"agency": agency.display_name}
    try:
        return send_mail(subject, text, None, [person.email]) == 1
    except OSError:
        # Refused, unreachable, timed out: all of smtplib's and the socket's errors are OSErrors.
        return False
