"""Giving a document to another agency: entered under the wrong one, or its work has gone to another."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from editorial.models import ReviewInvitation
from editorial.services.approvals import check_reason
from editorial.services.reviews import revoke
from legal_docs.models import LegalDocument
from legal_docs.rights import may_change_owner
from sites.models import Agency

from . import placing


@transaction.atomic
def change_owner(*, document: LegalDocument, agency: Agency, user, reason: str) -> None:
    """Give a document with its drafts, texts and files to another agency; its address and its history stay."""
    if not may_change_owner(user):
        raise PermissionDenied
    reason = check_reason(reason)
    document = LegalDocument.objects.select_for_update(of=("self",)).select_related("owner").get(pk=document.pk)
    _check(document, agency)
    # Whoever was invited was invited by the agency that has no part in it any more.
    for invitation in ReviewInvitation.objects.of(document).open(timezone.now()):
        revoke(invitation=invitation, user=user)
    names = {"former": document.owner.display_name, "new": agency.display_name}
    # Before the change: the entry of the audit trail is for the agency that loses it.
    log(instance=document, action="legal_docs.change_owner", user=user, data=names | {"reason": reason})
    document.owner = agency
    document.save(update_fields=["owner"])
    placing.place([document])


def _check(document, agency):
    if agency.pk == document.owner_id:
        raise ValidationError({"agency": _("This agency keeps the document already.")})
    if not Agency.objects.with_portal().filter(pk=agency.pk).exists():
        raise ValidationError({"agency": _("Choose an agency whose portal is open.")})
    if document.workflow_in_progress:
        raise ValidationError(_("A draft of it waits for approval; that has to be decided first."))
    if document.scheduled_revision is not None:
        raise ValidationError(_("It is to be published at a set time; that has to be taken back first."))
