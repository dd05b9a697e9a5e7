from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .panels import BrokenTrailPanel
from .permissions import can_read_trail
from .views import EntriesView, EntryView, VerificationView

urlpatterns = [
    path("", EntriesView.as_view(), name="index"),
    path("results/", EntriesView.as_view(results_only=True), name="results"),
    path("<int:pk>/", EntryView.as_view(), name="entry"),
    path("verification/", VerificationView.as_view(), name="verification"),
]


@hooks.register("register_admin_urls")
def register_audit_urls():
    return [path("audit/", include((urlpatterns, "audit")))]


@hooks.register("construct_homepage_panels")
def tell_of_a_break(request, panels):
    panels.append(BrokenTrailPanel())


class AuditMenuItem(MenuItem):
    def is_shown(self, request):
        return can_read_trail(request.user)


@hooks.register("register_reports_menu_item")
def register_audit_trail():
    return AuditMenuItem(_("Audit trail"), reverse("audit:index"), name="audit", icon_name="history", order=1300)
