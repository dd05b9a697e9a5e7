"""What a person signs in with and where the person is signed in; and the acts of help with it."""

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.services.identities import LONGEST_SUBJECT, identities_of, name_of_provider
from accounts.services.second_factor import codes_left, with_device
from accounts.services.sessions import sessions_of
from accounts.single_sign_on.providers import providers
from accounts.user_agents import device_in_words
from sites.models import AgencyGroup
from sites.permissions import agencies_with_visible_people, manages_sign_in, sees_sign_in, visible_people

from .refusals import refuse_forged_fields, refusing
from .screens import OfOnePerson, PeopleScreen
from .second_factors import state_of_second_factor
from .sign_in_services import end_session, end_sessions, record_identity, remove_identity, reset_second_factor


class IdentityForm(forms.Form):
    """By which name a provider knows a person."""

    provider = forms.ChoiceField(label=gettext_lazy("Provider"))
    subject = forms.CharField(
        label=gettext_lazy("Identity"),
        max_length=LONGEST_SUBJECT,
        help_text=gettext_lazy(
            "What the provider calls this person (the claim “sub”); its administrator or the person can tell."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = [(provider.id, provider.name) for provider in providers()]
        # As wide as the window at most, however long a name is.
        self.fields["provider"].widget.attrs["class"] = "w-w-full"
        self.fields["subject"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class _SignInScreen(PeopleScreen, OfOnePerson, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "key"
    # Whether the screen is only an act, which does not exist for those who merely read.
    is_act = True

    def dispatch(self, request, *args, **kwargs):
        self.person = get_object_or_404(with_device(visible_people(request.user)), pk=kwargs["pk"])
        is_open = manages_sign_in if self.is_act or request.method == "POST" else sees_sign_in
        if not is_open(request.user, self.person):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)

    def done(self):
        return redirect("wagtailusers_users:sign_in", self.person.pk)

    def act(self, act, **words) -> bool:
        """Do it and return True, or say why not."""
        try:
            with refusing(self.request):
                self.result = act(person=self.person, by=self.request.user, request=self.request, **words)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return False
        return True


class SignInView(_SignInScreen):
    """Second factor, identities and sessions of one person; a form records one more identity."""

    template_name = "sites/people/sign_in.html"
    page_title = gettext_lazy("Sign-in and security")
    is_act = False

    @cached_property
    def form(self):
        return IdentityForm(self.request.POST if self.request.method == "POST" else None)

    def get_context_data(self, **kwargs):
        person = self.person
        entries = AgencyGroup.objects.held_by(person).filter(agency__in=agencies_with_visible_people(self.request.user))
        sessions = [{"entry": entry, "device": device_in_words(entry.user_agent)} for entry in sessions_of(person)]
        return super().get_context_data(
            second_factor=state_of_second_factor(person, entries),
            codes_left=codes_left(person),
            identities=identities_of(person),
            has_providers=bool(providers()),
            sessions=sessions,
            form=self.form,
            may_act=manages_sign_in(self.request.user, person),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        refuse_forged_fields(request, self.form)
        if self.form.is_valid():
            try:
                with refusing(request):
                    words = self.form.cleaned_data
                    record_identity(person=self.person, by=request.user, request=request, **words)
            except ValidationError as error:
                self.form.add_error("subject", error)
            else:
                messages.success(request, _("The identity was recorded, and the person told by mail."))
                return self.done()
        return self.render_to_response(self.get_context_data())


class ResetSecondFactorView(_SignInScreen):
    """Asks, and says what follows; then the person signs in with the password alone and sets up a new device."""

    template_name = "sites/people/reset_second_factor.html"
    page_title = gettext_lazy("Reset the second factor")

    def post(self, request, *args, **kwargs):
        if self.act(reset_second_factor):
            if self.person.email:
                text = _("The second factor of %(name)s was reset, and the person told by mail.")
            else:
                text = _("The second factor of %(name)s was reset. No mail address is recorded: tell the person.")
            messages.success(request, text % {"name": self.person})
        return self.done()


class RemoveIdentityView(_SignInScreen):
    template_name = "sites/people/remove_identity.html"
    page_title = gettext_lazy("Remove an identity")

    @cached_property
    def identity(self):
        return get_object_or_404(SocialAccount, pk=self.kwargs["identity_id"], user=self.person)

    def get_context_data(self, **kwargs):
        return super().get_context_data(identity=self.identity, provider=name_of_provider(self.identity), **kwargs)

    def post(self, request, *args, **kwargs):
        if self.act(remove_identity, identity=self.identity):
            messages.success(request, _("The identity was removed, and all sessions of the person have ended."))
        return self.done()


class EndSessionView(_SignInScreen):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        entry = UserSession.objects.filter(user=self.person, pk=kwargs["session_pk"]).first()
        if entry is None:
            # Two clicks, or it has ended by itself: what was wanted is so.
            messages.success(request, _("This session has ended already."))
        elif self.act(end_session, entry=entry):
            messages.success(request, _("The session has ended."))
        return self.done()


class EndSessionsView(_SignInScreen):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if self.act(end_sessions):
            text = ngettext("%(count)s session has ended.", "%(count)s sessions have ended.", self.result)
            messages.success(request, text % {"count": self.result})
        return self.done()
