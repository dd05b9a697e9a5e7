"""What the foundation tells Wagtail: what an import is called in a page's history."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_import(actions):
    actions.register_action("core.import", _("Import"), _("Imported from a file"))
    actions.register_action(
        "core.import_public",
        _("Import and publish"),
        _("Imported from a file and published, without approval"),
    )
