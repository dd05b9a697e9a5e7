"""Telling in words, to the rooms above and to who typed it, that an attempt has to wait."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .services.attempts import Throttled
from .signals import sign_in_throttled

THROTTLED = "throttled"


@contextmanager
def counting(request, username: str):
    """Turn Throttled into what a form says."""
    try:
        yield
    except Throttled as throttled:
        sign_in_throttled.send(sender=Throttled, username=username, request=request)
        raise ValidationError(wait_in_words(throttled), code=THROTTLED) from throttled


def wait_in_words(throttled: Throttled) -> str:
    """Say how long it is, and what helps meanwhile."""
    minutes = -(-int(throttled.wait.total_seconds()) // 60) or 1
    wait = ngettext(
        "Too many attempts. Please try again in %(count)s minute.",
        "Too many attempts. Please try again in %(count)s minutes.",
        minutes,
    ) % {"count": minutes}
    return wait + " " + _("If you cannot wait, ask for a password link: it lets you in at once.")
