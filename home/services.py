"""Acts on news: where articles are shown, and offering them to other portals."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from core.addresses import portal_code
from sites.models import Agency

from .enums import OfferState
from .models import NewsOffer, NewsPage, NewsPlacement
from .permissions import can_answer_offers, can_offer
from .querysets import TOP_SECTION_DEPTH


def place(article: NewsPage) -> None:
    """Make the lists follow an article: its own place, and all places where it is shown by an offer."""
    agency = Agency.objects.filter(code=portal_code(article.url_path)).first()
    if agency is None:
        return
    if article.origin_id != agency.pk:
        NewsPage.objects.filter(pk=article.pk).update(origin=agency)
        article.origin = agency
    shared = {"published_at": article.published_at or timezone.now(), "is_live": article.live}
    NewsPlacement.objects.update_or_create(
        article=article,
        is_original=True,
        defaults={
            "agency": agency,
            **_sections(article.path[: -Page.steplen]),
            "slug": article.slug,
            "is_lead": article.is_lead,
            **shared,
        },
    )
    NewsPlacement.objects.filter(article=article, is_original=False).update(**shared)


def _sections(path):
    """The section at a tree path and the section of the menu above it, as fields of a placement."""
    top_path = path[: TOP_SECTION_DEPTH * Page.steplen]
    keys = dict(Page.objects.filter(path__in=[path, top_path]).values_list("path", "pk"))
    return {"section_id": keys[path], "top_section_id": keys[top_path]}


def place_below(page: Page) -> None:
    """Make the lists follow a page that was moved with all articles below it."""
    for article in NewsPage.objects.filter(path__startswith=page.path).defer("body"):
        place(article)


@transaction.atomic
def offer_article(*, article: NewsPage, agencies, user, message: str = "") -> list[NewsOffer]:
    """Offer a live article to other portals; one that declined or lost it before may be asked again."""
    if not can_offer(user, article):
        raise PermissionDenied
    if not article.live:
        raise ValidationError(_("Only a published article can be offered."))
    offers = []
    for agency in agencies:
        if agency.pk == article.origin_id or not agency.has_portal:
            raise ValidationError(_("“%(agency)s” cannot be offered this article.") % {"agency": agency})
        offer, created = NewsOffer.objects.get_or_create(
            article=article, agency=agency, defaults={"offered_by": user, "message": message}
        )
        if not created and offer.state in {OfferState.DECLINED, OfferState.RECALLED}:
            offer.state, offer.offered_by, offer.message, offer.answer = OfferState.OFFERED, user, message, ""
            offer.decided_by = offer.decided_at = None
            offer.save()
        offers.append(offer)
    log(instance=article, action="home.offer", user=user, data={"agencies": [agency.code for agency in agencies]})
    return offers


@transaction.atomic
def accept_offer(*, offer: NewsOffer, section: Page, user) -> NewsPlacement:
    """Show an offered article in a section of one's own portal; it stays the origin's article."""
    offer = _waiting(offer, user)
    article = offer.article
    if portal_code(section.url_path) != offer.agency.code:
        raise ValidationError(_("Choose a section of your own portal."))
    _decide(offer, OfferState.ACCEPTED, user)
    placement, _created = NewsPlacement.objects.update_or_create(
        article=article,
        agency=offer.agency,
        defaults={
            **_sections(section.path),
            "slug": _free_slug(article, section),
            "published_at": article.published_at or timezone.now(),
            "is_live": article.live,
            "is_original": False,
            "offer": offer,
        },
    )
    log(instance=article, action="home.accept", user=user, data={"agency": offer.agency.code})
    return placement


@transaction.atomic
def decline_offer(*, offer: NewsOffer, user, reason: str) -> None:
    """Decline an offered article with a reason that its agency can read."""
    offer = _waiting(offer, user)
    offer.answer = reason
    _decide(offer, OfferState.DECLINED, user)
    log(instance=offer.article, action="home.decline", user=user, data={"agency": offer.agency.code})


@transaction.atomic
def recall_offer(*, offer: NewsOffer, user) -> None:
    """Take an offered article back: it disappears from the other portal at once."""
    if not can_offer(user, offer.article):
        raise PermissionDenied
    offer = NewsOffer.objects.select_for_update().get(pk=offer.pk)
    NewsPlacement.objects.filter(offer=offer).delete()
    _decide(offer, OfferState.RECALLED, user)
    log(instance=offer.article, action="home.recall", user=user, data={"agency": offer.agency.code})


@transaction.atomic
def drop_shared(*, offer: NewsOffer, user, reason: str = "") -> None:
    """Stop showing an accepted article on one's own portal."""
    if not can_answer_offers(user, offer.agency):
        raise PermissionDenied
    offer = NewsOffer.objects.select_for_update().get(pk=offer.pk)
    NewsPlacement.objects.filter(offer=offer).delete()
    offer.answer = reason
    _decide(offer, OfferState.DECLINED, user)


def _waiting(offer, user):
    if not can_answer_offers(user, offer.agency):
        raise PermissionDenied
    # Locked, so that of two approvers who answer at once the second sees what the first has done.
    offer = NewsOffer.objects.select_for_update().select_related("article", "agency").get(pk=offer.pk)
    if offer.state != OfferState.OFFERED:
        raise ValidationError(_("This offer has already been answered or recalled."))
    if not offer.article.live:
        raise ValidationError(_("The article is no longer published."))
    return offer


def _decide(offer, state, user):
    offer.state, offer.decided_by, offer.decided_at = state, user, timezone.now()
    offer.save()


def _free_slug(article, section):
    taken = set(NewsPlacement.objects.filter(section=section).exclude(article=article).values_list("slug", flat=True))
    taken |= set(section.get_children().values_list("slug", flat=True))
    slug, number = article.slug, 1
    while slug in taken:
        number += 1
        slug = f"{article.slug[:240]}-{number}"
    return slug
