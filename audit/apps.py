from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit")

    def ready(self):
        from . import owners, signal_handlers

        owners.declare_owners()
        owners.open_doors()
        signal_handlers.connect()
