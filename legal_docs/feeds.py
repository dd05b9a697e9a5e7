"""RSS 2.0 and Atom 1.0 of any list of documents, for readers and for other portals."""

from datetime import datetime, time

from django.utils import timezone

from core.feeds import LENGTH, PortalFeed

from .listing.filters import Filters
from .listing.lists import newest


class DocumentFeed(PortalFeed):
    """The newest documents of a list; the same filters as of its page stand in the address."""

    def __init__(self, section, filters: Filters, form: str):
        super().__init__(form)
        self.section = section
        self.filters = filters

    def get_object(self, request):
        super().get_object(request)
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

    def items(self, section):
        return newest(self.portal.agency, LENGTH, self.filters)

    def item_title(self, document):
        return str(document)

    def item_description(self, document):
        return document.abstract

    def item_link(self, document):
        return self.portal.address + document.get_absolute_url()

    def item_guid(self, document):
        return f"urn:congkhai:van-ban:{document.slug}"

    def item_pubdate(self, document):
        return document.posted_at or timezone.make_aware(datetime.combine(document.issued_on, time()))

    def item_updateddate(self, document):
        return document.last_published_at or self.item_pubdate(document)

    def item_author_name(self, document):
        return document.issuer.name_vi
