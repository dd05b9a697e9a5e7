from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home, sections and news")

    def ready(self):
        from . import signal_handlers

        signal_handlers.connect()
