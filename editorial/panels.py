"""The approver's panel on the dashboard: what waits, from whom, since when, wanted by when."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from .things import act_address
from .waiting import is_approver, latest_of, waiting_for


class WaitingPanel(Component):
    name = "waiting_for_approval"
    template_name = "editorial/admin/waiting_panel.html"
    order = 110

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"rows": [_row(user, state) for state in waiting_for(user)], "is_approver": is_approver(user)}


def _row(user, state):
    thing = state.revision.content_object
    latest = latest_of(state)
    return {
        "title": latest.object_str,
        "url": act_address("decide", thing),
        "person": state.workflow_state.requested_by,
        "since": state.started_at,
        "due_on": state.due_on,
        "is_overdue": state.is_overdue(timezone.localdate()),
        "is_changed": state.is_changed(latest),
        "is_own_work": state.workflow_state.requested_by_id == user.pk,
    }
