"""The buttons below the editing form: hand in, decide, publish without approval, withdraw."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem

from .permissions import may_approve, may_force, may_withdraw
from .services.approvals import waiting_state
from .services.withdrawals import PORTAL_DEPTH, withdrawal_of

# The name under which the editing form is sent to be saved and then handed in.
SUBMIT = "action-submit-approval"
# Wagtail's buttons that ours stand in place of.
REPLACED = {"action-publish", "action-unpublish", "action-submit", "action-restart-workflow"}


class SubmitItem(ActionMenuItem):
    name = SUBMIT
    label = _("Submit for approval")
    icon_name = "resubmit"

    def is_shown(self, context):
        if context["view"] == "create":
            return context["parent_page"].has_workflow
        return (
            context["view"] == "edit"
            and not context["locked_for_user"]
            and self.get_user_page_permissions_tester(context).can_submit_for_moderation()
        )


class _PageItem(ActionMenuItem):
    url_name = ""

    def is_shown(self, context):
        return context["view"] == "edit" and self.is_for(context["request"].user, context["page"])

    def is_for(self, user, page):
        raise NotImplementedError

    def get_url(self, parent_context):
        return reverse(self.url_name, args=[parent_context["page"].pk])


class DecideItem(_PageItem):
    label = _("Read and approve")
    icon_name = "success"
    url_name = "editorial:decide"

    def is_for(self, user, page):
        return may_approve(user, page) and waiting_state(page) is not None


class ForceItem(_PageItem):
    label = _("Publish without approval…")
    icon_name = "warning"
    url_name = "editorial:force"

    def is_for(self, user, page):
        return (not page.live or page.has_unpublished_changes) and may_force(user, page)


class WithdrawItem(_PageItem):
    label = _("Withdraw…")
    icon_name = "download"
    url_name = "editorial:withdraw"

    def is_for(self, user, page):
        return page.live and page.depth > PORTAL_DEPTH and may_withdraw(user, page)


class TakeBackItem(_PageItem):
    label = _("Take the withdrawal back…")
    icon_name = "undo"
    url_name = "editorial:take_back"

    def is_for(self, user, page):
        return not page.live and may_withdraw(user, page) and withdrawal_of(page) is not None


def arrange(items, context):
    """Put handing in or deciding first, and our acts in place of Wagtail's publishing."""
    items[:] = [item for item in items if item.name not in REPLACED]
    first = [item for item in (DecideItem(), SubmitItem()) if item.is_shown(context)]
    last = [item for item in (ForceItem(), WithdrawItem(), TakeBackItem()) if item.is_shown(context)]
    items[:] = [*first, *items, *last]
