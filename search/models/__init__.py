from .changes import Change, IndexState
from .generations import Generation

__all__ = ["Change", "Generation", "IndexState"]
