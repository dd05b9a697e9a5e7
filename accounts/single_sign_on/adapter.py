"""To whose account an identity belongs. An account is never made here: administrators make accounts."""

import functools
import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import User
from ..permissions import may_sign_in
from .failures import failure
from .providers import find_provider, providers
from .telling import tell_identity

logger = logging.getLogger(__name__)
_SECONDS = (5, 10)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Providers come from the environment; a person is known by a recorded identity or a trusted mail address."""

    def list_apps(self, request, provider=None, client_id=None):
        found = [entry for entry in providers() if provider in {None, "openid_connect", entry.id}]
        return [_app(entry) for entry in found if client_id in {None, entry.client_id}]

    def get_requests_session(self):
        session = super().get_requests_session()
        # Secrets go to the address that was configured and nowhere else.
        session.request = functools.partial(session.request, timeout=_SECONDS, allow_redirects=False)
        return session

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        entry = find_provider(sociallogin.account.provider)
        if not sociallogin.is_existing and entry.trust_mail:
            _find_by_mail(request, sociallogin)
        if not sociallogin.is_existing or not may_sign_in(sociallogin.user):
            logger.warning("single sign-on by %s: no account for this identity", entry.id)
            text = _(
                "%(provider)s knows you, but no account here is recorded for you. Ask your agency's administrator."
            ) % {"provider": entry.name}
            raise ImmediateHttpResponse(failure(request, entry, text))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        logger.warning("single sign-on by %s: %s %s", provider.app.provider_id, error, exception or "")
        raise ImmediateHttpResponse(failure(request, find_provider(provider.app.provider_id), _why(error, exception)))


def _why(error, exception):
    if str(error) == "cancelled":
        return _("Signing in was broken off at the provider. Nothing has changed; you can try again.")
    if exception is None:
        return _("This answer does not belong to a sign-in that was begun in this browser, or came too late.")
    return _("The provider did not answer as it must. Please try again; if it stays so, tell your administrator.")


def _find_by_mail(request, sociallogin):
    mail = next((address.email for address in sociallogin.email_addresses if address.verified), "")
    known = User.objects.with_mail_address(mail)
    with transaction.atomic():
        # Two accounts with one address: nobody can say whose it is. One that is switched off counts, too.
        if known.count() != 1:
            return
        user = known.get()
        # An account with another identity there stays with it, whatever address the provider gives out later.
        taken = SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider).exists()
        if may_sign_in(user) and not taken:
            sociallogin.connect(request, user)
            tell_identity(sociallogin.account, by=user, request=request, is_recorded=True)


def _app(entry):
    return SocialApp(
        provider="openid_connect",
        provider_id=entry.id,
        name=entry.name,
        client_id=entry.client_id,
        secret=entry.client_secret,
        settings={"server_url": entry.issuer, "scope": entry.scope.split()},
    )
