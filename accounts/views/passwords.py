"""A forgotten password: a link by mail, with the same answer for whatever address is typed. Changing a known one."""

from http import HTTPStatus

from allauth.account import views as allauth_views
from django.contrib import messages
from django.http import Http404
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from ..devices import remember_device
from ..forms import ChangePasswordForm, ForgottenPasswordForm, NewPasswordForm


class ForgottenPasswordView(allauth_views.PasswordResetView):
    form_class = ForgottenPasswordForm
    template_name = "accounts/forgotten_password.html"


class ForgottenPasswordDoneView(allauth_views.PasswordResetDoneView):
    template_name = "accounts/reset_asked.html"


class NewPasswordView(allauth_views.PasswordResetFromKeyView):
    """Lets the reader of the mail choose a new password; the second factor is asked as ever afterwards."""

    form_class = NewPasswordForm
    template_name = "accounts/new_password.html"
    success_url = reverse_lazy("account_login")

    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, _("Your new password is set. Please sign in with it."))
        # Who reads the mail of the account is its owner: a stranger's wrong passwords no longer hold him up.
        remember_device(self.request, response, self.reset_user.username)
        return response

    def render_to_response(self, context, **kwargs):
        if context.get("token_fail"):
            kwargs |= {"status": HTTPStatus.NOT_FOUND}
        return super().render_to_response(context, **kwargs)


class ChangePasswordView(allauth_views.PasswordChangeView):
    """Changes the own password, for who knows the present one; all other sessions end with the old one."""

    form_class = ChangePasswordForm
    template_name = "accounts/change_password.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise Http404(_("Your account has no password: you sign in with single sign-on."))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, _("Your password was changed. Your other sessions have ended."))
        return response
