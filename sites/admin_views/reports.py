"""Reports whose rows Wagtail keeps to one agency, but not the choices of their filters."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.models import WorkflowMixin
from wagtail.snippets.models import get_snippet_models

from sites.own_choices import HistoryFilterSet, LockedPagesFilterSet, WorkflowsFilterSet, WorkflowTasksFilterSet
from sites.ownership import NOTHING
from sites.permissions import reads_everywhere
from sites.usage import keys_in_sight


class OwnHistoryView(LogEntriesView):
    filterset_class = HistoryFilterSet


class OwnLockedPagesView(LockedPagesView):
    filterset_class = LockedPagesFilterSet


class OwnWorkflowsView(WorkflowView):
    filterset_class = WorkflowsFilterSet

    def get_queryset(self):
        return _in_sight(self.request.user, super().get_queryset())


class OwnWorkflowTasksView(WorkflowTasksView):
    filterset_class = WorkflowTasksFilterSet

    def get_queryset(self):
        return _in_sight(self.request.user, super().get_queryset(), "workflow_state__")


def _in_sight(user, rows, way=""):
    """Leave out the records of others: for what is no page, Wagtail asks for a right to its kind alone."""
    if reads_everywhere(user):
        return rows
    hidden = NOTHING
    for model in get_snippet_models():
        if issubclass(model, WorkflowMixin):
            kind = ContentType.objects.get_for_model(model)
            seen = keys_in_sight(user, kind.pk)
            hidden |= Q(**{f"{way}base_content_type": kind}) & ~Q(**{f"{way}object_id__in": seen})
    return rows.exclude(hidden) if hidden != NOTHING else rows
