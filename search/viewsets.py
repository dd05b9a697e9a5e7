"""The words of the search in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from search.understanding.synonyms import Group
from sites.forms import AgencyModelForm

from .models import SynonymGroup
from .services.previewing import compare

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


class _Previewing:
    """Shows what a group would change, and keeps nothing, when that is asked for."""

    template_name = "search/admin/synonyms.html"

    def post(self, request, *args, **kwargs):
        if "preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.previewed()
        form = self.get_form()
        compared = []
        if form.is_valid():
            words = form.cleaned_data["words"] if form.cleaned_data["is_active"] else ""
            compared = compare(words, form.queries(), self.object)
        return self.render_to_response(self.get_context_data(form=form, compared=compared, is_preview=True))


class SynonymCreateView(_Previewing, CreateView):
    def previewed(self):
        return None


class SynonymEditView(_Previewing, EditView):
    def previewed(self):
        return self.get_object()


class SynonymViewSet(ModelViewSet):
    """Words that mean the same; the province keeps the list, and all portals are searched with it."""

    model = SynonymGroup
    name = "synonyms"
    icon = "search"
    menu_label = _("Synonyms of the search")
    menu_order = 850
    add_to_admin_menu = True
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    list_display = ["words", BooleanColumn("is_active", label=_("In use")), "note"]
    list_filter = ["is_active"]
    search_fields = ["words", "note"]
    copy_view_enabled = False
    list_per_page = 50
    edit_handler = ObjectList(
        [FieldPanel("words"), FieldPanel("is_active"), FieldPanel("note"), FieldPanel("samples")],
        base_form_class=SynonymForm,
    )
