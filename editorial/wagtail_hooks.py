from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from . import admin_urls
from .menu_items import SUBMIT, arrange
from .panels import WaitingPanel
from .permissions import may_invite, may_withdraw
from .services.withdrawals import PORTAL_DEPTH
from .views.reports import reads_report


@hooks.register("register_admin_urls")
def register_editorial_urls():
    return [path("editorial/", include(admin_urls))]


@hooks.register("construct_page_action_menu", order=100)
def arrange_action_menu(menu_items, request, context):
    arrange(menu_items, context)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def go_on_to_submit(request, page):
    """The draft is saved; its remark and day are asked on the next screen."""
    if request.method == "POST" and request.POST.get(SUBMIT):
        return redirect("editorial:submit", page.pk)
    return None


@hooks.register("before_edit_page")
def say_what_happened(request, page):
    """Tell an author, on the draft itself, that it was sent back and why."""
    state = page.current_workflow_state
    if request.method == "GET" and state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        last = state.current_task_state
        if last is not None and last.comment:
            messages.warning(request, _("Sent back: %(reason)s") % {"reason": last.comment})


@hooks.register("before_unpublish_page")
def withdraw_instead(request, page):
    return redirect("editorial:withdraw", page.pk)


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
def withdraw_button(page, user, next_url=None):
    if page.live and page.depth > PORTAL_DEPTH and may_withdraw(user, page):
        url = reverse("editorial:withdraw", args=[page.pk])
        yield Button(gettext_lazy("Withdraw…"), url, icon_name="download", priority=50)


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, view_name, next_url=None):
    yield from withdraw_button(page, user)
    if page.pk and may_invite(user, page):
        url = reverse("editorial:reviewers", args=[page.pk])
        yield Button(gettext_lazy("Outside reviewers"), url, icon_name="comment", priority=55)


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
