from .bets import BestBet
from .changes import Change, IndexState
from .counts import QueryCount
from .files import FileText
from .generations import Generation
from .saved import Arrival, Follower, Letter, SavedSearch
from .wording import SynonymGroup

__all__ = [
    "Arrival",
    "BestBet",
    "Change",
    "FileText",
    "Follower",
    "Generation",
    "IndexState",
    "Letter",
    "QueryCount",
    "SavedSearch",
    "SynonymGroup",
]
