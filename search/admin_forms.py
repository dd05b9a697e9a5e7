"""Forms of the search in the admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.understanding.synonyms import Group
from sites.forms import AgencyModelForm, offer_agencies

from .rights import agencies_with_bets
from .services.bets import kind_of_page

_MOST_SAMPLES = 5
_LONGEST_SAMPLE = 200


class BetForm(AgencyModelForm):
    """A best bet of one of the agencies for which somebody sets them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_agencies(self, agencies_with_bets(self.for_user, "change"))

    def clean_page(self):
        page = self.cleaned_data["page"]
        if page and kind_of_page(page) is None:
            raise ValidationError(_("Only articles and sections can be chosen; for another page name its address."))
        return page


class SynonymForm(AgencyModelForm):
    """A group of synonyms, with queries that show what it would change; these are not kept."""

    samples = forms.CharField(
        label=gettext_lazy("Try it with these searches"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One per line, five at most. “Preview” shows what they find now and what they would find."
        ),
    )

    def queries(self) -> list[str]:
        """Return the queries to try: those that were typed, else the words themselves."""
        typed = self.data.get("samples", "").splitlines() or self._own_words()
        return [line.strip()[:_LONGEST_SAMPLE] for line in typed if line.strip()][:_MOST_SAMPLES]

    def _own_words(self):
        group = Group.of_line(self.data.get("words", ""))
        return list(group.words) if group else []
