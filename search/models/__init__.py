from .saved import Arrival, Follower, Letter, SavedSearch

__all__ = ["Arrival", "Follower", "Letter", "SavedSearch"]
