"""The notice on the first page of the admin while the trail is known to be broken."""

from wagtail.admin.ui.components import Component

from .models import AuditCheck
from .permissions import can_read_trail, can_verify_trail
from .sentences import fault_text


class BrokenTrailPanel(Component):
    """Tells whoever reads the trail; nobody else's work is held up by it."""

    name = "broken_trail"
    template_name = "audit/broken_panel.html"
    order = 10

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        check = AuditCheck.objects.last_broken() if can_read_trail(user) else None
        fault = fault_text(check) if check else ""
        return {"check": check, "fault": fault, "may_verify": can_verify_trail(user)}
