from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from . import owners, rights, signal_handlers

        owners.declare_owners()
        owners.open_doors()
        rights.register()
        signal_handlers.connect()
