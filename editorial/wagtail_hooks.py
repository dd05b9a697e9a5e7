from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.log_actions import LogFormatter

from . import admin_urls
from .buttons import act_buttons, withdraw_button
from .menu_items import SUBMIT, arrange
from .panels import WaitingPanel
from .things import act_address, goes_through_approval
from .views.records import NoBulkDeleting
from .views.reports import reads_report


@hooks.register("register_admin_urls")
def register_editorial_urls():
    return [path("editorial/", include(admin_urls))]


@hooks.register("construct_page_action_menu", order=100)
def arrange_action_menu(menu_items, request, context):
    arrange(menu_items, context)


@hooks.register("construct_snippet_action_menu", order=100)
def arrange_record_menu(menu_items, request, context):
    if goes_through_approval(context["model"]):
        arrange(menu_items, context)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def go_on_to_submit(request, thing):
    """The draft is saved; its remark and day are asked on the next screen."""
    if request.method == "POST" and request.POST.get(SUBMIT):
        return redirect(act_address("submit", thing))
    return None


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_what_happened(request, thing):
    """Tell an author, on the draft itself, that it was sent back and why."""
    state = getattr(thing, "current_workflow_state", None)
    if request.method == "GET" and state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        last = state.current_task_state
        if last is not None and last.comment:
            messages.warning(request, _("Sent back: %(reason)s") % {"reason": last.comment})


@hooks.register("before_unpublish_page")
def withdraw_instead(request, page):
    return redirect(act_address("withdraw", page))


@hooks.register("construct_homepage_panels")
def replace_moderation_panel(request, panels):
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(WaitingPanel())


class ForcedReportMenuItem(MenuItem):
    def is_shown(self, request):
        return reads_report(request.user)


@hooks.register("register_reports_menu_item")
def register_forced_report():
    return ForcedReportMenuItem(
        gettext_lazy("Published without approval"),
        reverse("editorial:forced_report"),
        name="forced-publications",
        icon_name="warning",
        order=1200,
    )


@hooks.register("register_page_listing_more_buttons")
def withdraw_button_of_a_row(page, user, next_url=None):
    return withdraw_button(page, user)


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, view_name, next_url=None):
    return act_buttons(page, user)


# In place of Wagtail's, which would name the records of others and delete what is public.
hooks.register("register_bulk_action", NoBulkDeleting, order=1)


class _Telling(LogFormatter):
    """A line of a page's history that tells what was written with the act."""

    key = "reason"

    def format_message(self, log_entry):
        told = log_entry.data.get(self.key, "")
        told = ", ".join(told) if isinstance(told, list) else told
        return f"{self.message}: {told}" if told else self.message


@hooks.register("register_log_actions")
def register_editorial_actions(actions):
    for name, label, message, key in (
        ("submit", gettext_lazy("Submit for approval"), gettext_lazy("Handed in for approval"), "remark"),
        (
            "force_publish",
            gettext_lazy("Publish without approval"),
            gettext_lazy("Published without approval"),
            "reason",
        ),
        ("withdraw", gettext_lazy("Withdraw"), gettext_lazy("Withdrawn from the public"), "reason"),
        (
            "take_back",
            gettext_lazy("Take the withdrawal back"),
            gettext_lazy("Made public again after a withdrawal"),
            "reason",
        ),
        ("invite", gettext_lazy("Invite a reviewer"), gettext_lazy("Shown to an outside reviewer"), "name"),
        ("revoke", gettext_lazy("Revoke a link"), gettext_lazy("Link of an outside reviewer revoked"), "name"),
        ("expire", gettext_lazy("A link runs out"), gettext_lazy("Link of an outside reviewer ran out"), "name"),
        ("remark", gettext_lazy("Remark of a reviewer"), gettext_lazy("An outside reviewer remarked"), "remark"),
        ("remind", gettext_lazy("Remind approvers"), gettext_lazy("Approvers were reminded"), "told"),
    ):
        telling = type(f"Telling{name}", (_Telling,), {"label": label, "message": message, "key": key})
        actions.register_action(f"editorial.{name}")(telling)
