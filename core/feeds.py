"""What RSS 2.0 and Atom 1.0 of a portal have in common, whatever stands in them."""

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

# By the last word of their address.
FEEDS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
LENGTH = 30


class PortalFeed(Feed):
    """The newest of something on the portal of the request; `form` is a key of FEEDS."""

    language = "vi"
    # The same thing keeps one identity in all portals that show it, so it is no address.
    item_guid_is_permalink = False

    def __init__(self, form: str):
        self.form = form
        self.feed_type = FEEDS[form]

    def get_object(self, request):
        self.portal = request.portal

    def author_name(self):
        return self.portal.agency.body_name
