"""What keeps this app's records and addresses to one agency: whose they are, and who may come in."""

from sites.doors import Door, open_door
from sites.ownership import AnyOf, InTree, Named, declare

from .models import NewsAttachment, NewsOffer, NewsPlacement, RelatedDocument


def declare_owners() -> None:
    """Say that an offer belongs to the agency that makes it and to the one that gets it."""
    declare(NewsOffer, AnyOf(Named("agency"), Named("article__origin")))
    declare(NewsPlacement, Named("agency"))
    declare(NewsAttachment, InTree("article__path"))
    declare(RelatedDocument, InTree("article__path"))


def open_doors() -> None:
    """Open the screens of offers to whoever works for an agency; each asks for the right in the agency that acts."""
    open_door("offer_article", Door(names={"pk": "home.NewsPage"}))
    open_door("offered_news", Door())
    for act in ("recall", "accept", "decline", "drop"):
        open_door(f"{act}_offer", Door(names={"pk": "home.NewsOffer"}))
