from django.dispatch import Signal

access_refused = Signal()
