"""To whom the things of this app belong that are no pages."""

from sites.ownership import AnyOf, Named, declare

from .models import NewsOffer, NewsPlacement


def declare_owners() -> None:
    """Say that an offer belongs to the agency that makes it and to the one that gets it."""
    declare(NewsOffer, AnyOf(Named("agency"), Named("article__origin")))
    declare(NewsPlacement, Named("agency"))
