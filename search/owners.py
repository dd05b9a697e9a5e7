"""To whom the records of the search belong."""

from sites.ownership import Common, Nobody, declare

from .models import Arrival, Change, Follower, Generation, IndexState, Letter, SavedSearch, SynonymGroup


def declare_owners() -> None:
    """Say that the index, its outbox and what citizens follow are the install's: no screen of the admin shows them."""
    for model in (Arrival, Change, Follower, Generation, IndexState, Letter, SavedSearch):
        declare(model, Nobody())
    declare(SynonymGroup, Common())
