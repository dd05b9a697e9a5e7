"""RSS 2.0 and Atom 1.0 of any list of documents, for readers and for other portals."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from .listing.filters import Filters
from .listing.lists import newest

FEEDS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
LENGTH = 30


class DocumentFeed(Feed):
    """The newest documents of a list; the same filters as of its page stand in the address."""

    language = "vi"

    def __init__(self, section, filters: Filters, form: str):
        self.section = section
        self.filters = filters
        self.form = form
        self.feed_type = FEEDS[form]

    def get_object(self, request):
        self.portal = request.portal
        return self.section

    def title(self, section):
        return f"{section.title} - {self.portal.agency.portal_title}"

    def link(self, section):
        return self.portal.address + section.address + self.filters.query

    def feed_url(self, section):
        return f"{self.portal.address}{section.address}{self.form}/{self.filters.query}"

    def description(self, section):
        return section.introduction or section.title

    subtitle = description

    def author_name(self, section):
        return self.portal.agency.body_name

    def items(self, section):
        return newest(self.portal.agency, LENGTH, self.filters)

    def item_title(self, document):
        return str(document)

    def item_description(self, document):
        return document.abstract

    def item_link(self, document):
        return self.portal.address + document.get_absolute_url()

    def item_guid(self, document):
        # The same document keeps one identity in all portals that show it.
        return f"urn:congkhai:van-ban:{document.slug}"

    item_guid_is_permalink = False

    def item_pubdate(self, document):
        return document.posted_at or timezone.make_aware(datetime.combine(document.issued_on, time()))

    def item_updateddate(self, document):
        return document.last_published_at or self.item_pubdate(document)

    def item_author_name(self, document):
        return document.issuer.name_vi
