"""The admin of records that go through approval; an app above gives the model, the panels and the columns."""

from wagtail.snippets.views.snippets import SnippetViewSet

from .views import records


class ApprovedRecordViewSet(SnippetViewSet):
    """Drafts, versions, locks, preview, history and uses of one kind of record, kept to the own agency."""

    inspect_view_enabled = True
    copy_view_enabled = False
    # It stands in the menu by itself, or in a group of its app.
    menu_item_is_registered = True
    index_view_class = records.RecordIndexView
    add_view_class = records.RecordCreateView
    edit_view_class = records.RecordEditView
    delete_view_class = records.RecordDeleteView
    usage_view_class = records.RecordUsageView
    history_view_class = records.RecordHistoryView
    inspect_view_class = records.RecordInspectView
    revisions_view_class = records.RecordRevisionView
    revisions_compare_view_class = records.RecordCompareView
    revisions_unschedule_view_class = records.RecordUnscheduleView
    unpublish_view_class = records.WithdrawInstead
    lock_view_class = records.RecordLockView
    unlock_view_class = records.RecordUnlockView
    workflow_history_view_class = records.RecordWorkflowHistoryView
    workflow_history_detail_view_class = records.RecordWorkflowHistoryDetailView
