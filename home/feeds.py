"""RSS 2.0 and Atom 1.0 of a portal and of each section, for readers and for other portals."""

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from core.visibility import restricted_paths

from .models import HomePage, NewsPlacement

RSS = Rss201rev2Feed
ATOM = Atom1Feed
LENGTH = 30


def serve_feed(request, page, feed_type):
    """Answer with the newest articles of a portal (its home page) or of a section."""
    return NewsFeed(page, feed_type)(request)


class NewsFeed(Feed):
    language = "vi"

    def __init__(self, page, feed_type):
        self.page = page
        self.feed_type = feed_type

    def get_object(self, request):
        if any(self.page.path.startswith(path) for path in restricted_paths()):
            raise Http404
        self.portal = request.portal
        return self.page

    def title(self, page):
        name = self.portal.agency.portal_title
        return name if isinstance(page, HomePage) else f"{page.title} - {name}"

    def link(self, page):
        return self.portal.address + page.path_in_portal

    def feed_url(self, page):
        return self.link(page) + ("atom/" if self.feed_type is ATOM else "rss/")

    def description(self, page):
        return page.summary_text()

    subtitle = description

    def author_name(self, page):
        return self.portal.agency.body_name

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
        # The same article keeps one identity in all portals that show it.
        return f"urn:congkhai:{placement.article.translation_key}"

    item_guid_is_permalink = False

    def item_pubdate(self, placement):
        return placement.published_at

    def item_updateddate(self, placement):
        return placement.article.last_published_at or placement.published_at

    def item_author_name(self, placement):
        return placement.article.author_initials or None
