from django.dispatch import Signal

# Sent with request, user and reason when somebody is refused at a door of the admin; the audit trail listens.
access_refused = Signal()
