"""Inviting outside reviewers to a draft, taking an invitation back, and writing a reviewer's remark."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from core.text import shorten
from editorial import mails
from editorial.models import ReviewInvitation, ReviewRemark
from editorial.models.reviews import LONGEST_REMARK, digest, is_genuine, new_token
from editorial.ownership import agency_of
from editorial.permissions import may_invite

MOST_DAYS = 30
MOST_REMARKS = 100
MOST_REMARKS_AN_HOUR = 20
# The whole remark stands beside the draft; the log shows what it was about.
LOGGED_OF_A_REMARK = 500


class LinkOver(Exception):
    """The link was revoked or ran out while its reader wrote."""


class TooManyRemarks(Exception):
    """More than a reader could write: somebody plays with the link."""


@transaction.atomic
def invite(*, thing, revision: Revision, user, name: str, email: str, days: int, message: str = ""):
    """Invite somebody to read one revision; return the invitation and its token, which is stored nowhere."""
    if not may_invite(user, thing):
        raise PermissionDenied
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError({"days": _("Choose 1 to %(count)d days.") % {"count": MOST_DAYS}})
    if not thing.revisions.filter(pk=revision.pk).exists():
        raise ValidationError({"revision": _("Choose a version of this draft.")})
    agency = agency_of(thing)
    token = new_token(agency)
    now = timezone.now()
    invitation = ReviewInvitation.objects.create(
        **ReviewInvitation.reference(thing),
        title=revision.object_str[:255],
        agency=agency,
        revision=revision,
        token_hash=digest(token),
        name=name,
        email=email,
        message=message,
        invited_by=user,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    log(instance=thing, action="editorial.invite", user=user, revision=revision, data={"name": name, "days": days})
    transaction.on_commit(lambda: mails.invite_reviewer(invitation, token))
    return invitation, token


@transaction.atomic
def revoke(*, invitation: ReviewInvitation, user) -> None:
    """Let a link work no more; a second time changes nothing."""
    thing = invitation.subject
    if thing is None or not may_invite(user, thing):
        raise PermissionDenied
    changed = ReviewInvitation.objects.filter(pk=invitation.pk, closed_at__isnull=True).update(closed_at=timezone.now())
    if changed:
        log(instance=thing, action="editorial.revoke", user=user, data={"name": invitation.name})


def find_invitation(token: str, agency, at: datetime | None = None) -> ReviewInvitation | None:
    """Return the invitation that a link on an agency's portal belongs to, also one that is over; None for no link."""
    if not is_genuine(token, agency):
        return None
    found = ReviewInvitation.objects.filter(token_hash=digest(token), agency=agency).select_related(
        "revision", "agency__site", "invited_by"
    )
    invitation = found.first()
    if invitation is not None and invitation.closed_at is None and (at or timezone.now()) >= invitation.expires_at:
        _close(invitation)
    return invitation


def close_overdue(*, at: datetime) -> int:
    """Close the links whose days are over, and record it; return how many. A timer does it, as often as it likes."""
    over = ReviewInvitation.objects.filter(closed_at__isnull=True, expires_at__lte=at)
    return sum(_close(invitation) for invitation in over.order_by("pk"))


@transaction.atomic
def _close(invitation):
    """Once seen to be over it stays over, whatever becomes of the clock; who sees it second changes nothing."""
    invitation.closed_at = invitation.expires_at
    is_first = ReviewInvitation.objects.filter(pk=invitation.pk, closed_at__isnull=True).update(
        closed_at=invitation.expires_at
    )
    if is_first and invitation.subject is not None:
        _log("expire", invitation)
    return bool(is_first)


def _log(act, invitation, **data):
    """Tell of an outside reviewer in the history of what she reads."""
    log(
        instance=invitation.subject,
        action=f"editorial.{act}",
        revision=invitation.revision,
        data={"name": invitation.name, **data},
    )


@transaction.atomic
def write_remark(
    *, invitation: ReviewInvitation, text: str, form_key: UUID, at: datetime | None = None
) -> ReviewRemark:
    """Write a reviewer's remark once, however often its form is sent, and tell who invited her."""
    at = at or timezone.now()
    if not text.strip() or len(text) > LONGEST_REMARK:
        raise ValidationError(_("Write at most %(count)d characters.") % {"count": LONGEST_REMARK})
    # Locked, so that remarks sent at once are counted one after the other and none comes after a revocation.
    invitation = ReviewInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    known = invitation.remarks.filter(form_key=form_key).first()
    if known:
        return known
    if not invitation.is_open(at):
        raise LinkOver
    recent = invitation.remarks.filter(written_at__gt=at - timedelta(hours=1)).count()
    if recent >= MOST_REMARKS_AN_HOUR or invitation.remarks.count() >= MOST_REMARKS:
        raise TooManyRemarks
    remark = ReviewRemark.objects.create(invitation=invitation, text=text.strip(), form_key=form_key, written_at=at)
    _log("remark", invitation, remark=shorten(remark.text, LOGGED_OF_A_REMARK))
    transaction.on_commit(lambda: mails.tell_inviter(remark))
    return remark
