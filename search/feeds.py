"""RSS 2.0 and Atom 1.0 of any search: the newest that has all that was asked, for readers and other portals."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from core.feeds import LENGTH, PortalFeed

from .asking import Asked
from .enums import Facet
from .presenting.names import names_for
from .services.answering import newest


class SearchFeed(PortalFeed):
    """The newest found things; the same filters as of the page stand in the address."""

    def __init__(self, asked: Asked, form: str, root: str):
        super().__init__(form)
        self.asked = asked
        self.root = root

    def title(self):
        name = self.portal.agency.portal_title
        return f"{self._words()} - {name}" if self.asked.text else f"{_('Search')} - {name}"

    def link(self):
        return f"{self.portal.address}{self.root}{self.asked.query}"

    def feed_url(self):
        return f"{self.portal.address}{self.root}{self.form}/{self.asked.query}"

    def description(self):
        return self._words() if self.asked.text else _("The newest on this portal")

    subtitle = description

    def items(self):
        shown = newest(self.asked.text, self.asked.to_query(self.portal.agency.pk), LENGTH)
        self.names = names_for(shown)
        return [(one.thing, address) for one in shown if (address := self.names.address_of(one.thing, self.portal))]

    def item_title(self, item):
        return item[0].title

    def item_description(self, item):
        return item[0].summary

    def item_link(self, item):
        return item[1] if "://" in item[1] else self.portal.address + item[1]

    def item_guid(self, item):
        return f"urn:congkhai:{item[0].key}"

    def item_pubdate(self, item):
        day = item[0].day
        return timezone.make_aware(datetime.combine(day, time())) if day else None

    def item_author_name(self, item):
        thing = item[0]
        issuers = self.names.all_of(Facet.ISSUER, thing.facets.get(Facet.ISSUER, ()))
        return ", ".join(issuers) or self.names.owner_of(thing) or None

    def _words(self):
        return _("Search for “%(words)s”") % {"words": self.asked.text}
