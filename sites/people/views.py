"""Adding a person, changing name and roles."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.utils import set_query_params
from wagtail.admin.views import generic

from accounts.services.second_factor import with_device
from sites.models import Agency, AgencyGroup
from sites.permissions import (
    administered_agencies,
    administers_any,
    agencies_with_visible_people,
    is_auditor,
    manages_account,
    manages_all_people,
    reads_everywhere,
    sees_sign_in,
    visible_people,
)

from .forms import FurtherAgencyForm, PersonForm
from .link_views import keep_link
from .refusals import ROLES_PREFIX, refuse_foreign_choices, refuse_forged_fields, refusing
from .screens import OfOneAgency, PeopleScreen
from .second_factors import state_of_second_factor
from .services import add_person, change_account, set_roles
from .twins import find_twin

User = get_user_model()


class ExplainedSaveMixin:
    """Refuses forged forms, and shows what an act refuses with a reason beside the form."""

    def is_valid(self, form):
        refuse_forged_fields(self.request, form)
        for name in form.fields:
            if name.startswith(ROLES_PREFIX):
                refuse_foreign_choices(self.request, form, name, AgencyGroup.objects)
        return super().is_valid(form)

    def form_valid(self, form):
        try:
            with refusing(self.request):
                return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
        except IntegrityError:
            # Somebody else took the name between the check and the writing.
            form.add_error("username", _("This sign-in name is taken. Choose another one, for example with a number."))
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)


class PersonCreateView(ExplainedSaveMixin, PeopleScreen, OfOneAgency, generic.CreateView):
    page_title = gettext_lazy("Add a person")
    success_message = None
    template_name = "sites/people/person_form.html"

    def dispatch(self, request, *args, **kwargs):
        if not administers_any(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self):
        return ["sites/people/choose_agency.html"] if self.agency is None else [self.template_name]

    def get_page_subtitle(self):
        return _("Person at %(agency)s") % {"agency": self.agency.display_name} if self.agency else _("a person")

    def get_form_class(self):
        return PersonForm if self.agency else FurtherAgencyForm

    def get_form_kwargs(self):
        if self.agency is None:
            return {"agencies": self.agencies}
        return super().get_form_kwargs() | {"by": self.request.user, "agencies": [self.agency]}

    def post(self, request, *args, **kwargs):
        if self.agency is None:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            person=None, is_self=False, may_save=True, further_form=None, only_reads=False, **kwargs
        )

    def get_add_url(self):
        return set_query_params(super().get_add_url(), {"agency": self.agency.pk if self.agency else None})

    def form_invalid(self, form):
        twin = self.agency and find_twin(form, self.agency, self.request.user)
        if twin:
            # The second of two clicks: the first has added the person.
            return redirect("wagtailusers_users:link", twin.pk)
        return super().form_invalid(form)

    def save_instance(self):
        groups = self.form.groups_of(self.agency)
        return add_person(person=self.form.instance, agency=self.agency, groups=groups, by=self.request.user)

    def save_action(self):
        keep_link(self.request, self.object, self.agency)
        return redirect("wagtailusers_users:link", self.object.pk)


class PersonEditView(ExplainedSaveMixin, PeopleScreen, generic.EditView):
    """What a person is and may do; who may change less of it sees less of the form, or only reads."""

    page_title = gettext_lazy("Account of a person")
    success_message = gettext_lazy("“%(object)s” was saved.")
    error_message = gettext_lazy("The person could not be saved.")
    template_name = "sites/people/person_form.html"
    # Not "user": that is the reader, whom the frame of the page shows.
    context_object_name = "person"

    def get_queryset(self):
        return with_device(visible_people(self.request.user))

    def dispatch(self, request, *args, **kwargs):
        if request.method not in {"GET", "HEAD"} and is_auditor(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def is_self(self):
        return self.object.pk == self.request.user.pk

    @cached_property
    def is_account_open(self):
        return manages_account(self.request.user, self.object) and not is_auditor(self.request.user)

    @cached_property
    def agencies(self):
        """The agencies whose roles the form shows: the person's, and one more that the province chose."""
        administered = administered_agencies(self.request.user)
        if self.is_self:
            return []
        theirs = list(administered.filter(groups__in=AgencyGroup.objects.held_by(self.object)).distinct())
        if self.further_agency and self.further_agency not in theirs:
            theirs.append(self.further_agency)
        return theirs

    @cached_property
    def further_agency(self):
        wanted = self.request.GET.get("agency")
        if not wanted:
            return None
        if not manages_all_people(self.request.user) or not wanted.isdecimal():
            raise Http404
        agency = administered_agencies(self.request.user).filter(pk=int(wanted)).first()
        if agency is None:
            raise Http404
        return agency

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "by": self.request.user,
            "agencies": self.agencies,
            "is_account_open": self.is_account_open,
        }

    def get_edit_url(self):
        further = self.further_agency.pk if self.further_agency else None
        return set_query_params(super().get_edit_url(), {"agency": further})

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["held"] = self.held
        context["second_factor"] = state_of_second_factor(self.object, self.held)
        context["acts"] = list(self.further_acts)
        context["departures"] = self.departures
        context["is_self"] = self.is_self
        context["is_account_open"] = self.is_account_open
        context["only_reads"] = is_auditor(self.request.user)
        context["may_save"] = bool(context["form"].fields)
        context["further_form"] = None
        if manages_all_people(self.request.user) and not self.is_self:
            others = Agency.objects.with_portal().exclude(pk__in=[agency.pk for agency in self.agencies])
            context["further_form"] = FurtherAgencyForm(agencies=others)
        return context

    @cached_property
    def departures(self):
        agencies = agencies_with_visible_people(self.request.user)
        return self.object.departures.filter(agency__in=agencies).select_related("agency")

    def get_side_panels(self):
        # Wagtail's panel names whoever changed this last, who may be of another agency.
        return MediaContainer([])

    can_delete = False

    @property
    def further_acts(self):
        """What else may be done: on the page itself, since the bar at the top has no room on a phone."""
        person = self.object
        if sees_sign_in(self.request.user, person):
            yield {"label": _("Sign-in and security"), "url": reverse("wagtailusers_users:sign_in", args=[person.pk])}
        elif self.is_self:
            yield {"label": _("Security of your account"), "url": reverse("account_security")}
        if self.is_account_open and not self.is_self and person.is_active:
            yield {"label": _("Password link"), "url": reverse("wagtailusers_users:link", args=[person.pk])}
        address = reverse("wagtailusers_users:leave", args=[person.pk])
        here = {group.agency_id for group in self.held}
        for agency in (agency for agency in self.agencies if agency.pk in here):
            label = _("Let go: %(agency)s") % {"agency": agency.display_name} if len(here) > 1 else _("Let go")
            yield {"label": label, "url": set_query_params(address, {"agency": agency.pk})}

    @cached_property
    def held(self):
        """The roles that the reader may know of, each agency's together."""
        groups = AgencyGroup.objects.held_by(self.object).select_related("agency")
        groups = groups.filter(agency__in=agencies_with_visible_people(self.request.user))
        return list(groups.order_by("agency__position", "agency", "pk"))

    def get_history_url(self):
        return super().get_history_url() if reads_everywhere(self.request.user) else None

    def save_instance(self):
        form, by = self.form, self.request.user
        if self.is_account_open:
            change_account(person=form.instance, by=by)
        # In one order, so that two who change the same agencies don't wait for each other.
        for agency in sorted(self.agencies, key=lambda agency: agency.pk):
            set_roles(person=form.instance, agency=agency, groups=form.groups_of(agency), by=by)
        return form.instance


class PersonHistoryView(PeopleScreen, generic.HistoryView):
    """Who changed what of an account: names people of any agency, so it is for those who read everywhere."""

    def dispatch(self, request, *args, **kwargs):
        if not reads_everywhere(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)
