"""What the foundation tells Wagtail: how lists look on a phone, how dates are typed, what an import is called."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

# Registers how dates are compared.
from . import comparisons  # noqa: F401 - loading it is what it is for


@hooks.register("insert_global_admin_css")
def let_lists_fit_a_phone():
    return format_html('<link rel="stylesheet" href="{}">', static("admin/lists.css"))


@hooks.register("insert_global_admin_js")
def keep_dates_as_typed():
    return format_html('<script src="{}"></script>', static("admin/dates.js"))


@hooks.register("register_log_actions")
def register_import(actions):
    actions.register_action("core.import", _("Import"), _("Imported from a file"))
    actions.register_action(
        "core.import_public",
        _("Import and publish"),
        _("Imported from a file and published, without approval"),
    )
