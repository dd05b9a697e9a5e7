"""A browser that has signed in before is known again, for one account, by a signed cookie (OWASP device cookies).

Its wrong passwords are counted apart, so that whoever hammers an account from elsewhere never keeps its owner out.
"""

import secrets
import unicodedata
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "accounts.devices"
_LIFETIME = timedelta(days=180)


def account_key(username: str) -> str:
    """Return what stands for a typed name wherever the name itself must not be kept."""
    folded = unicodedata.normalize("NFKC", username).strip().casefold()
    return salted_hmac("accounts.account", folded, algorithm="sha256").hexdigest()


def known_device(request, username: str) -> str | None:
    """Return the number of this browser, if it has signed in to this account before."""
    account = account_key(username)
    try:
        kept = signing.loads(request.COOKIES.get(_name(account), ""), salt=_SALT, max_age=_LIFETIME)
    except signing.BadSignature:
        return None
    is_ours = isinstance(kept, dict) and constant_time_compare(kept.get("account", ""), account)
    return kept.get("device") if is_ours else None


def remember_device(request, response, username: str) -> None:
    """Let the browser be known at the next sign-in; it keeps its number, and so its count of wrong passwords."""
    account = account_key(username)
    device = known_device(request, username) or secrets.token_urlsafe(16)
    response.set_cookie(
        _name(account),
        signing.dumps({"account": account, "device": device}, salt=_SALT),
        max_age=_LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name(account):
    # __Host-: no neighbour below the same domain can set it for us (RFC 6265bis).
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}device-{account[:12]}"
