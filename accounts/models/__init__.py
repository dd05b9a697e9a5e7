from .attempts import AttemptCounter
from .users import User

__all__ = ["AttemptCounter", "User"]
