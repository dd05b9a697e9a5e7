"""The screens of the admin for the words of the search: what a group would change, and tables of groups."""

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from core.importing.refusals import BrokenFile
from core.spreadsheets import XLSX, csv_lines, workbook_file
from search.enums import Act
from search.services import exchanging
from search.services.exchanging import Line
from search.services.previewing import compare
from search.services.weighing import common_words

from .own import BegunWithWords


def sentence_on(common) -> str:
    """Say that a word is too common to stand for others."""
    return _("“%(word)s” stands in %(percent)d %% of all passages: searches that it is found for drown in results.") % {
        "word": common.word,
        "percent": common.percent,
    }


def warnings_on(groups) -> list[str]:
    """Return a sentence for each word that would make searches drown."""
    return [sentence_on(common) for common in common_words([group for group in groups if group])]


class SynonymIndexView(IndexView):
    """The groups, and the same as a table to take away."""

    import_url_name = None

    @cached_property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        if self.user_has_permission("change"):
            label = _("Take in a table")
            buttons.append(Button(label, url=reverse(self.import_url_name), icon_name="upload", priority=80))
        return buttons

    def as_spreadsheet(self, queryset, spreadsheet_format):
        headings, rows = exchanging.headings(), exchanging.rows(queryset)
        name = f"{self.get_filename()}.{spreadsheet_format}"
        if spreadsheet_format == self.FORMAT_XLSX:
            file = workbook_file(str(self.page_title)[:31], headings, rows)
            return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(csv_lines(headings, rows), content_type="text/csv", headers=disposition)


class _Previewing:
    """Shows what a group would change, and keeps nothing, when that is asked for; warns of common words."""

    template_name = "search/admin/synonyms.html"

    def post(self, request, *args, **kwargs):
        if "preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.previewed()
        form = self.get_form()
        compared, warnings = [], []
        if form.is_valid():
            words = form.cleaned_data["words"] if form.cleaned_data["is_active"] else ""
            compared = compare(words, form.queries(), self.object)
            warnings = warnings_on([form.instance.group]) if words else []
        context = self.get_context_data(form=form, compared=compared, warnings=warnings, is_preview=True)
        return self.render_to_response(context)

    def form_valid(self, form):
        answer = super().form_valid(form)
        if form.instance.is_active:
            for sentence in warnings_on([form.instance.group]):
                messages.warning(self.request, sentence)
        return answer


class SynonymCreateView(BegunWithWords, _Previewing, CreateView):
    words_field = "words"

    def previewed(self):
        return None


class SynonymEditView(_Previewing, EditView):
    def previewed(self):
        return self.get_object()


class TableForm(forms.Form):
    """A table of groups."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy(
            "CSV in UTF-8 or XLSX, with the columns of a downloaded table. Nothing is changed before you have seen what"
            " each line does."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    lines: list[Line] = []

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.lines = exchanging.read(file, file.name)
        except BrokenFile as error:
            raise forms.ValidationError(str(error)) from error
        return file


class SeenForm(forms.Form):
    """The lines that somebody has looked at and confirms; they are checked again."""

    lines = forms.JSONField(widget=forms.HiddenInput)

    def clean_lines(self):
        found = self.cleaned_data["lines"]
        is_list = isinstance(found, list) and len(found) <= exchanging.MOST_LINES
        if not is_list or not all(map(_is_line, found)):
            raise forms.ValidationError(_("Please choose the table once more."))
        return [Line(*values) for values in found]


def _is_line(values):
    types = [type(value) for value in values] if isinstance(values, list) else []
    return types == [int, str, bool, str]


class SynonymImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A table is chosen, then shown line by line with what it would do, then taken in."""

    model = None
    index_url_name = None
    permission_required = "change"
    form_class = TableForm
    template_name = "search/admin/synonyms_table.html"
    page_title = gettext_lazy("Take in a table")
    header_icon = "upload"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        listed = capfirst(self.model._meta.verbose_name_plural)
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": reverse(self.index_url_name), "label": listed}, here]

    def post(self, request, *args, **kwargs):
        if "confirm" not in request.POST:
            return super().post(request, *args, **kwargs)
        seen = SeenForm(request.POST)
        try:
            is_done = seen.is_valid() and self._take_in(seen.cleaned_data["lines"])
        except IntegrityError:
            # Somebody else has just entered one of the groups.
            is_done = False
        if not is_done:
            messages.error(request, _("Nothing was taken in. Please choose the table once more."))
            return redirect(request.path)
        return redirect(self.index_url_name)

    def _take_in(self, lines):
        done = exchanging.take_in(lines, self.request.user)
        said = {"added": done[Act.ADD], "changed": done[Act.CHANGE]}
        messages.success(self.request, _("Added: %(added)d. Changed: %(changed)d.") % said)
        if done[Act.REFUSE]:
            refused = ngettext("%(count)d line was refused.", "%(count)d lines were refused.", done[Act.REFUSE])
            messages.warning(self.request, refused % {"count": done[Act.REFUSE]})
        return True

    def form_valid(self, form):
        lines = form.lines
        by_act = {act: [line for line in lines if line.act == act] for act in Act}
        changing = [*by_act[Act.ADD], *by_act[Act.CHANGE]]
        context = self.get_context_data(
            form=form,
            parts=[(act, by_act[act]) for act in (Act.REFUSE, Act.ADD, Act.CHANGE) if by_act[act]],
            unchanged=len(by_act[Act.KEEP]),
            warnings=warnings_on([exchanging.group_of(line) for line in changing if line.is_active]),
            seen=SeenForm(initial={"lines": [line.kept for line in changing]}) if changing else None,
            is_seen=True,
        )
        return self.render_to_response(context)
