"""Setting a second factor up: a picture for the app, the secret to type, one code as proof; then codes on paper."""

import base64

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.totp.internal.flows import activate_totp
from django.contrib import messages
from django.db import transaction
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import FormView

from ..adapters import NEXT
from ..enums import SecondFactorAction
from ..forms import EnrolForm
from ..services.second_factor import forget_device, has_second_factor, keep_last_step, tell
from ..services.sessions import end_sessions, note_second_factor, owes_second_factor


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class EnrolView(FormView):
    """Sets up a first device on the way in, or another one in its place."""

    form_class = EnrolForm
    template_name = "accounts/enrol.html"
    success_url = reverse_lazy("mfa_view_recovery_codes")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        secret, adapter = context["form"].secret, get_adapter()
        picture = adapter.build_totp_svg(adapter.build_totp_url(self.request.user, secret))
        return context | {
            "picture": _data_address("image/svg+xml", picture),
            "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            "is_first": owes_second_factor(self.request.session, self.request.user),
            "is_moving": has_second_factor(self.request.user),
        }

    def form_valid(self, form):
        request, user = self.request, self.request.user
        with transaction.atomic():
            action = SecondFactorAction.REPLACED if forget_device(user) else SecondFactorAction.ENROLLED
            device, _codes = activate_totp(request, form)
            # The code that sets the device up is used up: it must not open the door a second time.
            keep_last_step(device, form.step)
        note_second_factor(request.session, user, device.type)
        tell(user, action, by=user, request=request)
        end_sessions(user, by=user, request=request, but=request.session.session_key)
        return super().form_valid(form)


class RecoveryCodesView(recovery_views.ViewRecoveryCodesView):
    """Shows the recovery codes, this once."""

    template_name = "accounts/recovery_codes.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        codes = [_in_groups(code) for code in context["unused_codes"]]
        title = _("Recovery codes of %(username)s") % {"username": self.request.user.username}
        return context | {
            "codes": codes,
            "sheet": _data_address("text/plain", "\n".join([title, "", *codes, ""])),
            "next": self.request.session.pop(NEXT, "") or reverse("account_security"),
        }


class RenewCodesView(recovery_views.GenerateRecoveryCodesView):
    """Makes ten new recovery codes; those on the old paper are void."""

    template_name = "accounts/renew_codes.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        user = self.request.user
        tell(user, SecondFactorAction.CODES_RENEWED, by=user, request=self.request)
        return response


class RemoveSecondFactorView(totp_views.DeactivateTOTPView):
    """Takes the second factor away, from accounts that may do without."""

    template_name = "accounts/remove_second_factor.html"
    success_url = reverse_lazy("account_security")

    def form_valid(self, form):
        response = super().form_valid(form)
        request, user = self.request, self.request.user
        tell(user, SecondFactorAction.REMOVED, by=user, request=request)
        end_sessions(user, by=user, request=request, but=request.session.session_key)
        messages.success(request, _("The second factor was removed."))
        return response


def _in_groups(code):
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _data_address(kind, text):
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"
