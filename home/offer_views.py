"""Admin views by which articles are offered, accepted, declined and recalled."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from sites.enums import Role
from sites.permissions import agencies_of

from .enums import OfferState
from .forms import AcceptForm, DeclineForm, OfferForm
from .models import NewsOffer, NewsPage
from .permissions import can_offer
from .services import accept_offer, decline_offer, drop_shared, offer_article, recall_offer

ANSWERING = (Role.APPROVER, Role.ADMINISTRATOR)
LISTED = 100


class OfferArticleView(WagtailAdminTemplateMixin, TemplateView):
    """Offers an article to other portals and shows what became of earlier offers."""

    template_name = "home/admin/offer_article.html"
    page_title = gettext_lazy("Offer to other portals")
    header_icon = "site"
    breadcrumbs_items = []

    def dispatch(self, request, *args, **kwargs):
        self.article = get_object_or_404(NewsPage.objects.select_related("origin"), pk=kwargs["pk"])
        if not can_offer(request.user, self.article):
            # Whether another agency's draft exists is nobody's business.
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.article.title

    def get_form(self, data=None):
        open_states = (OfferState.OFFERED, OfferState.ACCEPTED)
        taken = self.article.offers.filter(state__in=open_states).values("agency")
        return OfferForm(data, article=self.article, taken=taken)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["article"] = self.article
        context["offers"] = self.article.offers.select_related("agency", "decided_by")
        context.setdefault("form", self.get_form())
        return context

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if form.is_valid():
            try:
                offer_article(article=self.article, user=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The article was offered."))
                return redirect(request.path)
        return self.render_to_response(self.get_context_data(form=form))


class RecallView(View):
    """Takes an offer back, and with it the article from the other portal."""

    def post(self, request, pk):
        offer = get_object_or_404(NewsOffer.objects.select_related("article__origin"), pk=pk)
        if not can_offer(request.user, offer.article):
            raise Http404
        recall_offer(offer=offer, user=request.user)
        messages.success(request, _("The article is no longer shown at %(agency)s.") % {"agency": offer.agency})
        return redirect("offer_article", offer.article_id)


class OfferedNewsView(WagtailAdminTemplateMixin, TemplateView):
    """What other portals offer to one's own, and what was answered."""

    template_name = "home/admin/offered_news.html"
    page_title = gettext_lazy("News offered to us")
    header_icon = "download"
    breadcrumbs_items = []

    def dispatch(self, request, *args, **kwargs):
        self.agencies = agencies_of(request.user, *ANSWERING)
        if not self.agencies.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        offers = NewsOffer.objects.filter(agency__in=self.agencies).select_related(
            "article__origin__site", "agency__site__root_page", "decided_by"
        )
        waiting = list(offers.filter(state=OfferState.OFFERED, article__live=True)[:LISTED])
        for offer in waiting:
            offer.accept_form = AcceptForm(agency=offer.agency, prefix=f"accept-{offer.pk}")
            offer.decline_form = DeclineForm(prefix=f"decline-{offer.pk}")
        answered = offers.exclude(state=OfferState.OFFERED)[:LISTED]
        return super().get_context_data(waiting=waiting, answered=answered, **kwargs)


class AnswerView(View):
    """Accepts or declines one offer, or takes an accepted article off one's own portal."""

    def post(self, request, pk, answer):
        offer = get_object_or_404(
            NewsOffer.objects.select_related("agency__site__root_page"),
            pk=pk,
            agency__in=agencies_of(request.user, *ANSWERING),
        )
        try:
            message = getattr(self, f"_{answer}")(request, offer)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, message)
        return redirect("offered_news")

    def _accept(self, request, offer):
        form = AcceptForm(request.POST, agency=offer.agency, prefix=f"accept-{offer.pk}")
        if not form.is_valid():
            raise ValidationError(_("Choose a section of your own portal."))
        accept_offer(offer=offer, section=form.cleaned_data["section"], user=request.user)
        return _("The article is now shown on your portal.")

    def _decline(self, request, offer):
        form = DeclineForm(request.POST, prefix=f"decline-{offer.pk}")
        if not form.is_valid():
            raise ValidationError(_("Say why, so that the other agency knows."))
        decline_offer(offer=offer, user=request.user, reason=form.cleaned_data["reason"])
        return _("The offer was declined.")

    def _drop(self, request, offer):
        drop_shared(offer=offer, user=request.user)
        return _("The article is no longer shown on your portal.")
