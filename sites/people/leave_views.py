"""Letting a person go, and taking one back."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from sites.models import AgencyGroup, Departure
from sites.permissions import manages_account, visible_people

from .forms import HandOverForm, RolesField, grantable_groups
from .link_views import keep_link
from .refusals import refuse_foreign_choices, refuse_forged_fields, refusing
from .screens import OfOneAgency, OfOnePerson, PeopleScreen
from .services import is_last_administrator, let_go, take_back
from .work import heirs_of, work_in_hand


class _LeavingScreen(PeopleScreen, OfOneAgency, OfOnePerson, WagtailAdminTemplateMixin, TemplateView):
    def dispatch(self, request, *args, **kwargs):
        people = visible_people(request.user).exclude(pk=request.user.pk)
        self.person = get_object_or_404(people, pk=kwargs["pk"])
        if self.agency is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def sent(self):
        return self.request.POST if self.request.method == "POST" else None

    @cached_property
    def departure(self):
        return Departure.objects.filter(person=self.person, agency=self.agency).first()

    @cached_property
    def held(self):
        return AgencyGroup.objects.held_by(self.person).filter(agency=self.agency)


class LeaveView(_LeavingScreen):
    """Asks, says what follows and what the person has in hand; after that, keeps showing what is to be handed over."""

    template_name = "sites/people/leave.html"
    page_title = gettext_lazy("Let go")

    def get_context_data(self, **kwargs):
        if not self.held.exists() and self.departure is None:
            raise Http404
        return super().get_context_data(
            person=self.person,
            agency=self.agency,
            is_here=self.held.exists(),
            departure=self.departure,
            closes=manages_account(self.request.user, self.person) and not self.belongs_elsewhere,
            is_last=is_last_administrator(self.person, self.agency),
            work=work_in_hand(self.person, self.agency),
            form=self.form,
            **kwargs,
        )

    @cached_property
    def form(self):
        return HandOverForm(self.sent, heirs=heirs_of(self.person, self.agency))

    @cached_property
    def belongs_elsewhere(self):
        return AgencyGroup.objects.held_by(self.person).exclude(agency=self.agency).exists()

    def post(self, request, *args, **kwargs):
        refuse_forged_fields(request, self.form)
        refuse_foreign_choices(request, self.form, "heir", get_user_model().objects)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            with refusing(request):
                let_go(person=self.person, agency=self.agency, by=request.user, heir=self.form.cleaned_data["heir"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("%(name)s no longer has a role here.") % {"name": self.person})
        return redirect(request.get_full_path())


class TakeBackForm(forms.Form):
    roles = RolesField(None, label=gettext_lazy("Roles"))

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].queryset = groups


class TakeBackView(_LeavingScreen):
    """Opens the account again, with roles chosen anew, and sends a link for a new password."""

    template_name = "sites/people/take_back.html"
    page_title = gettext_lazy("Take back")

    def get_form(self):
        groups = grantable_groups(self.request.user, self.agency)
        initial = {"roles": self.departure.groups.all()}
        return TakeBackForm(self.sent, groups=groups, initial=initial)

    def get_context_data(self, **kwargs):
        if self.departure is None:
            raise Http404
        kwargs.setdefault("form", self.get_form())
        allowed = manages_account(self.request.user, self.person)
        return super().get_context_data(person=self.person, agency=self.agency, is_allowed=allowed, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.departure is None:
            raise Http404
        form = self.get_form()
        refuse_forged_fields(request, form)
        refuse_foreign_choices(request, form, "roles", AgencyGroup.objects)
        was_closed = not self.person.is_active
        if form.is_valid():
            try:
                with refusing(request):
                    groups = form.cleaned_data["roles"]
                    take_back(person=self.person, agency=self.agency, groups=groups, by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
        if form.errors:
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("%(name)s works here again.") % {"name": self.person})
        if was_closed:
            keep_link(request, self.person, self.agency)
            return redirect("wagtailusers_users:link", self.person.pk)
        return redirect("wagtailusers_users:edit", self.person.pk)
