"""Secrets of second factors lie in the database encrypted, with a key that the database does not hold."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"congkhai accounts: secrets of second factors"


class UnreadableSecret(Exception):
    """The key has changed without being kept among SECRET_KEY_FALLBACKS; the second factor must be reset."""


def encrypt(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    try:
        return _box().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret from error


def _box():
    return MultiFernet([Fernet(_derived(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(key):
    # HKDF (RFC 5869): one secret in the environment, another key for each purpose.
    raw = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(raw)
