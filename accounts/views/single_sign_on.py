"""The way to an identity provider and back."""

import logging
import secrets

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from requests import RequestException

from ..single_sign_on.provider import Remote
from ..single_sign_on.providers import find_provider

logger = logging.getLogger(__name__)
# What a provider that does not keep to the standard can make of allauth's reading of its answer.
_WRONG_ANSWERS = (OAuth2Error, RequestException, PermissionDenied, ValueError, TypeError, KeyError, AttributeError)


def _reported(view):
    """Answer whatever a provider does wrong with a page that says so, never with a broken one."""

    def answer(request, provider_id):
        if find_provider(provider_id) is None:
            raise Http404(_("There is no such provider."))
        provider = get_adapter().get_provider(request, provider=provider_id)
        try:
            return view(request, provider)
        except ImmediateHttpResponse as response:
            return response.response
        except _WRONG_ANSWERS as error:
            return _failed(request, provider, error)

    return answer


def _failed(request, provider, error):
    try:
        get_adapter().on_authentication_error(request, provider, exception=error)
    except ImmediateHttpResponse as response:
        return response.response


@require_safe
@_reported
def leave(request, provider):
    """Send the browser to the provider; nothing of what is asked there can be chosen by the address."""
    nonce = secrets.token_urlsafe(32)
    return provider.redirect(
        request, "login", next_url=get_next_redirect_url(request), auth_params={"nonce": nonce}, nonce=nonce
    )


@require_safe
@_reported
def come_back(request, provider):
    """Read the provider's answer, once."""
    return _Return.adapter_view(Remote(request, provider.app.provider_id))(request)


class _Return(OAuth2CallbackView):
    def _get_state(self, request, provider):
        state, response = super()._get_state(request, provider)
        if state is not None:
            # RFC 9207: an answer that was mixed up with another provider's says so.
            if request.GET.get("iss", self.adapter.openid_config["issuer"]) != self.adapter.openid_config["issuer"]:
                raise OAuth2Error("the answer comes from another issuer")
            self.adapter.nonce = state.get("nonce", "")
        return state, response
