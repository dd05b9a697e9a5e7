"""Mails about editorial work, in Vietnamese, with links to the portal of the agency; none goes to operators."""

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

from core.addresses import root_address
from sites.enums import Role
from sites.models import Agency

from .ownership import agency_of
from .permissions import may_approve
from .things import act_address

LANGUAGE = "vi"
SUBJECTS = {
    "submitted": _("Waiting for approval: %(title)s"),
    "overdue": _("Approval is due: %(title)s"),
    "forced": _("Published without approval: %(title)s"),
    "invitation": _("Please read a draft: %(title)s"),
    "remark": _("Remark on a draft: %(title)s"),
}


def tell_approvers(state, submitter) -> None:
    """Tell the approvers of the agency that a draft waits; those who want no such mails and the submitter get none."""
    thing = state.revision.content_object
    agency = agency_of(thing)
    people = [
        user
        for user in members(agency, Role.APPROVER)
        if user.pk != submitter.pk and may_approve(user, thing) and _wants(user, "submitted")
    ]
    context = {"title": state.revision.object_str, "person": str(submitter), "state": state}
    context["address"] = portal_address(agency) + act_address("decide", thing)
    _send(people, "submitted", state.revision.object_str, context)


def tell_administrators(forced) -> None:
    """Tell the administrators of the agency that something was published without a second person."""
    context = {"forced": forced, "address": admin_address(forced.agency, "editorial:forced_report")}
    people = members(forced.agency, Role.ADMINISTRATOR)
    _send(people, "forced", forced.title, context)


def invite_reviewer(invitation, token: str) -> None:
    """Send an outside reviewer the link."""
    address = portal_address(invitation.agency) + reverse("review", args=[token])
    context = {"invitation": invitation, "address": address}
    _send_text(invitation.email, "invitation", invitation.title, context)


def tell_inviter(remark) -> None:
    """Tell who invited a reviewer that she remarked on the draft."""
    invitation = remark.invitation
    address = portal_address(invitation.agency) + act_address("reviewers", invitation.thing)
    people = [user for user in [invitation.invited_by] if user and user.is_active and user.email]
    _send(people, "remark", invitation.title, {"invitation": invitation, "remark": remark, "address": address})


def remind_approvers(agency: Agency, states, on) -> dict:
    """Send each approver of an agency the due drafts that are hers to decide; return who was told of which."""
    told = {}
    for user in members(agency, Role.APPROVER):
        own = [state for state in states if _is_to_decide(user, state)]
        context = {"states": own, "address": admin_address(agency, "wagtailadmin_home"), "on": on}
        if own and _send([user], "overdue", agency.display_name, context):
            for state in own:
                told.setdefault(state.pk, []).append(user)
    return told


def _is_to_decide(user, state):
    return state.workflow_state.requested_by_id != user.pk and may_approve(user, state.revision.content_object)


def members(agency: Agency, role: Role):
    """Return the active people who hold a role in an agency and have a mail address."""
    users = get_user_model().objects.filter(
        is_active=True, groups__agency_group__agency=agency, groups__agency_group__role=role
    )
    return list(users.exclude(email="").distinct())


def portal_address(agency: Agency) -> str:
    """Return the address of an agency's portal for a mail."""
    return root_address(agency.code, agency.site.hostname)


def admin_address(agency: Agency, name: str, *args) -> str:
    """Return an address of the admin on an agency's own portal."""
    return portal_address(agency) + reverse(name, args=args)


def _wants(user, kind):
    return getattr(UserProfile.get_for_user(user), f"{kind}_notifications")


def _send(people, name, title, context):
    return sum(_send_text(user.email, name, title, {**context, "user": user}) for user in people)


def _send_text(address, name, title, context):
    with translation.override(LANGUAGE):
        # A line break in a title would begin a new header.
        subject = " ".join((SUBJECTS[name] % {"title": title}).split())
        text = render_to_string(f"editorial/mail/{name}.txt", context)
    return send_mail(subject, text, [address], fail_silently=True) or 0
