"""To whom the records of the search belong."""

from sites.doors import OPERATORS, STAFF, open_door
from sites.ownership import Common, Named, Nobody, declare

from .models import (
    Arrival,
    BestBet,
    Change,
    FileText,
    Follower,
    Generation,
    IndexState,
    Letter,
    QueryCount,
    SavedSearch,
    SynonymGroup,
)


def declare_owners() -> None:
    """Say that the index, its outbox and what citizens follow are the install's: no screen of the admin shows them."""
    for model in (Arrival, Change, FileText, Follower, Generation, IndexState, Letter, SavedSearch):
        declare(model, Nobody())
    declare(SynonymGroup, Common())
    for model in (BestBet, QueryCount):
        declare(model, Named("agency"))


def open_doors() -> None:
    """Say who comes in by the screens beyond those of a viewset; the report shows the searches of own portals alone."""
    for name in ("searched_report", "searched_report_results"):
        open_door(name, STAFF)
    open_door("synonyms:import", OPERATORS)
