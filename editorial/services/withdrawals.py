"""Taking down what is public, and ending the notice when it is published again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from core.tree_lock import tree_lock
from editorial.models import Withdrawal
from editorial.ownership import agency_of, read_again
from editorial.permissions import may_withdraw
from editorial.services.approvals import SHORTEST_REASON

# The tree's root is 1, the home pages of portals are 2.
PORTAL_DEPTH = 2


def withdraw(*, thing, user, reason: str, instead_url: str = "") -> list[Withdrawal]:
    """Take down a page with all that is public below it, or a record; the notice at each address gives the reason."""
    if not may_withdraw(user, thing):
        raise PermissionDenied
    if len(reason.strip()) < SHORTEST_REASON:
        raise ValidationError(
            {"reason": _("Give a reason of at least %(count)d characters.") % {"count": SHORTEST_REASON}}
        )
    with tree_lock():
        thing = read_again(thing)
        if not thing.live:
            raise ValidationError(_("This is not public any more."))
        if isinstance(thing, Page) and thing.depth <= PORTAL_DEPTH:
            raise ValidationError(_("The home page of a portal cannot be withdrawn."))
        agency = agency_of(thing)
        return [_take_down(one, agency, user, reason.strip(), instead_url) for one in _all_public(thing)]


def _all_public(thing):
    """The lowest first, so that at no moment something stands below a page that is gone."""
    if not isinstance(thing, Page):
        return [thing]
    pages = thing.get_descendants(inclusive=True).live().order_by("-path")
    return pages.specific().iterator()


def _take_down(thing, agency, user, reason, instead_url):
    Withdrawal.objects.of(thing).in_force().update(ended_at=timezone.now())
    withdrawal = Withdrawal.objects.create(
        **Withdrawal.reference(thing),
        title=str(thing)[:255],
        agency=agency,
        url_path=getattr(thing, "url_path", ""),
        reason=reason,
        instead_url=instead_url,
        withdrawn_by=user,
        withdrawn_at=timezone.now(),
    )
    state = thing.current_workflow_state
    if state is not None:
        # Whatever was to be approved was a change of something public.
        state.cancel(user=user)
    thing.unpublish(user=user, log_action=False)
    log(
        instance=thing,
        action="editorial.withdraw",
        user=user,
        data={"reason": reason, "instead": instead_url},
        revision=thing.latest_revision,
    )
    return withdrawal


def end_withdrawal(thing) -> None:
    """Take the notice away: what was withdrawn is public again."""
    Withdrawal.objects.of(thing).in_force().update(ended_at=timezone.now())
