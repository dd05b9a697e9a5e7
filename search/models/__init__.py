from .generations import Generation
from .saved import Arrival, Follower, Letter, SavedSearch

__all__ = ["Arrival", "Follower", "Generation", "Letter", "SavedSearch"]
