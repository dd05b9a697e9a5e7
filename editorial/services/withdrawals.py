"""Taking down what is public, taking that back, and ending the notice when something is public again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from core.tree_lock import tree_lock
from editorial.models import Withdrawal
from editorial.ownership import agency_of, read_again
from editorial.permissions import may_withdraw
from editorial.things import public_path

from .approvals import check_reason
from .versions import public_version

# The tree's root is 1, the home pages of portals are 2.
PORTAL_DEPTH = 2


def withdraw(*, thing, user, reason: str, instead_url: str = "", at: datetime | None = None) -> list[Withdrawal]:
    """Take down a page with all that is public below it, or a record; the notice at each address gives the reason."""
    if not may_withdraw(user, thing):
        raise PermissionDenied
    reason = check_reason(reason)
    with tree_lock():
        thing = read_again(thing)
        if not thing.live:
            raise ValidationError(_("This is not public any more."))
        if not may_be_withdrawn(thing):
            raise ValidationError(_("The home page of a portal cannot be withdrawn."))
        about = {
            "agency": agency_of(thing),
            "reason": reason,
            "instead_url": instead_url,
            "withdrawn_by": user,
            "withdrawn_at": at or timezone.now(),
        }
        return [_take_down(one, user, about) for one in _all_public(thing)]


def _all_public(thing):
    """The lowest first, so that at no moment something stands below a page that is gone."""
    if not isinstance(thing, Page):
        return [thing]
    pages = thing.get_descendants(inclusive=True).live().order_by("-path")
    return pages.specific().iterator()


def _take_down(thing, user, about):
    Withdrawal.objects.of(thing).in_force().update(ended_at=about["withdrawn_at"])
    withdrawal = Withdrawal.objects.create(
        **Withdrawal.reference(thing),
        title=str(thing)[:255],
        url_path=public_path(thing),
        revision=public_version(thing),
        **about,
    )
    state = thing.current_workflow_state
    if state is not None:
        # Whatever was to be approved was a change of something public.
        state.cancel(user=user)
    # Wagtail's own right to take down is held by nobody; who may withdraw was asked above.
    action = UnpublishPageAction if isinstance(thing, Page) else UnpublishAction
    action(thing, user=user, log_action=False).execute(skip_permission_checks=True)
    log(
        instance=thing,
        action="editorial.withdraw",
        user=user,
        data={"reason": about["reason"], "instead": about["instead_url"]},
        revision=thing.latest_revision,
    )
    return withdrawal


def may_be_withdrawn(thing) -> bool:
    """Say whether something is public and no home page of a portal, without which the portal would be gone."""
    return thing.live and not (isinstance(thing, Page) and thing.depth <= PORTAL_DEPTH)


def withdrawal_of(thing) -> Withdrawal | None:
    """Return the withdrawal whose notice stands in the place of a page or record; None if there is none."""
    return None if thing.live else Withdrawal.objects.of(thing).in_force().select_related("withdrawn_by").first()


def take_back(*, thing, user) -> list[Withdrawal]:
    """Make public again, as it was, what was withdrawn by mistake, with the pages below that went with it.

    No second approval: what comes back was public already. A change of it is a draft and waits for its approver.
    """
    if not may_withdraw(user, thing):
        raise PermissionDenied
    with tree_lock():
        thing = read_again(thing)
        withdrawal = withdrawal_of(thing)
        if withdrawal is None:
            raise ValidationError(_("This is not withdrawn any more."))
        if isinstance(thing, Page) and thing.get_ancestors().filter(depth__gt=1, live=False).exists():
            raise ValidationError(_("The page above it is not public; that has to come back first."))
        taken = Withdrawal.objects.in_force().of_the_same_act(withdrawal)
        taken = taken.filter(url_path__startswith=thing.url_path) if isinstance(thing, Page) else taken.of(thing)
        return [one for one in taken.select_related("revision") if _bring_back(one, user)]


def _bring_back(withdrawal, user):
    thing = withdrawal.thing
    # Deleted meanwhile, moved elsewhere, or handed in with changes: that is decided on its own.
    if thing is None or withdrawal.revision is None or thing.live or thing.workflow_in_progress:
        return False
    withdrawal.revision.publish(user=user, skip_permission_checks=True, log_action=False)
    log(
        instance=thing,
        action="editorial.take_back",
        user=user,
        data={"reason": withdrawal.reason},
        revision=withdrawal.revision,
    )
    return True


def end_withdrawal(thing) -> None:
    """Take the notice away: what was withdrawn is public again."""
    Withdrawal.objects.of(thing).in_force().update(ended_at=timezone.now())
