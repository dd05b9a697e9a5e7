from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import ObjectList
from wagtail.contrib.redirects.models import Redirect
from wagtail.permissions import register_permission_policy

from .admin_views.interface import OwnDocumentsAPIViewSet, OwnImagesAPIViewSet
from .admin_views.pages import PortalPageViewSet
from .enums import Role
from .forms import AgencyModelForm
from .models import PortalSettings
from .people.bulk_actions import CLOSED
from .policies import AgencyPolicy
from .sight import choosable_pages
from .viewsets import AgenciesGroup

_ADMINISTRATORS = (Role.ADMINISTRATOR,)
register_permission_policy(
    Redirect, AgencyPolicy(Redirect, {"add": _ADMINISTRATORS, "change": _ADMINISTRATORS, "delete": _ADMINISTRATORS})
)

# Named here, because forms stand above models: the form of a portal's settings names a picture.
PortalSettings.edit_handler = ObjectList(PortalSettings.panels, base_form_class=AgencyModelForm)


@hooks.register("register_admin_viewset")
def register_agencies():
    return AgenciesGroup()


@hooks.register("register_admin_viewset")
def register_pages():
    return PortalPageViewSet()


@hooks.register("construct_page_chooser_queryset")
def keep_page_chooser_to_sight(pages, request):
    # By keys: a search takes no filter by a field that it has not indexed.
    pages = pages.filter(pk__in=choosable_pages(request.user).values_list("pk", flat=True))
    # Read at once: each row tells its state.
    return pages.annotate_approved_schedule().prefetch_workflow_states()


@hooks.register("construct_admin_api", order=1_000)
def keep_admin_interface_to_sight(router):
    router.register_endpoint("images", OwnImagesAPIViewSet)
    router.register_endpoint("documents", OwnDocumentsAPIViewSet)


for action in CLOSED:
    # After Wagtail's own, whose places they take.
    hooks.register("register_bulk_action", action, order=1)


@hooks.register("insert_global_admin_css")
def add_people_stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("admin/people.css"))


@hooks.register("register_log_actions")
def register_people_actions(actions):
    actions.register_action("people.add", _("Add person"), _("Person added"))
    actions.register_action("people.roles", _("Change roles"), _("Roles changed"))
    actions.register_action("people.leave", _("Let go"), _("Let go"))
    actions.register_action("people.return", _("Take back"), _("Taken back"))
    actions.register_action("people.hand_over", _("Hand over"), _("Handed over to a colleague"))
    actions.register_action("people.link", _("Password link"), _("Password link made"))
    actions.register_action("people.second_factor", _("Reset the second factor"), _("Second factor reset"))
    actions.register_action("people.identity", _("Record an identity"), _("Identity for single sign-on recorded"))
    actions.register_action("people.mail", _("Change the mail address"), _("Mail address changed"))
    actions.register_action("people.group", _("Change group"), _("Group changed"))
