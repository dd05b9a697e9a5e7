"""Who may approve, publish without approval, withdraw and invite reviewers; and whose own work a draft is."""

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from sites.enums import Role
from sites.ownership import owned
from sites.permissions import acts_everywhere, agencies_of, holds_role, holds_role_in_section, is_auditor

from .ownership import agency_in_sight_of

# Who answers for what is public of an agency: takes it down, orders it, hides it.
GUARDIANS = (Role.APPROVER, Role.ADMINISTRATOR)


def may_approve(user, thing) -> bool:
    """Approvers of the agency approve; whether it is their own work is asked by reason_not_to_approve."""
    return _holds(user, thing, Role.APPROVER)


def decidable(user, things) -> list:
    """Return what of some pages and records somebody approves, with one query for each kind of record."""
    if not user.is_active or is_auditor(user):
        return []
    kinds = {type(thing) for thing in things if not isinstance(thing, Page)}
    agencies = agencies_of(user, Role.APPROVER) if kinds else ()
    own = set()
    for kind in kinds:
        records = kind._default_manager.filter(pk__in=[thing.pk for thing in things if isinstance(thing, kind)])
        own |= {(kind, key) for key in owned(records, agencies).values_list("pk", flat=True)}
    return [
        thing
        for thing in things
        if (may_approve(user, thing) if isinstance(thing, Page) else (type(thing), thing.pk) in own)
    ]


def may_force(user, thing) -> bool:
    """Approvers of the agency may publish without approval, with a reason that is recorded."""
    return _holds(user, thing, Role.APPROVER)


def may_withdraw(user, thing) -> bool:
    """Approvers and administrators of the agency take down what is public."""
    return guards(user, thing)


def may_edit(user, thing) -> bool:
    """Who writes for the agency edits its pages and records, and hands them in."""
    if not user.is_active or is_auditor(user):
        return False
    if isinstance(thing, Page):
        return thing.depth > 1 and thing.permissions_for_user(user).can_edit()
    return policy_registry.get(thing).user_has_permission_for_instance(user, "change", thing)


def may_invite(user, thing) -> bool:
    """Who may edit a page or record may show its draft to a reviewer, if it can be read as readers would."""
    return may_edit(user, thing) and getattr(thing, "is_previewable", bool)()


def guards(user, thing) -> bool:
    """Say whether somebody answers for what is public of the agency."""
    return _holds(user, thing, *GUARDIANS)


def writers(thing) -> set[int]:
    """Return the ids of all who wrote any of what would be published now: every revision since the last publication."""
    since = thing.live_revision.created_at if thing.live_revision_id else thing.last_published_at
    revisions = thing.revisions.all()
    if since:
        # The newest counts always: after a withdrawal it is what was published before.
        revisions = revisions.filter(Q(created_at__gt=since) | Q(pk=thing.latest_revision_id))
    return {user for user in revisions.order_by().values_list("user_id", flat=True) if user}


def is_own_work(user, thing, state=None) -> bool:
    """Say whether somebody wrote any of a draft or handed it in."""
    return user.pk in writers(thing) or (state is not None and state.workflow_state.requested_by_id == user.pk)


def reason_not_to_approve(user, thing, state) -> str:
    """Say why an approver cannot approve this draft; "" when she can."""
    if state is None:
        return _("This is not waiting for approval.")
    if state.workflow_state.requested_by_id == user.pk:
        return _("You handed this draft in; somebody else has to approve it.")
    if user.pk in writers(thing):
        return _("You have edited this draft; somebody else has to approve it.")
    return ""


def _holds(user, thing, *roles):
    """Say whether somebody holds a role for a thing: in its whole agency, or for the part of the tree it stands in."""
    if not user.is_active or is_auditor(user):
        return False
    if acts_everywhere(user):
        return True
    agency = agency_in_sight_of(user, thing)
    if isinstance(thing, Page):
        return holds_role_in_section(user, agency, thing, *roles)
    return holds_role(user, agency, *roles)
