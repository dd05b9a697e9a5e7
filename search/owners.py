"""To whom the records of the search belong."""

from sites.ownership import Nobody, declare

from .models import Change, Generation, IndexState


def declare_owners() -> None:
    """Say that the index and its outbox are the install's: they hold all agencies' things, and no screen shows them."""
    for model in (Change, Generation, IndexState):
        declare(model, Nobody())
