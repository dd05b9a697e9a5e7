from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    # django.contrib.sites already has the label "sites".
    label = "agency_sites"
    verbose_name = _("Agencies and portals")

    def ready(self):
        from . import signal_handlers

        signal_handlers.connect()
