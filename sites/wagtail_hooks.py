from wagtail import hooks
from wagtail.contrib.redirects.models import Redirect
from wagtail.permissions import register_permission_policy

from .admin_views.interface import OwnDocumentsAPIViewSet, OwnImagesAPIViewSet
from .admin_views.pages import PortalPageViewSet
from .doors import OPERATORS, open_door
from .enums import Role
from .policies import AgencyPolicy
from .sight import choosable_pages
from .viewsets import AgenciesGroup

_ADMINISTRATORS = (Role.ADMINISTRATOR,)
register_permission_policy(
    Redirect, AgencyPolicy(Redirect, {"add": _ADMINISTRATORS, "change": _ADMINISTRATORS, "delete": _ADMINISTRATORS})
)
open_door("agencies:open_portal", OPERATORS)


@hooks.register("register_admin_viewset")
def register_agencies():
    return AgenciesGroup()


@hooks.register("register_admin_viewset")
def register_pages():
    return PortalPageViewSet()


@hooks.register("construct_page_chooser_queryset")
def keep_page_chooser_to_sight(pages, request):
    # By keys: a search takes no filter by a field that it has not indexed.
    return pages.filter(pk__in=choosable_pages(request.user).values_list("pk", flat=True))


@hooks.register("construct_admin_api", order=1_000)
def keep_admin_interface_to_sight(router):
    router.register_endpoint("images", OwnImagesAPIViewSet)
    router.register_endpoint("documents", OwnDocumentsAPIViewSet)
