from datetime import datetime

from django.db import models
from django.utils import timezone
from wagtail.models import Page

from core.models import PictureRendition
from core.renditions import CARD
from core.visibility import restricted_paths

# Reading whole pages, with forty columns and the body, for a line of a list costs more than finding them.
_LINE = (
    "article__title", "article__url_path", "section__url_path", "slug", "published_at", "is_original", "is_lead",
    "agency_id", "section_id", "article_id",
)  # fmt: skip
_CARD = (
    "section__title", "article__origin__name_vi", "article__summary", "article__author_initials",
    "article__translation_key", "article__last_published_at",
    "article__lead_picture__title", "article__lead_picture__alt_text", "article__lead_picture__file",
    "article__lead_picture__width", "article__lead_picture__height", "article__lead_picture__focal_point_x",
    "article__lead_picture__focal_point_y", "article__lead_picture__focal_point_width",
    "article__lead_picture__focal_point_height", "agency__code", "agency__site__hostname", "agency__name_vi",
    "agency__body_vi", "agency__site_title_vi",
)  # fmt: skip
# The tree's root is 1, portals are 2, the sections of their menu 3.
TOP_SECTION_DEPTH = 3


class NewsPlacementQuerySet(models.QuerySet):
    """Where articles are shown: every list, panel and feed of news begins here."""

    def shown(self, restricted: list[str] | None = None):
        """What the public may see now: live articles that no view restriction covers.

        `restricted` is what core.visibility.restricted_paths() returned earlier in the same request.
        """
        placements = self.filter(is_live=True)
        for path in restricted_paths() if restricted is None else restricted:
            placements = placements.exclude(article__path__startswith=path).exclude(section__path__startswith=path)
        return placements

    def on_portal(self, agency):
        return self.filter(agency=agency)

    def in_section(self, section: Page):
        """Articles of a section and of those below it."""
        if section.depth == TOP_SECTION_DEPTH:
            return self.filter(top_section=section)
        return self.filter(section__path__startswith=section.path)

    def directly_in(self, section: Page):
        """Articles of a section itself."""
        return self.filter(section=section)

    def originals(self):
        """Articles where they were written, not where they are also shown."""
        return self.filter(is_original=True)

    def in_period(self, year: int, month: int | None = None):
        """Articles published in a year, or in a month of it (Vietnamese time)."""
        zone = timezone.get_default_timezone()
        begins = datetime(year, month or 1, 1, tzinfo=zone)
        if month is None or month == 12:
            ends = datetime(year + 1, 1, 1, tzinfo=zone)
        else:
            ends = datetime(year, month + 1, 1, tzinfo=zone)
        return self.filter(published_at__gte=begins, published_at__lt=ends)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def for_lines(self):
        """With all that a line of a list shows: title, date, address."""
        return self.select_related("article", "section").only(*_LINE)

    def for_lists(self):
        """With all that a card of a list shows, whatever the number of cards: also picture and origin."""
        card_sizes = PictureRendition.objects.filter(filter_spec__in=CARD.specs())
        return (
            self.select_related("article__lead_picture", "article__origin", "section", "agency__site")
            .only(*_LINE, *_CARD)
            .prefetch_related(
                models.Prefetch(
                    "article__lead_picture__renditions", queryset=card_sizes, to_attr="prefetched_renditions"
                )
            )
        )
