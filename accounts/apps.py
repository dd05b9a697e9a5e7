from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from . import checks, signal_handlers  # noqa: F401 - models must be loaded first

        signal_handlers.connect()
