from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit")

    def ready(self):
        from accounts import signals

        from . import guard, owners, signal_handlers

        owners.declare_owners()
        owners.open_doors()
        post_migrate.connect(guard.guard_after_migrating, sender=self, dispatch_uid="audit: guard")
        signal_handlers.connect()
        signal_handlers.people.connect_accounts(signals)
