"""To which agency a page or record belongs, by the rule of the house, and what its newest draft is."""

from collections.abc import Iterable

from wagtail.models import Revision

from sites.models import Agency
from sites.ownership import ownership_of
from sites.sight import agencies_in_sight


def agency_of(thing) -> Agency | None:
    """Return the agency to which a page or record belongs."""
    return _owner(thing, Agency.objects.with_portal().select_related("site__root_page", "collection"))


def agency_in_sight_of(user, thing) -> Agency | None:
    """Return the same if it is one whose drafts somebody may see; without a query for each thing of a list."""
    return _owner(thing, agencies_in_sight(user))


def _owner(thing, agencies: Iterable[Agency]):
    ownership = ownership_of(type(thing))
    return next((agency for agency in agencies if ownership.belongs(thing, [agency])), None)


def read_again(thing):
    """Return the page or record as it is stored now; what an instance remembers may be a minute old."""
    manager = type(thing)._default_manager
    return manager.get(pk=thing.pk)


def stamp(revision: Revision) -> str:
    """Name one state of a draft. Wagtail's autosave writes over a revision, so its number alone says too little."""
    return f"{revision.pk}@{revision.created_at.isoformat()}" if revision else ""
