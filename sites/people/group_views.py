"""The groups of an agency: those of the roles, which are shown, and further ones, which its administrator makes."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.utils import set_query_params
from wagtail.admin.views import generic
from wagtail.models import Page

from sites.enums import Role
from sites.models import AgencyGroup
from sites.permissions import administered_agencies, administers, administers_any, agencies_with_visible_people

from .forms import AgencyGroupForm, FurtherAgencyForm
from .group_services import delete_group, save_group
from .refusals import refuse_foreign_choices, refuse_forged_fields, refusing
from .screens import OfOneAgency, PeopleScreen


def visible_groups(user):
    """Return the groups of the agencies whose people somebody sees; groups of no agency are nobody's."""
    groups = Group.objects.filter(agency_group__agency__in=agencies_with_visible_people(user))
    return groups.select_related("agency_group__agency__site__root_page", "agency_group__agency__collection")


class GroupIndexView(PeopleScreen, generic.IndexView):
    # The menu asks by it whether to show the entry.
    any_permission_required = ["add", "change", "view"]
    page_title = gettext_lazy("Groups")
    add_item_label = gettext_lazy("Add a group")
    search_fields = ["name", "agency_group__agency__name_vi"]
    search_backend_name = None
    table_classname = "listing people-list"
    default_ordering = ("agency_group__agency__position", "agency_group__name", "agency_group__pk")

    @cached_property
    def columns(self):
        columns = [
            TitleColumn(
                "name",
                label=_("Group"),
                accessor=lambda group: capfirst(str(group.agency_group)),
                get_url=self.get_edit_url,
            ),
            Column("role", label=_("Role"), accessor=lambda group: capfirst(group.agency_group.get_role_display())),
            Column("where", label=_("Where"), accessor=where),
            NumberColumn("members", label=_("Members"), accessor="members", classname="people-detail"),
        ]
        if len(agencies_with_visible_people(self.request.user)[:2]) > 1:
            columns.insert(1, Column("agency", label=_("Agency"), accessor="agency_group.agency.display_name"))
        return columns

    def get_base_queryset(self):
        groups = visible_groups(self.request.user).annotate(members=Count("user"))
        return groups.prefetch_related("agency_group__sections")

    def get_edit_url(self, instance):
        return reverse(self.edit_url_name, args=[instance.pk])


def where(group) -> str:
    """Say for which part of the portal a group is good."""
    if not group.agency_group.is_limited:
        return _("the whole portal")
    return ", ".join(page.title for page in group.agency_group.sections.all()) or _("no section any more")


class _GroupFormMixin:
    """Saves a group through its act, and shows what that refuses beside the form."""

    template_name = "sites/people/group_form.html"

    def is_valid(self, form):
        refuse_forged_fields(self.request, form)
        refuse_foreign_choices(self.request, form, "sections", Page.objects)
        refuse_foreign_choices(self.request, form, "members", get_user_model().objects)
        return super().is_valid(form)

    def form_valid(self, form):
        try:
            with refusing(self.request):
                return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self):
        form = self.form
        form.instance.name = form.cleaned_data["name"]
        sections = form.cleaned_data["sections"]
        group = save_group(
            group=form.instance, sections=list(sections), members=form.chosen_members(), by=self.request.user
        )
        return group.group

    def get_side_panels(self):
        return MediaContainer([])


class GroupCreateView(_GroupFormMixin, PeopleScreen, OfOneAgency, generic.CreateView):
    page_title = gettext_lazy("Add a group")
    success_message = gettext_lazy("The group was made.")

    def dispatch(self, request, *args, **kwargs):
        if not administers_any(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self):
        return ["sites/people/choose_agency.html"] if self.agency is None else [self.template_name]

    def get_page_subtitle(self):
        return _("Group at %(agency)s") % {"agency": self.agency.display_name} if self.agency else _("group")

    def get_form_class(self):
        return AgencyGroupForm if self.agency else FurtherAgencyForm

    def get_form_kwargs(self):
        if self.agency is None:
            return {"agencies": self.agencies}
        kwargs = super().get_form_kwargs()
        kwargs["instance"] = AgencyGroup(agency=self.agency)
        return kwargs | {"by": self.request.user, "agency": self.agency}

    def post(self, request, *args, **kwargs):
        if self.agency is None:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_add_url(self):
        return set_query_params(super().get_add_url(), {"agency": self.agency.pk if self.agency else None})

    def get_success_buttons(self):
        return []


class GroupEditView(_GroupFormMixin, PeopleScreen, generic.EditView):
    """A group that may be changed as a form; one that may not, in words."""

    page_title = gettext_lazy("Group")
    success_message = gettext_lazy("“%(object)s” was saved.")
    error_message = gettext_lazy("The group could not be saved.")
    context_object_name = "group"

    def get_queryset(self):
        return visible_groups(self.request.user)

    def get_object(self, queryset=None):
        group = super().get_object(queryset)
        if self.request.method not in {"GET", "HEAD"} and not self.is_open(group):
            raise Http404
        return group

    def is_open(self, group):
        return not group.agency_group.is_fixed and administers(self.request.user, group.agency_group.agency)

    def get_template_names(self):
        return [self.template_name] if self.is_open(self.object) else ["sites/people/group.html"]

    def get_page_subtitle(self):
        return capfirst(str(self.object.agency_group))

    def get_form_class(self):
        return AgencyGroupForm

    def get_form_kwargs(self):
        entry = self.object.agency_group
        kwargs = super().get_form_kwargs()
        kwargs["instance"] = entry
        return kwargs | {"by": self.request.user, "agency": entry.agency}

    def get_success_message(self):
        return self.success_message % {"object": self.object.agency_group}

    def get_context_data(self, **kwargs):
        entry = self.object.agency_group
        members = self.object.user_set.order_by("full_name", "username")
        return super().get_context_data(
            entry=entry, duties=Role(entry.role).duties, where=where(self.object), members=members, **kwargs
        )

    @cached_property
    def can_delete(self):
        return self.is_open(self.object)


class GroupDeleteView(PeopleScreen, generic.DeleteView):
    page_title = gettext_lazy("Delete group")
    confirmation_message = gettext_lazy(
        "Are you sure you want to delete this group? Its members keep their other roles."
    )

    def get_queryset(self):
        named = AgencyGroup.objects.named().filter(agency__in=administered_agencies(self.request.user))
        return visible_groups(self.request.user).filter(agency_group__in=named)

    def get_page_subtitle(self):
        return str(self.object.agency_group)

    def form_valid(self, form):
        try:
            with refusing(self.request):
                delete_group(group=self.object.agency_group, by=self.request.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect("wagtailusers_groups:edit", self.object.pk)
        messages.success(self.request, _("The group was deleted."))
        return redirect("wagtailusers_groups:index")
