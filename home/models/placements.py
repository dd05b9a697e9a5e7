from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.addresses import path_in_portal
from core.fields import CharField, TextField
from home.enums import OfferState
from home.querysets import NewsPlacementQuerySet


class NewsOffer(models.Model):
    """An article offered by its agency to another portal, and what became of it."""

    article = models.ForeignKey(
        "home.NewsPage", on_delete=models.CASCADE, related_name="offers", verbose_name=_("article")
    )
    agency = models.ForeignKey(
        "agency_sites.Agency", on_delete=models.CASCADE, related_name="news_offers", verbose_name=_("offered to")
    )
    state = models.CharField(_("state"), max_length=16, choices=OfferState, default=OfferState.OFFERED)
    message = TextField(_("message"), blank=True)
    answer = CharField(_("answer"), max_length=250, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("offered by")
    )
    offered_at = models.DateTimeField(_("offered at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("offered article")
        verbose_name_plural = _("offered articles")
        ordering = ["-offered_at"]
        constraints = [models.UniqueConstraint(fields=["article", "agency"], name="one_offer_per_article_and_portal")]

    def __str__(self):
        return f"{self.article} → {self.agency}"


class NewsPlacement(models.Model):
    """One article on one portal: where it was written (original), or where an offer of it was accepted.

    Lists read this narrow table alone; it follows the articles by home.services.place.
    """

    article = models.ForeignKey("home.NewsPage", on_delete=models.CASCADE, related_name="placements")
    agency = models.ForeignKey("agency_sites.Agency", on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    # The section of the menu above it, by which panels and large lists find their articles in one index.
    top_section = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=255)
    published_at = models.DateTimeField()
    is_live = models.BooleanField()
    is_original = models.BooleanField()
    is_lead = models.BooleanField(default=False)
    offer = models.OneToOneField(NewsOffer, null=True, on_delete=models.CASCADE, related_name="placement")

    objects = NewsPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of an article")
        verbose_name_plural = _("places of articles")
        constraints = [
            models.UniqueConstraint(fields=["article", "agency"], name="article_once_per_portal"),
            models.UniqueConstraint(fields=["section", "slug"], name="one_article_per_address"),
            # What is shown elsewhere is shown because an offer was accepted, and disappears with it.
            models.CheckConstraint(
                condition=Q(is_original=True, offer__isnull=True) | Q(is_original=False, offer__isnull=False),
                name="shared_article_has_an_offer",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "is_live", "-published_at", "-id"], name="news_of_a_portal"),
            models.Index(fields=["section", "is_live", "-published_at", "-id"], name="news_of_a_section"),
            models.Index(fields=["top_section", "is_live", "-published_at", "-id"], name="news_of_a_top_section"),
            models.Index(fields=["is_live", "is_original", "-published_at", "-id"], name="news_of_the_province"),
        ]

    def __str__(self):
        return f"{self.agency_id}: {self.article_id}"

    @property
    def path_in_portal(self) -> str:
        """The article's address on the portal of this placement."""
        if self.is_original:
            return self.article.path_in_portal
        return f"{path_in_portal(self.section.url_path)}{self.slug}/"
