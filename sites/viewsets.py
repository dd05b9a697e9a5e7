"""Agencies, units and officials in the admin, and the button that opens a portal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from core.addresses import root_address

from .forms import AgencyForm, OfAgencyForm
from .models import Agency, Official, Unit
from .permissions import can_open_portals
from .record_views import (
    RecordCreateView,
    RecordDeleteView,
    RecordEditView,
    RecordHistoryView,
    RecordIndexView,
    RecordInspectView,
)
from .services import open_portal


class AgencyIndexView(generic.IndexView):
    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if can_open_portals(self.request.user):
            label = _("Complete portal") if instance.has_portal else _("Open portal")
            url = reverse("agencies:open_portal", args=[instance.pk])
            buttons.append(MenuItem(label, url=url, icon_name="site", priority=5))
        return buttons


class OpenPortalView(WagtailAdminTemplateMixin, TemplateView):
    """Asks, opens the portal in one transaction, and shows where it answers."""

    template_name = "sites/admin/open_portal.html"
    page_title = gettext_lazy("Open portal")
    header_icon = "site"
    breadcrumbs_items = []

    def dispatch(self, request, *args, **kwargs):
        if not can_open_portals(request.user):
            raise PermissionDenied
        self.agency = get_object_or_404(Agency.objects.select_related("site"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.agency.display_name

    def get_context_data(self, **kwargs):
        return super().get_context_data(agency=self.agency, hosts=self.agency.hosts.all(), **kwargs)

    def post(self, request, *args, **kwargs):
        open_portal(self.agency)
        address = root_address(self.agency.code, self.agency.site.hostname, request)
        messages.success(request, _("The portal is open at %(address)s.") % {"address": address})
        return redirect("agencies:index")


class AgencyViewSet(ModelViewSet):
    model = Agency
    name = "agencies"
    icon = "group"
    menu_label = gettext_lazy("Agencies")
    index_view_class = AgencyIndexView
    list_display = [
        "__str__",
        "code",
        Column("get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
        "symbol",
        Column("canonical_host", label=gettext_lazy("Host name")),
        BooleanColumn("has_portal", label=gettext_lazy("Portal is open")),
    ]
    list_filter = ["kind"]
    search_fields = ["name_vi", "code", "symbol"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
                    FieldPanel("name_vi"),
                    FieldPanel("name_en"),
                    FieldPanel("body_vi"),
                    FieldPanel("site_title_vi"),
                    FieldPanel("public_host"),
                    FieldPanel("alias_hosts"),
                ],
                heading=gettext_lazy("Name and address"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("symbol"), FieldPanel("organ_id"), FieldPanel("gso_code")]),
                    FieldPanel("head_title_vi"),
                    FieldPanel("fields_of_work"),
                ],
                heading=gettext_lazy("Codes and work"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                    FieldRowPanel([FieldPanel("parent"), FieldPanel("successor")]),
                    FieldPanel("position"),
                    FieldPanel("note"),
                ],
                heading=gettext_lazy("Existence and order"),
            ),
        ],
        base_form_class=AgencyForm,
    )

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<int:pk>/open/", OpenPortalView.as_view(), name="open_portal")]


class _RecordViewSet(ModelViewSet):
    """Units and officials: each agency keeps its own."""

    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = RecordIndexView
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    inspect_view_class = RecordInspectView
    history_view_class = RecordHistoryView

    def get_common_view_kwargs(self, **kwargs):
        # Where something is used may lie in another agency.
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_urlpatterns(self):
        return [entry for entry in super().get_urlpatterns() if entry.name != "usage"]


class UnitViewSet(_RecordViewSet):
    model = Unit
    name = "units"
    icon = "list-ul"
    menu_label = gettext_lazy("Units")
    list_display = ["name_vi", "agency", "phone"]
    list_filter = ["agency"]
    search_fields = ["name_vi"]
    inspect_view_fields = ["agency", "parent", "name_vi", "name_en", "duties", "address", "phone", "email"]
    edit_handler = ObjectList(
        [
            FieldPanel("agency"),
            FieldPanel("parent"),
            FieldPanel("name_vi"),
            FieldPanel("name_en"),
            FieldPanel("duties"),
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("position")]),
        ],
        base_form_class=OfAgencyForm,
    )


class OfficialViewSet(_RecordViewSet):
    model = Official
    name = "officials"
    icon = "user"
    menu_label = gettext_lazy("Officials")
    list_display = [
        "full_name",
        "job_title",
        "agency",
        "unit",
        BooleanColumn("is_leader", label=gettext_lazy("Leadership")),
    ]
    list_filter = ["agency", "is_leader"]
    search_fields = ["full_name", "job_title"]
    inspect_view_fields = ["agency", "unit", "full_name", "job_title", "is_leader", "duties", "phone", "email"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("agency"), FieldPanel("unit")]),
            FieldRowPanel([FieldPanel("full_name"), FieldPanel("job_title")]),
            FieldPanel("is_leader"),
            FieldPanel("duties"),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            FieldPanel("portrait"),
            FieldRowPanel([FieldPanel("term_begins_on"), FieldPanel("term_ends_on"), FieldPanel("position")]),
        ],
        base_form_class=OfAgencyForm,
    )


class AgenciesGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Agencies")
    menu_icon = "group"
    menu_order = 800
    items = (AgencyViewSet("agencies"), UnitViewSet("units"), OfficialViewSet("officials"))
