"""The buttons below the editing form: hand in, decide, publish without approval, withdraw."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem

from .buttons import withdraw_label
from .permissions import may_approve, may_edit, may_force, may_withdraw
from .services.approvals import waiting_state
from .services.withdrawals import may_be_withdrawn, withdrawal_of
from .things import act_address

# The name under which the editing form is sent to be saved and then handed in.
SUBMIT = "action-submit-approval"
# Wagtail's buttons that ours stand in place of.
REPLACED = {"action-publish", "action-unpublish", "action-submit", "action-restart-workflow"}


def _thing(context):
    """Return what is edited: forms of pages call it a page, forms of records an instance."""
    return context["page"] if "page" in context else context["instance"]


class SubmitItem(ActionMenuItem):
    name = SUBMIT
    label = _("Submit for approval")
    icon_name = "resubmit"

    def is_shown(self, context):
        if context["view"] == "create":
            return context["parent_page"].has_workflow if "parent_page" in context else True
        if context["view"] != "edit" or context["locked_for_user"]:
            return False
        if "page" in context:
            return self.get_user_page_permissions_tester(context).can_submit_for_moderation()
        record = context["instance"]
        return not record.workflow_in_progress and record.has_workflow and may_edit(context["request"].user, record)


class _ActItem(ActionMenuItem):
    act = ""

    def is_shown(self, context):
        return context["view"] == "edit" and self.is_for(context["request"].user, _thing(context))

    def is_for(self, user, thing):
        raise NotImplementedError

    def get_url(self, parent_context):
        return act_address(self.act, _thing(parent_context))


class DecideItem(_ActItem):
    label = _("Read and approve")
    icon_name = "success"
    act = "decide"

    def is_for(self, user, thing):
        return may_approve(user, thing) and waiting_state(thing) is not None


class ForceItem(_ActItem):
    label = _("Publish without approval…")
    icon_name = "warning"
    act = "force"

    def is_for(self, user, thing):
        return (not thing.live or thing.has_unpublished_changes) and may_force(user, thing)


class WithdrawItem(_ActItem):
    label = _("Withdraw…")
    icon_name = "download"
    act = "withdraw"

    def is_for(self, user, thing):
        return may_be_withdrawn(thing) and may_withdraw(user, thing)

    def get_context_data(self, parent_context):
        label = withdraw_label(_thing(parent_context))
        return {**super().get_context_data(parent_context), "label": label}


class TakeBackItem(_ActItem):
    label = _("Take the withdrawal back…")
    icon_name = "rotate"
    act = "take_back"

    def is_for(self, user, thing):
        return not thing.live and may_withdraw(user, thing) and withdrawal_of(thing) is not None


def arrange(items, context):
    """Put handing in or deciding first, and our acts in place of Wagtail's publishing."""
    items[:] = [item for item in items if item.name not in REPLACED]
    first = [item for item in (DecideItem(), SubmitItem()) if item.is_shown(context)]
    last = [item for item in (ForceItem(), WithdrawItem(), TakeBackItem()) if item.is_shown(context)]
    items[:] = [*first, *items, *last]
