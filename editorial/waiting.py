"""Which drafts wait for whom."""

from datetime import date

from wagtail.models import Revision

from sites.enums import Role
from sites.permissions import acts_everywhere, holds_anywhere, is_auditor
from sites.sight import agencies_in_sight

from .models import ApprovalState
from .permissions import decidable

SHOWN = 50


def is_approver(user) -> bool:
    """Say whether drafts may wait for somebody at all."""
    if not user.is_active or is_auditor(user):
        return False
    return holds_anywhere(user, Role.APPROVER) or acts_everywhere(user)


def waiting_for(user) -> list[ApprovalState]:
    """Return the drafts that an approver can decide: the most urgent first, then the oldest."""
    # Those of an agency of which somebody approves some sections only are sifted by the right to each page.
    states = waiting_in(agencies_in_sight(user)) if is_approver(user) else []
    own = {id(thing) for thing in decidable(user, [state.revision.content_object for state in states])}
    return [state for state in states if id(state.revision.content_object) in own]


def waiting_in(agencies) -> list[ApprovalState]:
    """Return what waits for the approvers of some agencies; what belongs to a deleted page or record is left out."""
    states = (
        ApprovalState.objects.filter(
            status=ApprovalState.STATUS_IN_PROGRESS,
            task__approvaltask__groups__agency_group__agency__in=agencies,
        )
        .select_related("workflow_state__requested_by", "revision")
        .defer("revision__content")
        .prefetch_related("revision__content_object__latest_revision")
        .distinct()
    )
    # NULLs stand at one end on SQLite and at the other on PostgreSQL; there are few rows, so they are sorted here.
    rows = sorted(states[: SHOWN * 4], key=lambda state: (state.due_on or date.max, state.started_at))
    return [state for state in rows if state.revision.content_object is not None][:SHOWN]


def latest_of(state: ApprovalState) -> Revision:
    """Return the newest revision of what waits."""
    return state.revision.content_object.latest_revision or state.revision
