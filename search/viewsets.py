"""The words of the search in the admin."""

from django import forms
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from search.understanding.synonyms import Group
from sites.forms import AgencyModelForm

from .models import SynonymGroup
from .wording_views import SynonymCreateView, SynonymEditView, SynonymImportView, SynonymIndexView

_MOST_SAMPLES = 5
_LONGEST_SAMPLE = 200


class SynonymForm(AgencyModelForm):
    """A group of synonyms, with queries that show what it would change; these are not kept."""

    samples = forms.CharField(
        label=_("Try it with these searches"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line, five at most. “Preview” shows what they find now and what they would find."),
    )

    def queries(self) -> list[str]:
        """Return the queries to try: those that were typed, else the words themselves."""
        typed = self.data.get("samples", "").splitlines() or self._own_words()
        return [line.strip()[:_LONGEST_SAMPLE] for line in typed if line.strip()][:_MOST_SAMPLES]

    def _own_words(self):
        group = Group.of_line(self.data.get("words", ""))
        return list(group.words) if group else []


class SynonymViewSet(ModelViewSet):
    """Words that mean the same; the province keeps the list, and all portals are searched with it."""

    model = SynonymGroup
    name = "synonyms"
    icon = "search"
    menu_label = _("Synonyms of the search")
    menu_order = 850
    add_to_admin_menu = True
    index_view_class = SynonymIndexView
    import_view_class = SynonymImportView
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    list_display = ["words", BooleanColumn("is_active", label=_("In use")), "note"]
    list_export = ["words", "is_active", "note"]
    export_filename = "tu-dong-nghia"
    list_filter = ["is_active"]
    search_fields = ["words", "note"]
    copy_view_enabled = False
    list_per_page = 50
    edit_handler = ObjectList(
        [FieldPanel("words"), FieldPanel("is_active"), FieldPanel("note"), FieldPanel("samples")],
        base_form_class=SynonymForm,
    )

    @cached_property
    def import_view(self):
        return self.construct_view(
            self.import_view_class, index_url_name=self.get_url_name("index"), permission_policy=self.permission_policy
        )

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(import_url_name=self.get_url_name("import"), **kwargs)

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("import/", self.import_view, name="import")]
