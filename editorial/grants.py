"""Lets an outside reviewer see the pictures and files of the one draft that her link shows; named in MEDIA_GRANTS.

What else hangs on a draft, the room above that knows it hands out by itself: it asks open_invitation().
"""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ReferenceIndex

from core.visibility import may_see

from .models import ReviewInvitation
from .services.reviews import find_invitation

# Two cookies with one content: each goes out with the requests for its folder alone.
PICTURE_COOKIE = "xem_truoc_anh"
FILE_COOKIE = "xem_truoc_tep"


def shows_in_review(request, item) -> bool:
    """Say whether the visitor holds the open link to a draft that shows this picture or file.

    Somebody could write the number of another agency's picture into a draft: the link shows no more than its inviter
    may see.
    """
    token = request.COOKIES.get(PICTURE_COOKIE) or request.COOKIES.get(FILE_COOKIE)
    invitation = open_invitation(token, request.agency)
    return invitation is not None and _is_in(invitation.revision, item) and may_see(invitation.invited_by, item)


def open_invitation(token: str | None, agency) -> ReviewInvitation | None:
    """Return the invitation of a link that is open, with its revision and inviter; None for any other."""
    invitation = find_invitation(token, agency) if token else None
    if invitation is None or not invitation.is_open(timezone.now()) or invitation.invited_by is None:
        return None
    return invitation


def _is_in(revision, item):
    if revision.content_object is None:
        return False
    wanted = (ContentType.objects.get_for_model(item).pk, str(item.pk))
    # Wagtail's own reading of what an object refers to; it has no public name for an object that is not saved.
    references = ReferenceIndex._extract_references_from_object(revision.as_object())
    return any((content_type, object_id) == wanted for content_type, object_id, *_paths in references)
