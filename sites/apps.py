from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class SitesConfig(AppConfig):
    name = "sites"
    # django.contrib.sites already has the label "sites".
    label = "agency_sites"
    verbose_name = _("Agencies and portals")
    default = True

    def ready(self):
        from accounts.permissions import require_second_factor_of

        from . import owners, people_policies, signal_handlers, usage
        from .permissions import needs_second_factor

        owners.declare_owners()
        owners.open_doors()
        signal_handlers.connect()
        usage.install()
        people_policies.register_agencies()
        require_second_factor_of(needs_second_factor)


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's users app with our screens: its own let whoever may change one user take over every account."""

    default = False
    user_viewset = "sites.people.viewsets.PersonViewSet"
    group_viewset = "sites.people.viewsets.AgencyGroupViewSet"

    def ready(self):
        from . import people_policies

        people_policies.register_people()
