"""The files of a draft for the outside reviewer who holds an open link to it (editorial.views.review)."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from editorial.grants import open_invitation
from editorial.views.review import PRIVATE
from legal_docs.models import LegalDocument
from legal_docs.services.sight import may_show


@require_safe
def file_in_review(request, token, sha256):
    """Answer with a file of the revision that a link shows, byte for byte; 404 for any other, and when it is over."""
    invitation = open_invitation(token, request.agency)
    draft = _draft_of(invitation) if invitation else None
    if draft is None:
        raise Http404
    attachment = next((one for one in draft.attachments.all() if one.stored_file.sha256 == sha256), None)
    if attachment is None or not may_show(invitation.invited_by, draft, attachment.stored_file):
        raise Http404
    stored = attachment.stored_file
    answer = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=attachment.name, content_type=stored.media_type
    )
    for name, value in PRIVATE.items():
        answer[name] = value
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _draft_of(invitation):
    revision = invitation.revision
    if not isinstance(revision.content_object, LegalDocument):
        return None
    return revision.as_object()
