"""Forms by which an article is offered to other portals, and by which an offer is answered."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from sites.models import Agency

from .models import NewsIndexPage, NewsPage, SectionPage


class OfferForm(forms.Form):
    """To whom an article is offered."""

    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label=_("Offer to"), widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("Message"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, article: NewsPage, taken, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = (
            Agency.objects.with_portal().exclude(pk=article.origin_id).exclude(pk__in=taken)
        )


class AcceptForm(forms.Form):
    """In which section of one's own portal an offered article is shown."""

    section = forms.ModelChoiceField(Page.objects.none(), label=_("Show it in"), empty_label=None)

    def __init__(self, *args, agency: Agency, **kwargs):
        super().__init__(*args, **kwargs)
        below = Page.objects.filter(path__startswith=agency.site.root_page.path, live=True)
        self.fields["section"].queryset = below.type(NewsIndexPage, SectionPage).order_by("path")
        self.fields["section"].label_from_instance = self._indented_title
        self.root_depth = agency.site.root_page.depth
        first_news = below.type(NewsIndexPage).order_by("path").first()
        if first_news:
            self.initial.setdefault("section", first_news.pk)

    def _indented_title(self, page):
        return "– " * (page.depth - self.root_depth - 1) + page.title


class DeclineForm(forms.Form):
    """Why an offered article is not shown; its agency reads it."""

    reason = forms.CharField(label=_("Reason"), max_length=250)
