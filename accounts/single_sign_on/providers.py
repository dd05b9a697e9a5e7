"""Which identity providers there are: configuration, never data that somebody could change in a form."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_REQUIRED = ("id", "name", "issuer", "client_id", "client_secret")
_OPTIONAL = ("trust_mail", "scope")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class ProviderSettings:
    """Somebody who vouches for people: the province's identity provider, VNeID."""

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    # Whether a mail address that it has verified is enough to find the account; else an identity must be recorded.
    trust_mail: bool = False
    scope: str = "openid email profile"


def providers() -> list[ProviderSettings]:
    """Return all providers of the setting OIDC_PROVIDERS; raise ImproperlyConfigured where it is wrong."""
    if not isinstance(settings.OIDC_PROVIDERS, list):
        raise ImproperlyConfigured("OIDC_PROVIDERS is not a list.")
    found = [_read(entry) for entry in settings.OIDC_PROVIDERS]
    if len({provider.id for provider in found}) < len(found):
        raise ImproperlyConfigured("OIDC_PROVIDERS names two providers with one id.")
    return found


def find_provider(provider_id: str) -> ProviderSettings | None:
    """Return a provider by its id, None if there is none."""
    return next((provider for provider in providers() if provider.id == provider_id), None)


def is_safe_address(address: str) -> bool:
    """Only https keeps the secret and the answer from being read or changed on the way; this machine may do without."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )


def _read(entry):
    if not isinstance(entry, dict) or any(not isinstance(entry.get(name), str) for name in _REQUIRED):
        raise ImproperlyConfigured(f"A provider in OIDC_PROVIDERS needs {', '.join(_REQUIRED)}.")
    unknown = set(entry) - {*_REQUIRED, *_OPTIONAL}
    if unknown:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: {entry['id']} has unknown words: {', '.join(sorted(unknown))}.")
    if not re.fullmatch(r"[a-z0-9-]{1,40}", entry["id"]):
        raise ImproperlyConfigured("OIDC_PROVIDERS: an id is made of a-z, 0-9 and dashes.")
    if not is_safe_address(entry["issuer"]):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: the issuer of {entry['id']} must begin with https://.")
    if "openid" not in entry.get("scope", "openid").split():
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: the scope of {entry['id']} must hold openid.")
    if not isinstance(entry.get("trust_mail", False), bool):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: trust_mail of {entry['id']} must be true or false.")
    return ProviderSettings(**entry)
