"""Texts that lie in the database encrypted, with a key that the database does not hold."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class UnreadableSecret(Exception):
    """The key has changed without being kept among SECRET_KEY_FALLBACKS: what was encrypted with it is lost."""


class Box:
    """Encrypts texts for one purpose (Fernet); what is made for one purpose can't be read for another."""

    def __init__(self, purpose: str):
        self._purpose = purpose.encode()

    def encrypt(self, text: str) -> str:
        return self._keys().encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """Return the text; raise UnreadableSecret where no key of ours has encrypted it."""
        try:
            return self._keys().decrypt(token.encode()).decode()
        except InvalidToken as error:
            raise UnreadableSecret from error

    def _keys(self):
        return MultiFernet([Fernet(self._derived(key)) for key in all_keys()])

    def _derived(self, key):
        # HKDF (RFC 5869): one secret in the environment, another key for each purpose.
        raw = HKDF(algorithm=SHA256(), length=32, salt=None, info=self._purpose).derive(key.encode())
        return base64.urlsafe_b64encode(raw)


def all_keys() -> list[str]:
    """Return the secret key and those that were in use before, the present one first."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
