"""Secrets of second factors lie in the database encrypted, with a key that the database does not hold."""

from core.encryption import Box, UnreadableSecret

__all__ = ["UnreadableSecret", "decrypt", "encrypt"]

_box = Box("congkhai accounts: secrets of second factors")
encrypt = _box.encrypt
# A key that has changed without being kept makes it raise UnreadableSecret; the second factor must be reset.
decrypt = _box.decrypt
