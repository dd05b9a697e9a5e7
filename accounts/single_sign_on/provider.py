"""allauth's OpenID Connect, stricter: PKCE and nonce always, every token checked, nothing kept but what is needed."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from requests import RequestException

from .providers import is_safe_address
from .tokens import UnknownKey, verified_mail, verify_id_token

_KEPT_SECONDS = 3_600
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Remote(OpenIDConnectOAuth2Adapter):
    """Speaks with a provider; whatever it does wrong is an OAuth2Error, so that a page can say so."""

    # Set before the way back is walked: what this sign-in was begun with.
    nonce = ""

    @property
    def openid_config(self):
        """The provider's description of itself (OpenID Connect Discovery 1.0)."""
        issuer = self.get_provider().app.settings["server_url"]
        return _kept("description", issuer, lambda: self._description(issuer))

    def complete_login(self, request, app, token, **kwargs):
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise OAuth2Error("the answer holds no id_token")
        try:
            claims = self._verify(app, id_token, self._keys())
        except UnknownKey:
            claims = self._verify(app, id_token, self._keys(renew=True))
        return self.get_provider().sociallogin_from_response(request, claims)

    def _verify(self, app, id_token, keys):
        return verify_id_token(
            id_token, keys=keys, issuer=self.openid_config["issuer"], client_id=app.client_id, nonce=self.nonce
        )

    def _keys(self, renew=False):
        address = self.openid_config["jwks_uri"]
        return _kept("keys", address, lambda: self._signing_keys(address), renew=renew)

    def _signing_keys(self, address):
        keys = self._ask(address).get("keys")
        if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
            raise OAuth2Error("its keys are not a list")
        return keys

    def _description(self, issuer):
        found = self._ask(self.get_provider().wk_server_url(issuer.rstrip("/")))
        if str(found.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
            raise OAuth2Error(f"it calls itself {found.get('issuer')!r}")
        for name in _ENDPOINTS:
            if not isinstance(found.get(name), str) or not is_safe_address(found[name]):
                raise OAuth2Error(f"its {name} is missing or not https")
        if not isinstance(found.get("token_endpoint_auth_methods_supported", []), list):
            raise OAuth2Error("its token_endpoint_auth_methods_supported is not a list")
        return found

    def _ask(self, address):
        try:
            with get_adapter().get_requests_session() as session:
                answer = session.get(address)
                answer.raise_for_status()
                found = answer.json()
        except (RequestException, ValueError) as error:
            raise OAuth2Error(f"{address} cannot be read: {error}") from error
        if not isinstance(found, dict):
            raise OAuth2Error(f"{address} does not answer with an object")
        return found


class Provider(OpenIDConnectProvider):
    """What we take over of a person: who it is, a verified mail address, how it was proved. No name, no picture."""

    pkce_enabled_default = True
    oauth2_adapter_class = Remote

    def extract_uid(self, data):
        return data["sub"]

    def extract_extra_data(self, data):
        return {"amr": data["amr"]} if isinstance(data.get("amr"), list) else {}

    def extract_common_fields(self, data):
        return {}

    def extract_email_addresses(self, data):
        mail = verified_mail(data)
        return [EmailAddress(email=mail, verified=True, primary=True)] if mail else []


def _kept(what, address, find, *, renew=False):
    name = f"oidc-{what}-{salted_hmac('accounts.oidc', address).hexdigest()}"
    found = None if renew else cache.get(name)
    if found is None:
        found = find()
        cache.set(name, found, _KEPT_SECONDS)
    return found
