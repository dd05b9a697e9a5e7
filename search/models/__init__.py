from .changes import Change, IndexState
from .generations import Generation
from .saved import Arrival, Follower, Letter, SavedSearch
from .wording import SynonymGroup

__all__ = [
    "Arrival",
    "Change",
    "Follower",
    "Generation",
    "IndexState",
    "Letter",
    "SavedSearch",
    "SynonymGroup",
]
