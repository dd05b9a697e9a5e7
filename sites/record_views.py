"""Views of units and officials: an administrator meets those of the own agency and no others."""

import django_filters
from django.http import Http404
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.permissions import policy_registry

from .permissions import agencies_with_visible_people, is_auditor, sees_people


class RecordFilterSet(WagtailFilterSet):
    agency = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Agency"), queryset=lambda request: agencies_with_visible_people(request.user)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(agencies_with_visible_people(self.request.user)[:2]) < 2:
            del self.filters["agency"]


class _Scoped:
    """Finds what its reader may see or change; everything else does not exist."""

    actions = ("view", "change")

    def dispatch(self, request, *args, **kwargs):
        if not sees_people(request.user) or (self.actions == ("change",) and is_auditor(request.user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return self._records()

    def _records(self):
        return policy_registry.get_by_type(self.model).instances_user_has_any_permission_for(
            self.request.user, self.actions
        )


class RecordIndexView(_Scoped, generic.IndexView):
    base_filterset_class = RecordFilterSet

    def get_base_queryset(self):
        related = {"agency", "unit"} & {field.name for field in self.model._meta.fields}
        return self._records().select_related(*related)

    def get_queryset(self):
        return generic.IndexView.get_queryset(self)


class RecordCreateView(_Scoped, generic.CreateView):
    actions = ("change",)


class RecordEditView(_Scoped, generic.EditView):
    actions = ("change",)


class RecordDeleteView(_Scoped, generic.DeleteView):
    actions = ("change",)


class EmptyAsDash:
    """Mixin of a screen that shows a record: what is not filled in is a dash, not Python's word for it."""

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        return "-" if value is None or value == "" else value


class RecordInspectView(EmptyAsDash, _Scoped, generic.InspectView):
    def get_object(self, queryset=None):
        record = self._records().filter(pk=self.pk).first()
        if record is None:
            raise Http404
        return record


class RecordHistoryView(_Scoped, HistoryView):
    def get_base_object_queryset(self):
        return self._records()

    def get_queryset(self):
        return HistoryView.get_queryset(self)
