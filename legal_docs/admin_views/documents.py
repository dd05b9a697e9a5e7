"""List and form of documents, and the chooser by which one relates to another."""

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView
from wagtail.snippets.widgets import AdminSnippetChooser

from core.text import shorten
from editorial.views.records import RecordCreateView, RecordEditView, RecordIndexView
from legal_docs.enums import Status
from legal_docs.models import Issuer, LegalDocument
from legal_docs.models.documents import type_choices
from legal_docs.rights import may_change_owner
from sites.models import Agency
from sites.permissions import reads_everywhere
from sites.sight import choosable, seen_by

SHOWN_OF_AN_ABSTRACT = 160


def found_in(documents, words: str):
    """Return those of some documents whose number or abstract has words, written with or without accents."""
    whole = documents.numbered(words)
    return whole if whole.exists() else documents.with_words(words)


def _issuers(request):
    return Issuer.objects.filter(pk__in=seen_by(request.user, LegalDocument.objects.order_by()).values("issuer"))


class DocumentFilterSet(WagtailFilterSet):
    type = django_filters.ChoiceFilter(label=gettext_lazy("Type"), choices=type_choices)
    issuer = django_filters.ModelChoiceFilter(label=gettext_lazy("Issuing body"), queryset=_issuers)
    year = django_filters.NumberFilter(label=gettext_lazy("Year of issue"), min_value=1900, max_value=2100)
    status = django_filters.ChoiceFilter(label=gettext_lazy("Status"), choices=Status, method="filter_status")
    live = django_filters.ChoiceFilter(
        label=gettext_lazy("Shown to readers"), choices=(("True", gettext_lazy("yes")), ("False", gettext_lazy("no")))
    )
    owner = django_filters.ModelChoiceFilter(label=gettext_lazy("Agency"), queryset=Agency.objects.with_portal())

    class Meta:
        model = LegalDocument
        fields = ["type", "issuer", "year", "status", "live", "owner"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not reads_everywhere(self.request.user):
            del self.filters["owner"]

    def filter_status(self, queryset, name, value):
        return queryset.in_status(value, timezone.localdate()) if value else queryset


def _abstract(document):
    return shorten(document.abstract, SHOWN_OF_AN_ABSTRACT)


def _day(document):
    # As it stands on the document: "two years ago" tells nobody which it is.
    return f"{document.issued_on:%d/%m/%Y}"


class DocumentIndexView(RecordIndexView):
    is_searchable = True
    default_ordering = "-issued_on"
    table_classname = "listing stacked"

    def get_base_queryset(self):
        documents = super().get_base_queryset()
        return documents.select_related("issuer", "owner", "latest_revision").defer("latest_revision__content")

    def search_queryset(self, queryset):
        return found_in(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def list_display(self):
        state = super().list_display[-1]
        columns = [
            "__str__",
            Column("abstract", label=_("Abstract"), accessor=_abstract),
            Column("issuer", label=_("Issuing body"), sort_key="issuer__name_vi"),
            Column("issued_on", label=_("Date of issue"), accessor=_day, sort_key="issued_on"),
        ]
        if reads_everywhere(self.request.user):
            columns.append(Column("owner", label=_("Agency"), sort_key="owner__name_vi"))
        return [*columns, state]


class WithFiles:
    """Mixin of a form that takes files: autosaving would send each of them again with every keystroke."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class DocumentCreateView(WithFiles, RecordCreateView):
    pass


class DocumentEditView(WithFiles, RecordEditView):
    @cached_property
    def header_buttons(self):
        url = reverse("legal_documents:text", args=[self.object.pk])
        return [*super().header_buttons, HeaderButton(_("Full text"), url=url, icon_name="doc-full")]

    @property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if may_change_owner(self.request.user):
            url = reverse("legal_documents:owner", args=[self.object.pk])
            buttons.append(Button(_("Give to another agency"), url=url, icon_name="group", priority=60))
        return buttons


class _WordsForm(SearchFilterMixin, BaseFilterForm):
    """The box of the chooser for words; Wagtail gives one only to models that stand in its index."""


class _Offered:
    """Mixin of the chooser: own documents, and what is public of others, as it is public."""

    filter_form_class = _WordsForm
    results_template_name = "legal_docs/admin/chooser_results.html"

    def get_object_list(self):
        return choosable(self.request.user, LegalDocument.objects.select_related("issuer"))

    def filter_object_list(self, objects):
        words = self.filter_form.cleaned_data["q"] if self.filter_form.is_valid() else ""
        self.filter_form.is_searching, self.filter_form.search_query = bool(words), words
        return found_in(objects, words) if words else objects

    @property
    def columns(self):
        # Not its state: that another agency has a draft of it is that agency's business.
        return [
            self.title_column,
            Column("abstract", label=_("Abstract"), accessor=_abstract),
            Column("issuer", label=_("Issuing body")),
            Column("issued_on", label=_("Date of issue"), accessor=_day),
        ]

    def can_create(self):
        return False

    def get_context_data(self, **kwargs):
        self.table.classname = "listing stacked"
        return super().get_context_data(**kwargs)


class DocumentChooseView(_Offered, ChooseView):
    pass


class DocumentChooseResultsView(_Offered, ChooseResultsView):
    pass


class DocumentChooserWidget(AdminSnippetChooser):
    # It may be another agency's, which nobody here edits.
    show_edit_link = False
