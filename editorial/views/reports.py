"""The report on what was published without a second person."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from core.spreadsheets import DisarmedExport
from editorial.models import ForcedPublication
from editorial.things import edit_address
from sites.enums import Role
from sites.models import Agency
from sites.permissions import agencies_of, is_auditor, visible_people, works_anywhere_as


def reads_report(user) -> bool:
    """Say whether the report is somebody's business at all."""
    return is_auditor(user) or works_anywhere_as(user, Role.ADMINISTRATOR)


def reported_agencies(user):
    """Return the agencies whose report somebody reads: administrators their own, auditors and the province all."""
    if not user.is_active:
        return Agency.objects.none()
    return Agency.objects.with_portal() if is_auditor(user) else agencies_of(user, Role.ADMINISTRATOR)


def _agencies(request):
    return reported_agencies(request.user)


def _publishers(request):
    """Those whose names the reader may choose by; the gate refuses others, such as operators."""
    shown = ForcedPublication.objects.filter(agency__in=reported_agencies(request.user))
    return visible_people(request.user).filter(pk__in=shown.order_by().values("published_by"))


class ForcedFilterSet(WagtailFilterSet):
    published_at = django_filters.DateFromToRangeFilter(label=_("Published at"), widget=DateRangePickerWidget)
    agency = django_filters.ModelChoiceFilter(label=_("Agency"), queryset=_agencies)
    published_by = django_filters.ModelChoiceFilter(label=_("Published by"), queryset=_publishers)
    # Not a BooleanFilter: what is chosen is shown above the list, and Wagtail would say "True" there.
    is_own_work = django_filters.ChoiceFilter(label=_("Own work"), choices=(("True", _("yes")), ("False", _("no"))))

    class Meta:
        model = ForcedPublication
        fields = ["published_at", "agency", "published_by", "is_own_work"]


def _edit_address(forced):
    return edit_address(forced.thing) if forced.thing else None


def _own_work(forced):
    # In words: Wagtail's red cross would mark what is in order.
    return _("own work") if forced.is_own_work else ""


class ForcedReportView(DisarmedExport, ReportView):
    model = ForcedPublication
    table_classname = "listing stacked"
    page_title = _("Published without approval")
    header_icon = "warning"
    index_url_name = "editorial:forced_report"
    index_results_url_name = "editorial:forced_report_results"
    filterset_class = ForcedFilterSet
    default_ordering = "-published_at"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=_edit_address),
        Column("reason", label=_("Reason")),
        Column("published_by", label=_("Published by")),
        Column("agency", label=_("Agency")),
        Column("is_own_work", label=_("Own work"), accessor=_own_work),
        DateColumn("published_at", label=_("Published at"), sort_key="published_at"),
    ]
    list_export = ["title", "agency", "published_by", "published_at", "is_own_work", "reason"]
    export_headings = {
        "title": _("Title"),
        "agency": _("Agency"),
        "published_by": _("Published by"),
        "published_at": _("Published at"),
        "is_own_work": _("Own work"),
        "reason": _("Reason"),
    }

    def dispatch(self, request, *args, **kwargs):
        self.agencies = reported_agencies(request.user)
        if not self.agencies.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        shown = ForcedPublication.objects.filter(agency__in=self.agencies)
        return shown.select_related("agency", "published_by").prefetch_related("thing")

    def filter_queryset(self, queryset):
        # A filter that cannot be understood must not lead to an export of everything.
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def get_filename(self):
        return f"dang-khong-qua-duyet-{timezone.localdate():%Y-%m-%d}"
