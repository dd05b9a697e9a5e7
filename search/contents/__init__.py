"""What can be found: things read from the rooms below as the public may see them now, and as nobody else does."""

from .reading import keys, read

__all__ = ["keys", "read"]
