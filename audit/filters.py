"""How the list of entries is narrowed down."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from .models import AuditEntry
from .permissions import can_verify_trail, readable_agencies
from .sentences import action_choices, kind_choices

NO_AGENCY = "-"


class AuditFilterSet(WagtailFilterSet):
    """Time, action, agency and kind are found by an index; person and text are looked for entry by entry."""

    at = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)
    person = django_filters.CharFilter(label=_("Person"), method="leave_to_search", max_length=100)
    action = django_filters.ChoiceFilter(label=_("Action"), choices=action_choices, empty_label=_("All"))
    agency = django_filters.ChoiceFilter(label=_("Agency"), method="filter_agency", empty_label=_("All"))
    object_type = django_filters.ChoiceFilter(label=_("Kind of object"), choices=kind_choices, empty_label=_("All"))
    text = django_filters.CharFilter(label=_("Name or id of the object"), method="leave_to_search", max_length=100)

    class Meta:
        model = AuditEntry
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Only what somebody may read is offered; with one agency there is nothing to choose.
        agencies = [(agency.code, agency.display_name) for agency in readable_agencies(self.request.user)]
        if can_verify_trail(self.request.user):
            agencies.insert(0, (NO_AGENCY, _("No agency")))
        if len(agencies) > 1:
            self.filters["agency"].extra["choices"] = agencies
        else:
            del self.filters["agency"]

    def filter_agency(self, queryset, name, value):
        return queryset.filter(agency="" if value == NO_AGENCY else value)

    def leave_to_search(self, queryset, name, value):
        return queryset

    @property
    def searched(self) -> Q | None:
        """What has to be looked for entry by entry; None when nothing has."""
        values = self.form.cleaned_data
        wanted = Q()
        if values.get("person"):
            wanted &= Q(actor_name__icontains=values["person"])
        if values.get("text"):
            wanted &= Q(object_label__icontains=values["text"]) | Q(object_id=values["text"])
        return wanted or None
