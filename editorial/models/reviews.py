import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import CharField, TextField
from editorial.querysets import ReviewInvitationQuerySet

from .things import AboutThing

TOKEN_BYTES = 32
LONGEST_REMARK = 5_000


def _signer(agency) -> Signer:
    # Good for this one purpose, on this one portal. The point stands in no random word and in no signature.
    return Signer(salt=f"editorial.review.{agency.code}", sep=".")


def new_token(agency) -> str:
    """Return a signed word of 32 random bytes for the address of a link on an agency's portal."""
    return _signer(agency).sign(secrets.token_urlsafe(TOKEN_BYTES))


def is_genuine(token: str, agency) -> bool:
    """Say whether we have signed a token for a portal; a forged one costs no look into the database."""
    try:
        _signer(agency).unsign(token)
    except BadSignature:
        return False
    return True


def digest(token: str) -> str:
    """Return what is stored of a token: who reads the database cannot open a link with it."""
    return hashlib.sha256(token.encode()).hexdigest()


class ReviewInvitation(AboutThing):
    """A link by which one outside reviewer reads one revision of a draft and remarks on it, for some days."""

    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    name = CharField(_("reviewer's name"), max_length=150)
    email = models.EmailField(_("reviewer's mail address"))
    message = TextField(_("message"), blank=True, max_length=2_000)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("link works until"))
    # Revoked, or met after its last day: from then on no clock opens it again.
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = ReviewInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to review")
        verbose_name_plural = _("invitations to review")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="invitations_of_a_page")]

    def is_open(self, at: datetime) -> bool:
        return self.closed_at is None and self.revision_id is not None and self.created_at <= at < self.expires_at


class ReviewRemark(models.Model):
    """What an outside reviewer remarked on a draft."""

    wagtail_reference_index_ignore = True

    invitation = models.ForeignKey(ReviewInvitation, on_delete=models.CASCADE, related_name="remarks")
    text = TextField(_("remark"), max_length=LONGEST_REMARK)
    written_at = models.DateTimeField(_("written at"))
    # Given out with the form: two clicks write one remark.
    form_key = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("remark of a reviewer")
        verbose_name_plural = _("remarks of reviewers")
        ordering = ["written_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["invitation", "form_key"], name="remark_written_once")]

    def __str__(self):
        return self.text[:60]
