from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from core.fields import TextField
from editorial.permissions import is_own_work, may_approve


class ApprovalState(TaskState):
    """One draft that waits for an approver: with a remark to her and the day by which it is wanted."""

    remark = TextField(_("remark for the approver"), blank=True)
    due_on = models.DateField(_("wanted by"), null=True, blank=True)
    # One reminder a day, however often the timer runs.
    reminded_on = models.DateField(null=True, editable=False)
    # When the submitted content was written: Wagtail's autosave writes over a revision and keeps its number.
    content_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("draft waiting for approval")
        verbose_name_plural = _("drafts waiting for approval")

    def is_overdue(self, on) -> bool:
        return self.due_on is not None and self.due_on < on

    def is_due(self, on) -> bool:
        return self.due_on is not None and self.due_on <= on

    def is_changed(self, latest) -> bool:
        """Say whether the draft was edited after it was handed in."""
        return latest.pk != self.revision_id or (self.content_at is not None and latest.created_at > self.content_at)

    def publish_approved(self, user) -> None:
        """Publish or schedule the approved revision; called when the approval is finished."""
        if self.status != self.STATUS_APPROVED:
            return
        thing = self.revision.content_object
        if user is None or not may_approve(user, thing) or is_own_work(user, thing, self):
            # No door of ours leads here; another app's might.
            raise PermissionDenied
        self.revision.publish(user=user, skip_permission_checks=True)


class ApprovalTask(AbstractGroupApprovalTask):
    """The one step between a draft and the public: an approver of the agency who did not write it."""

    task_state_class = ApprovalState

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    def start(self, workflow_state, user=None):
        state = super().start(workflow_state, user=user)
        state.content_at = state.revision.created_at
        state.save(update_fields=["content_at"])
        return state

    def locked_for_user(self, obj, user):
        state = obj.current_workflow_state
        is_submitter = state is not None and state.requested_by_id == user.pk
        return not (is_submitter or may_approve(user, obj))

    def user_can_access_editor(self, obj, user):
        return may_approve(user, obj)

    def get_actions(self, obj, user):
        # Wagtail's buttons approve whatever is newest; ours approve what the approver has read.
        return []

    def on_action(self, task_state, user, action_name, **kwargs):
        raise PermissionDenied

    @classmethod
    def get_description(cls):
        return _("An approver of the agency who did not write the draft.")
