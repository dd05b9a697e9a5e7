"""Inviting outside reviewers to a draft, taking an invitation back, and writing a reviewer's remark."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from editorial import mails
from editorial.models import ReviewInvitation, ReviewRemark
from editorial.models.reviews import LONGEST_REMARK, digest
from editorial.ownership import agency_of
from editorial.permissions import may_invite

MOST_DAYS = 30
MOST_REMARKS = 100
MOST_REMARKS_AN_HOUR = 20


class TooManyRemarks(Exception):
    """More than a reader could write: somebody plays with the link."""


@transaction.atomic
def invite(*, page, revision: Revision, user, name: str, email: str, days: int, message: str = ""):
    """Invite somebody to read one revision; return the invitation and its token, which is stored nowhere."""
    if not may_invite(user, page):
        raise PermissionDenied
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError({"days": _("Choose 1 to %(count)d days.") % {"count": MOST_DAYS}})
    if not page.revisions.filter(pk=revision.pk).exists():
        raise ValidationError({"revision": _("Choose a version of this page.")})
    token = ReviewInvitation.new_token()
    now = timezone.now()
    invitation = ReviewInvitation.objects.create(
        **ReviewInvitation.reference(page),
        title=revision.object_str[:255],
        agency=agency_of(page),
        revision=revision,
        token_hash=digest(token),
        name=name,
        email=email,
        message=message,
        invited_by=user,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    log(instance=page, action="editorial.invite", user=user, revision=revision, data={"name": name, "days": days})
    transaction.on_commit(lambda: mails.invite_reviewer(invitation, token))
    return invitation, token


@transaction.atomic
def revoke(*, invitation: ReviewInvitation, user) -> None:
    """Let a link work no more; a second time changes nothing."""
    page = invitation.page
    if page is None or not may_invite(user, page.specific):
        raise PermissionDenied
    changed = ReviewInvitation.objects.filter(pk=invitation.pk, closed_at__isnull=True).update(closed_at=timezone.now())
    if changed:
        log(instance=page.specific, action="editorial.revoke", user=user, data={"name": invitation.name})


def find_invitation(token: str, agency) -> ReviewInvitation | None:
    """Return the invitation that a link on an agency's portal belongs to, also one that is over; None for no link."""
    found = ReviewInvitation.objects.filter(token_hash=digest(token), agency=agency).select_related(
        "revision", "agency__site", "invited_by"
    )
    invitation = found.first()
    if invitation is not None and invitation.closed_at is None and timezone.now() >= invitation.expires_at:
        # Once seen to be over it stays over, whatever becomes of the clock.
        invitation.closed_at = invitation.expires_at
        invitation.save(update_fields=["closed_at"])
    return invitation


def write_remark(*, invitation: ReviewInvitation, text: str, form_key: UUID) -> ReviewRemark:
    """Write a reviewer's remark once, however often its form is sent, and tell who invited her."""
    if not text.strip() or len(text) > LONGEST_REMARK:
        raise ValidationError(_("Write at most %(count)d characters.") % {"count": LONGEST_REMARK})
    known = invitation.remarks.filter(form_key=form_key).first()
    if known:
        return known
    recent = invitation.remarks.filter(written_at__gt=timezone.now() - timedelta(hours=1)).count()
    if recent >= MOST_REMARKS_AN_HOUR or invitation.remarks.count() >= MOST_REMARKS:
        raise TooManyRemarks
    try:
        with transaction.atomic():
            remark = ReviewRemark.objects.create(
                invitation=invitation, text=text.strip(), form_key=form_key, written_at=timezone.now()
            )
            transaction.on_commit(lambda: mails.tell_inviter(remark))
    except IntegrityError:
        return invitation.remarks.get(form_key=form_key)
    return remark
