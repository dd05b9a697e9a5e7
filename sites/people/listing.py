"""The list of people: who is in it, what is said of each, how it is searched, filtered and exported."""

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect

from accounts.services.second_factor import with_device
from core.spreadsheets import DisarmedExport
from core.text import fold
from sites.enums import SENSITIVE, Role
from sites.models import AgencyGroup
from sites.permissions import agencies_with_visible_people, reads_everywhere, visible_people

from .screens import PeopleScreen
from .second_factors import SecondFactorState, state_of_second_factor

User = get_user_model()


class PersonFilterSet(WagtailFilterSet):
    role = django_filters.ChoiceFilter(label=gettext_lazy("Role"), choices=Role, method="no_filter")
    agency = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Agency"),
        queryset=lambda request: agencies_with_visible_people(request.user),
        method="no_filter",
    )
    is_working = django_filters.BooleanFilter(
        label=gettext_lazy("Working here"), widget=BooleanRadioSelect, method="no_filter"
    )

    second_factor = django_filters.ChoiceFilter(
        label=gettext_lazy("Second factor"), choices=SecondFactorState, method="no_filter"
    )

    class Meta:
        model = User
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.agencies = agencies_with_visible_people(self.request.user)
        if len(self.agencies[:2]) < 2:
            del self.filters["agency"]

    def no_filter(self, queryset, name, value):
        # Role and agency are one question: who holds this role in this agency (see filter_queryset).
        return queryset

    def filter_queryset(self, queryset):
        chosen = self.form.cleaned_data
        groups = AgencyGroup.objects.filter(agency__in=self.agencies)
        if chosen.get("agency"):
            groups = groups.filter(agency=chosen["agency"])
        if chosen.get("role"):
            groups = groups.filter(role=chosen["role"])
        holders = User.objects.filter(groups__agency_group__in=groups).values("pk")
        if chosen.get("agency") or chosen.get("role"):
            queryset = queryset.filter(pk__in=holders)
        if chosen.get("is_working") is not None:
            working = User.objects.filter(is_active=True, pk__in=holders).values("pk")
            queryset = queryset.filter(pk__in=working) if chosen["is_working"] else queryset.exclude(pk__in=working)
        return self._in_state(queryset, chosen.get("second_factor"))

    def _in_state(self, queryset, state):
        if not state:
            return queryset
        if state == SecondFactorState.SET_UP:
            return queryset.filter(has_device=True)
        groups = AgencyGroup.objects.filter(agency__in=self.agencies, role__in=SENSITIVE)
        needing = User.objects.filter(Q(is_superuser=True) | Q(groups__agency_group__in=groups), is_active=True)
        queryset = queryset.filter(has_device=False)
        is_required = Q(pk__in=needing.values("pk"))
        return queryset.filter(is_required if state == SecondFactorState.MISSING else ~is_required)


class PersonIndexView(DisarmedExport, PeopleScreen, generic.IndexView):
    # The menu asks by it whether to show the entry.
    any_permission_required = ["add", "change", "view"]
    page_title = gettext_lazy("People")
    add_item_label = gettext_lazy("Add a person")
    search_fields = ["full_name", "username", "email"]
    search_backend_name = None
    filterset_class = PersonFilterSet
    default_ordering = "full_name"
    table_classname = "listing people-list"
    list_export = ["full_name", "username", "job_title", "email", "roles", "state", "second_factor", "last_login"]
    export_filename = "nguoi-dung"

    @property
    def export_headings(self):
        return {
            "roles": _("Roles"),
            "last_login": _("Last sign-in"),
            "state": _("State"),
            "second_factor": _("Second factor"),
        }

    @cached_property
    def columns(self):
        return [
            TitleColumn("full_name", label=_("Name"), accessor=str, sort_key="full_name", get_url=self.get_edit_url),
            Column("username", label=_("Sign-in name"), sort_key="username", classname="people-detail"),
            Column("roles", label=_("Roles"), accessor=self.roles_of),
            StatusTagColumn("state", label=_("State"), accessor=self.state_of, primary=self.is_working),
            StatusTagColumn(
                "second_factor",
                label=_("Second factor"),
                accessor=lambda person: self.second_factor_of(person).label,
                primary=lambda person: person.has_device,
            ),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login", classname="people-detail"),
        ]

    def get_base_queryset(self):
        shown = Group.objects.filter(agency_group__agency__in=agencies_with_visible_people(self.request.user))
        return (
            with_device(visible_people(self.request.user))
            .select_related("wagtail_userprofile")
            .prefetch_related(
                # Roles in agencies of others are no business of the reader: they are not even fetched.
                Prefetch("groups", queryset=shown.select_related("agency_group__agency"), to_attr="shown_groups")
            )
        )

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        # Folded here, because no database of ours compares Vietnamese letters without their accents.
        words = fold(self.search_query).split()
        rows = queryset.order_by().prefetch_related(None).values_list("pk", *self.search_fields)
        found = [pk for pk, *texts in rows if all(word in fold(" ".join(texts)) for word in words)]
        return queryset.filter(pk__in=found)

    def get_list_more_buttons(self, instance):
        return []

    def get_edit_url(self, instance):
        # Who only reads gets the same address, without a form.
        return reverse(self.edit_url_name, args=[instance.pk])

    @cached_property
    def names_agencies(self):
        return len(agencies_with_visible_people(self.request.user)[:2]) > 1

    def roles_of(self, person):
        entries = sorted(
            (group.agency_group for group in person.shown_groups), key=lambda entry: (entry.agency.position, entry.pk)
        )
        if person.is_superuser and reads_everywhere(self.request.user):
            return _("operator of the whole install")
        if self.names_agencies:
            return "; ".join(f"{entry.agency.display_name}: {entry}" for entry in entries)
        return capfirst(", ".join(str(entry) for entry in entries))

    def is_working(self, person):
        return person.is_active and bool(person.shown_groups or person.is_superuser)

    def state_of(self, person):
        if not person.is_active:
            return _("account closed")
        if not self.is_working(person):
            return _("no role here")
        return _("working") if person.last_login else _("has never signed in")

    def second_factor_of(self, person):
        return state_of_second_factor(person, [group.agency_group for group in person.shown_groups])

    def to_row_dict(self, item):
        item.roles, item.state = self.roles_of(item), self.state_of(item)
        item.second_factor = self.second_factor_of(item).label
        return super().to_row_dict(item)
