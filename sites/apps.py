from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    # django.contrib.sites already has the label "sites".
    label = "agency_sites"
    verbose_name = _("Agencies and portals")

    def ready(self):
        from . import owners, signal_handlers

        owners.declare_owners()
        signal_handlers.connect()
