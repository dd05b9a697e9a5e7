"""Who a request is from, asked once and only when somebody wants to know: public pages cost nothing."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from .services.second_factor import has_second_factor
from .services.sessions import (
    is_over,
    is_signed_in,
    leave_session,
    owes_second_factor,
    touch,
)

_ADMIN = "/admin/"
# What is open to a session that still owes the second factor; everywhere else it is a stranger's.
_ON_THE_WAY = ("mfa_activate_totp", "account_reauthenticate", "account_logout", "account_login")


class SignedInMiddleware:
    """Ends sessions that are over, lets nobody in who owes a second factor; citizens find no editor here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user
        request.user = SimpleLazyObject(lambda: _whom_to_let_in(request, person))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path.startswith(_ADMIN) and getattr(request.user, "is_citizen", False):
            raise Http404(_("There is nothing at this address."))


def _whom_to_let_in(request, person):
    if not person.is_authenticated:
        if is_signed_in(request.session):
            # Removed or switched off since, or the password was changed elsewhere.
            leave_session(request)
        return AnonymousUser()
    now = timezone.now()
    if is_over(request.session, now):
        leave_session(request)
        return AnonymousUser()
    if owes_second_factor(request.session, person):
        if has_second_factor(person):
            # Set up in another browser meanwhile: this one has to show it, too.
            leave_session(request)
            return AnonymousUser()
        if request.path not in {reverse(name) for name in _ON_THE_WAY}:
            return AnonymousUser()
    touch(request, person, now)
    return person
