"""Reports whose rows Wagtail keeps to one agency, but not the choices of their filters."""

from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView

from sites.own_choices import HistoryFilterSet, LockedPagesFilterSet, WorkflowsFilterSet, WorkflowTasksFilterSet


class OwnHistoryView(LogEntriesView):
    filterset_class = HistoryFilterSet


class OwnLockedPagesView(LockedPagesView):
    filterset_class = LockedPagesFilterSet


class OwnWorkflowsView(WorkflowView):
    filterset_class = WorkflowsFilterSet


class OwnWorkflowTasksView(WorkflowTasksView):
    filterset_class = WorkflowTasksFilterSet
