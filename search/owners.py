"""To whom the records of the search belong."""

from sites.doors import Audience, Door, open_door
from sites.ownership import Common, Nobody, declare

from .models import Arrival, Change, Follower, Generation, IndexState, Letter, SavedSearch, SynonymGroup


def declare_owners() -> None:
    """Say that the index, its outbox and what citizens follow are the install's: no screen of the admin shows them."""
    for model in (Arrival, Change, Follower, Generation, IndexState, Letter, SavedSearch):
        declare(model, Nobody())
    declare(SynonymGroup, Common())


def open_doors() -> None:
    """Say who comes in by the screens of the search beyond those of a viewset."""
    open_door("synonyms:import", Door(Audience.OPERATORS))
