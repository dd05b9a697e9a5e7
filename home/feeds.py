"""RSS 2.0 and Atom 1.0 of a portal and of each section, for readers and for other portals."""

from django.http import Http404

from core.feeds import LENGTH, PortalFeed
from core.visibility import restricted_paths

from .models import HomePage, NewsPlacement


def serve_feed(request, page, form):
    """Answer with the newest articles of a portal (its home page) or of a section."""
    return NewsFeed(page, form)(request)


class NewsFeed(PortalFeed):
    def __init__(self, page, form):
        super().__init__(form)
        self.page = page

    def get_object(self, request):
        if any(self.page.path.startswith(path) for path in restricted_paths()):
            raise Http404
        super().get_object(request)
        return self.page

    def title(self, page):
        name = self.portal.agency.portal_title
        return name if isinstance(page, HomePage) else f"{page.title} - {name}"

    def link(self, page):
        return self.portal.address + page.path_in_portal

    def feed_url(self, page):
        return f"{self.link(page)}{self.form}/"

    def description(self, page):
        return page.summary_text()

    subtitle = description

    def items(self, page):
        placements = NewsPlacement.objects.shown().on_portal(self.portal.agency)
        if not isinstance(page, HomePage):
            placements = placements.in_section(page)
        return placements.for_lists().newest_first()[:LENGTH]

    def item_title(self, placement):
        return placement.article.title

    def item_description(self, placement):
        return placement.article.summary

    def item_link(self, placement):
        return self.portal.address + placement.path_in_portal

    def item_guid(self, placement):
        return f"urn:congkhai:{placement.article.translation_key}"

    def item_pubdate(self, placement):
        return placement.published_at

    def item_updateddate(self, placement):
        return placement.article.last_published_at or placement.published_at

    def item_author_name(self, placement):
        return placement.article.author_initials or None
