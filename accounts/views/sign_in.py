"""The one door for staff: name and password, then, where it is due, the code of the second factor."""

from http import HTTPStatus

from allauth.account import views as allauth_views
from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.base import views as mfa_views
from django.shortcuts import redirect, render

from ..counting import THROTTLED
from ..forms import AskCodeForm, AskPasswordForm, CodeForm, SignInForm
from ..services.sessions import note_second_factor, owes_second_factor
from ..single_sign_on.providers import providers


class SignInView(allauth_views.LoginView):
    """Asks for name and password; the answer to a wrong one does not tell which of the two was wrong."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        if owes_second_factor(request.session, request.user):
            return redirect("mfa_activate_totp")
        # Not on to `next`: who was sent here from a page that is not for this account would be sent for ever.
        return render(request, "accounts/signed_in_already.html", {"person": request.user})

    def get_context_data(self, **kwargs):
        context = super().get_context_data(providers=providers(), **kwargs)
        # As far as it stays on this portal; allauth shows what was typed.
        return context | {"redirect_field_value": self.get_next_url()}

    def form_invalid(self, form):
        return _with_status(super().form_invalid(form), form)


class CodeView(mfa_views.AuthenticateView):
    """Asks for the code of the device, or for a recovery code."""

    form_class = CodeForm
    template_name = "accounts/code.html"

    def dispatch(self, request, *args, **kwargs):
        stage = get_pending_stage(request)
        if stage is not None and not stage.is_good:
            return stage.abort()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        # Before the session begins, which asks for it.
        note_second_factor(self.request.session, self.stage.login.user, form.authenticator.type)
        return super().form_valid(form)

    def form_invalid(self, form):
        return _with_status(super().form_invalid(form), form)


class SignOutView(allauth_views.LogoutView):
    template_name = "accounts/sign_out.html"


class AskPasswordView(allauth_views.ReauthenticateView):
    """Who sits at the screen, before what protects the account is changed: for who has no device."""

    form_class = AskPasswordForm
    template_name = "accounts/ask_again.html"


class AskCodeView(mfa_views.ReauthenticateView):
    """The same for who has one."""

    form_class = AskCodeForm
    template_name = "accounts/ask_again.html"


def _with_status(response, form):
    if any(error.code == THROTTLED for errors in form.errors.as_data().values() for error in errors):
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return response
