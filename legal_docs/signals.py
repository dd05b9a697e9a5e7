"""What the registry tells: rooms above hear it."""

from django.dispatch import Signal

# Sent with the `keys` of documents whenever something of them that is public may have changed, in the transaction of
# the change: they were published, corrected, taken down, or what others do to them has changed their status.
placed = Signal()
