"""What can be found: things read from the rooms below as the public may see them now, and as nobody else does."""

from .reading import keys, read, read_in_batches

__all__ = ["keys", "read", "read_in_batches"]
