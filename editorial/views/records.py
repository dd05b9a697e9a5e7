"""Wagtail's screens of one kind of record, for kinds that go through approval.

Each right is asked for the record itself; Wagtail asks for its kind, so that whoever writes for one agency and reads
in another could change there. What publishes or takes down leads to our acts.
"""

from django.contrib.admin.utils import quote
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import Button
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets

from editorial.buttons import act_buttons
from editorial.permissions import guards
from editorial.states import tell_states
from editorial.things import act_address
from sites.record_views import EmptyAsDash
from sites.sight import seen_by

# What somebody does with a form; publishing and handing in are acts of ours.
OF_THE_FORM = ("create", "edit", "cancel-workflow")
READING = ["add", "change", "delete", "view"]


class StateColumn(Column):
    """Whether a record is public, on its way, or was taken down; read by `tell_states` for the whole list."""

    cell_template_name = "editorial/admin/state_cell.html"


class OfOneRecord:
    """Mixin: a right is one to this record."""

    def user_has_permission(self, permission):
        record = getattr(self, "object", None)
        if permission == "publish":
            # Asked where something scheduled is taken off; nobody publishes here.
            return record is not None and guards(self.request.user, record)
        if not super().user_has_permission(permission):
            return False
        # Whoever locked it may unlock it.
        return self._has_any({permission, "change"} if permission == "unlock" else {permission})

    def user_has_any_permission(self, permissions):
        return super().user_has_any_permission(permissions) and self._has_any(set(permissions))

    def _has_any(self, permissions):
        record = getattr(self, "object", None)
        if record is None or record.pk is None:
            return True
        asked = self.__dict__.setdefault("_asked", {})
        key = frozenset(permissions)
        if key not in asked:
            policy = self.permission_policy
            asked[key] = policy.user_has_any_permission_for_instance(self.request.user, permissions, record)
        return asked[key]


class RecordIndexView(snippets.IndexView):
    """The list of the own records; the province and auditors see all."""

    def get_base_queryset(self):
        return seen_by(self.request.user, super().get_base_queryset())

    @cached_property
    def list_display(self):
        # Wagtail's last column asks for the state row by row.
        return [*super().list_display[:-1], StateColumn("state", label=_("State"))]

    @cached_property
    def columns(self):
        # The first is for bulk actions, of which there are none.
        return super().columns[1:]

    def paginate_queryset(self, queryset, page_size):
        paginator, page, object_list, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = list(object_list)
        tell_states(page.object_list)
        return paginator, page, page.object_list, is_paginated

    def get_edit_url(self, instance):
        # Who only reads is led to what can be read.
        return super().get_edit_url(instance) or self.get_inspect_url(instance)

    def get_copy_url(self, instance):
        return None

    def get_delete_url(self, instance):
        return None if instance.live else super().get_delete_url(instance)


class RecordCreateView(snippets.CreateView):
    def get_available_actions(self):
        return [action for action in super().get_available_actions() if action in OF_THE_FORM]


class RecordEditView(OfOneRecord, snippets.EditView):
    def get_available_actions(self):
        return [action for action in super().get_available_actions() if action in OF_THE_FORM]

    @property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *act_buttons(self.live_object, self.request.user)]


class RecordDeleteView(OfOneRecord, snippets.DeleteView):
    pass


class RecordUsageView(OfOneRecord, snippets.UsageView):
    pass


class RecordHistoryView(OfOneRecord, snippets.HistoryView):
    any_permission_required = READING


class RecordInspectView(EmptyAsDash, OfOneRecord, snippets.InspectView):
    any_permission_required = READING

    @property
    def header_more_buttons(self):
        history = reverse(self.model.snippet_viewset.get_url_name("history"), args=[quote(self.object.pk)])
        return [*super().header_more_buttons, Button(_("History"), url=history, icon_name="history", priority=30)]


class RecordRevisionView(OfOneRecord, snippets.PreviewRevisionView):
    # Reading a draft is for whoever sees it, the auditor among them.
    permission_required = "view"


class RecordCompareView(OfOneRecord, snippets.RevisionsCompareView):
    permission_required = "view"


class RecordUnscheduleView(OfOneRecord, snippets.RevisionsUnscheduleView):
    pass


class RecordLockView(OfOneRecord, snippets.LockView):
    pass


class RecordUnlockView(OfOneRecord, snippets.UnlockView):
    pass


class RecordWorkflowHistoryView(OfOneRecord, snippets.WorkflowHistoryView):
    permission_required = "view"


class RecordWorkflowHistoryDetailView(OfOneRecord, snippets.WorkflowHistoryDetailView):
    permission_required = "view"


class WithdrawInstead(snippets.UnpublishView):
    """Wagtail's unpublishing leaves a bare 404; ours leaves a notice with the reason."""

    permission_required = None

    def dispatch(self, request, *args, **kwargs):
        return redirect(act_address("withdraw", self.object))


class NoBulkDeleting(DeleteBulkAction):
    """Records are deleted one by one, after they were withdrawn."""

    def dispatch(self, request, *args, **kwargs):
        raise Http404
