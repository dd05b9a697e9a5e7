from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .people.bulk_actions import CLOSED
from .viewsets import AgenciesGroup


@hooks.register("register_admin_viewset")
def register_agencies():
    return AgenciesGroup()


for action in CLOSED:
    # After Wagtail's own, whose places they take.
    hooks.register("register_bulk_action", action, order=1)


@hooks.register("register_log_actions")
def register_people_actions(actions):
    actions.register_action("people.add", _("Add person"), _("Person added"))
    actions.register_action("people.roles", _("Change roles"), _("Roles changed"))
    actions.register_action("people.leave", _("Let go"), _("Let go"))
    actions.register_action("people.return", _("Take back"), _("Taken back"))
    actions.register_action("people.link", _("Password link"), _("Password link made"))
    actions.register_action("people.group", _("Change group"), _("Group changed"))
