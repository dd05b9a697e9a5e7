"""The report on what people search for, and what they do not find."""

from datetime import timedelta
from urllib.parse import urlencode

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from core.spreadsheets import DisarmedExport
from search.models import BestBet, QueryCount, SynonymGroup
from search.services.counting import FEWEST

from .own import own_agencies

_PERIODS = (("7", _("the last 7 days")), ("30", _("the last 30 days")), ("90", _("the last 90 days")))
_USUAL = 30


class SearchedFilterSet(WagtailFilterSet):
    period = django_filters.ChoiceFilter(label=_("Period"), choices=_PERIODS, method="within", empty_label=None)
    agency = django_filters.ModelChoiceFilter(label=_("Portal"), queryset=own_agencies)
    without = django_filters.ChoiceFilter(label=_("Results"), choices=(("1", _("found nothing")),), method="in_vain")

    class Meta:
        model = QueryCount
        fields = ["period", "agency", "without"]

    def within(self, queryset, _name, value):
        return queryset.filter(day__gt=timezone.localdate() - timedelta(days=int(value)))

    def in_vain(self, queryset, _name, _value):
        return queryset.filter(times_without__gt=0)


class BarColumn(Column):
    """A number with a bar as long as it is great beside the greatest of the list."""

    cell_template_name = "search/admin/_bar.html"

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {"most": instance["most"]}


class ActsColumn(Column):
    """What can be done about it: set a best bet, add a synonym."""

    cell_template_name = "search/admin/_acts.html"

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {"acts": instance["acts"]}


class SearchedReportView(DisarmedExport, ReportView):
    model = QueryCount
    page_title = _("What people search for")
    header_icon = "search"
    index_url_name = "searched_report"
    index_results_url_name = "searched_report_results"
    filterset_class = SearchedFilterSet
    table_classname = "listing stacked"
    is_searchable = False
    list_export = ["words", "asked", "vain"]
    export_headings = {"words": _("Words searched for"), "asked": _("Times"), "vain": _("Found nothing")}

    @cached_property
    def columns(self):
        columns = [
            Column("words", label=_("Words searched for")),
            BarColumn("asked", label=_("Times")),
            Column("vain", label=_("Found nothing")),
        ]
        return [*columns, ActsColumn("acts", label=_("What to do"))] if self._may_act else columns

    @cached_property
    def _may_act(self):
        """What the reader may do about it, as (label, name of the address, parameter, what follows the words)."""
        ways = (
            (BestBet, _("Set a best bet"), "best_bets:add", "triggers", ""),
            (SynonymGroup, _("Add a synonym"), "synonyms:add", "words", " = "),
        )
        user = self.request.user
        return [way[1:] for way in ways if policy_registry.get_by_type(way[0]).user_has_permission(user, "add")]

    def dispatch(self, request, *args, **kwargs):
        self.agencies = own_agencies(request)
        if not self.agencies.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return QueryCount.objects.filter(agency__in=self.agencies)

    def filter_queryset(self, queryset):
        # A filter that cannot be understood must not lead to an export of everything.
        counted = super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()
        if not self.filters.data.get("period"):
            counted = counted.filter(day__gt=timezone.localdate() - timedelta(days=_USUAL))
        # A spelling with accents comes after one without.
        counted = counted.order_by().values("folded")
        counted = counted.annotate(words=Max("text"), asked=Sum("times"), vain=Sum("times_without"))
        # What one or two people searched for may tell who they are.
        return counted.filter(asked__gte=FEWEST).order_by("-asked", "folded")

    def order_queryset(self, queryset):
        return queryset

    def get_table(self, object_list):
        rows = list(object_list)
        most = max((row["asked"] for row in rows), default=1)
        return super().get_table([row | {"most": most, "acts": self._acts(row["words"])} for row in rows])

    def _acts(self, words):
        return [
            (label, f"{reverse(name)}?{urlencode({parameter: words + after})}")
            for label, name, parameter, after in self._may_act
        ]

    def get_filename(self):
        return f"tu-khoa-tim-kiem-{timezone.localdate():%Y-%m-%d}"
