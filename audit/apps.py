from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit")

    def ready(self):
        from accounts import signals

        from . import signal_handlers

        signal_handlers.connect()
        signal_handlers.people.connect_accounts(signals)
