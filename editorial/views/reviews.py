"""Inviting outside reviewers, reading their remarks, and taking an invitation back."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from core.addresses import root_address
from editorial.forms import InviteForm
from editorial.models import ReviewInvitation
from editorial.permissions import may_invite
from editorial.services.reviews import invite, revoke
from editorial.things import act_address

from .acts import ActView


class ReviewersView(ActView):
    """Shows who was asked about a draft and what they remarked, and asks somebody else."""

    template_name = "editorial/admin/reviewers.html"
    form_class = InviteForm
    page_title = gettext_lazy("Outside reviewers")
    header_icon = "comment"
    link = ""

    def is_allowed(self):
        return may_invite(self.request.user, self.thing)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "thing": self.thing}

    def form_valid(self, form):
        # No redirect: the link is shown on this one answer and stored nowhere.
        invitation, token = invite(thing=self.thing, user=self.request.user, **form.cleaned_data)
        agency = invitation.agency
        root = root_address(agency.code, agency.site.hostname, self.request)
        self.link = root + reverse("review", args=[token])
        messages.success(self.request, _("%(name)s was invited by mail.") % {"name": invitation.name})
        return self.render_to_response(self.get_context_data(form=InviteForm(thing=self.thing)))

    def get_context_data(self, **kwargs):
        now = timezone.now()
        invitations = list(
            ReviewInvitation.objects.of(self.thing).select_related("invited_by", "revision").prefetch_related("remarks")
        )
        for invitation in invitations:
            invitation.works = invitation.is_open(now)
        return super().get_context_data(invitations=invitations, link=self.link, **kwargs)


class RevokeView(View):
    """Lets one link work no more."""

    http_method_names = ["post"]

    def post(self, request, pk):
        invitation = get_object_or_404(ReviewInvitation, pk=pk)
        thing = invitation.subject
        if thing is None or not may_invite(request.user, thing):
            raise Http404
        revoke(invitation=invitation, user=request.user)
        messages.success(request, _("The link of %(name)s works no more.") % {"name": invitation.name})
        return redirect(act_address("reviewers", thing))
