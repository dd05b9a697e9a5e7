"""The page "Security of your account": password, second factor, recovery codes and sessions of who is signed in."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from ..permissions import must_use_second_factor
from ..services.identities import identities_of
from ..services.second_factor import codes_left, has_second_factor
from ..services.sessions import end_session, end_sessions, sessions_of
from ..user_agents import device_in_words


class SecurityView(LoginRequiredMixin, TemplateView):
    """Shows what protects the account, and where it is signed in."""

    template_name = "accounts/security.html"

    def get_context_data(self, **kwargs):
        user, key = self.request.user, self.request.session.session_key
        sessions = [
            {"session": entry, "device": device_in_words(entry.user_agent), "is_this": entry.session_key == key}
            for entry in sessions_of(user)
        ]
        return super().get_context_data(
            person=user,
            has_password=user.has_usable_password(),
            has_second_factor=has_second_factor(user),
            must_use_second_factor=must_use_second_factor(user),
            codes_left=codes_left(user),
            identities=identities_of(user),
            sessions=sorted(sessions, key=lambda entry: not entry["is_this"]),
            **kwargs,
        )


class EndSessionView(LoginRequiredMixin, View):
    """Ends one of the own sessions; another person's is nobody's business."""

    http_method_names = ["post"]

    def post(self, request, pk):
        entry = UserSession.objects.filter(user=request.user, pk=pk).first()
        if entry is None:
            raise Http404(_("This session has ended already."))
        is_this = entry.session_key == request.session.session_key
        end_session(entry, by=request.user, request=request)
        if is_this:
            request.session.flush()
            return redirect("account_login")
        messages.success(request, _("The session has ended."))
        return redirect("account_security")


class EndOtherSessionsView(LoginRequiredMixin, View):
    """Ends all own sessions but this one."""

    http_method_names = ["post"]

    def post(self, request):
        count = end_sessions(request.user, by=request.user, request=request, but=request.session.session_key)
        text = ngettext("%(count)s other session has ended.", "%(count)s other sessions have ended.", count)
        messages.success(request, text % {"count": count})
        return redirect("account_security")
