"""What the gate of the admin tells: rooms above hear it."""

from django.dispatch import Signal

# Sent with `request`, `user` and `reason` when somebody is kept from what is another agency's.
access_refused = Signal()
