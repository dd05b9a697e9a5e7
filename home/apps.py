from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home, sections and news")

    def ready(self):
        from . import owners, signal_handlers

        owners.declare_owners()
        owners.open_doors()
        signal_handlers.connect()
