"""Filters of the admin's lists, with the choices that belong to the own agency."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from taggit.models import Tag, TaggedItem
from wagtail.admin.views.pages.listing import GenericPageFilterSet
from wagtail.admin.views.reports.audit_logging import SiteHistoryReportFilterSet, get_users_for_filter
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, WorkflowTasksReportFilterSet
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.documents.views.documents import DocumentsFilterSet
from wagtail.images.views.images import ImagesFilterSet
from wagtail.models import Site, Task, Workflow

from .sight import colleagues_of, seen_by

# As many as Wagtail offers.
TAGS_OFFERED = 10


def own_tags(user, *models):
    """Return the tags of pictures or files that somebody may see, the most used first."""
    items = TaggedItem.objects.none()
    for model in models:
        things = seen_by(user, model.objects.all()).values("pk")
        kind = ContentType.objects.get_for_model(model)
        items |= TaggedItem.objects.filter(content_type=kind, object_id__in=things)
    return Tag.objects.filter(taggit_taggeditem_items__in=items).annotate(uses=Count("pk")).order_by("-uses", "name")


def _scope(model):
    if issubclass(model, get_user_model()):
        return colleagues_of
    return seen_by if issubclass(model, Group | Site | Workflow | Task) else None


class OwnChoices:
    """Mixin of a filter set: people, groups, portals and ways of approval of other agencies are no choices."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = self.request.user
        for chooser in self.filters.values():
            # A filter holds its choices in one of two places; the first wins when its field is made.
            queryset = getattr(chooser, "queryset", None)
            if queryset is None:
                queryset = chooser.extra.get("queryset")
            if callable(queryset):
                queryset = queryset(self.request)
            scope = _scope(queryset.model) if queryset is not None else None
            if scope is not None:
                chooser.queryset = chooser.extra["queryset"] = scope(user, queryset).distinct()


class OwnTags:
    """Mixin of a filter set of pictures or files: the tags offered are those of what is in sight."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "tag" in self.filters:
            tags = own_tags(self.request.user, self._meta.model)[:TAGS_OFFERED]
            self.filters["tag"].extra["choices"] = [(tag.name, tag.name) for tag in tags]
            if not tags:
                del self.filters["tag"]


class PicturesFilterSet(OwnTags, ImagesFilterSet):
    pass


class FilesFilterSet(OwnTags, DocumentsFilterSet):
    pass


class PagesFilterSet(OwnChoices, GenericPageFilterSet):
    pass


class RedirectsFilterSet(OwnChoices, RedirectsReportFilterSet):
    pass


class LockedPagesFilterSet(OwnChoices, LockedPagesReportFilterSet):
    pass


class WorkflowsFilterSet(OwnChoices, WorkflowReportFilterSet):
    pass


class WorkflowTasksFilterSet(OwnChoices, WorkflowTasksReportFilterSet):
    pass


class HistoryFilterSet(OwnChoices, SiteHistoryReportFilterSet):
    def get_users_queryset(self):
        # Wagtail names this method otherwise, so that nothing calls it and all people are choices.
        return get_users_for_filter(self.request.user)
