"""To which agency a page or record belongs, by the rule of the house, and what its newest draft is."""

from wagtail.models import Page, Revision

from sites.models import Agency
from sites.ownership import ownership_of
from sites.owning import owners_of
from sites.sight import agencies_in_sight


def agency_of(thing) -> Agency | None:
    """Return the agency to which a page or record belongs."""
    return owners_of(thing).with_portal().select_related("site__root_page", "collection").first()


def agency_in_sight_of(user, thing) -> Agency | None:
    """Return the same if it is one whose drafts somebody may see; for pages without a query."""
    agencies = agencies_in_sight(user)
    if isinstance(thing, Page):
        return next((agency for agency in agencies if ownership_of(type(thing)).belongs(thing, [agency])), None)
    owners = set(owners_of(thing).values_list("pk", flat=True))
    return next((agency for agency in agencies if agency.pk in owners), None)


def read_again(thing):
    """Return the page or record as it is stored now; what an instance remembers may be a minute old."""
    manager = type(thing)._default_manager
    return manager.get(pk=thing.pk)


def stamp(revision: Revision) -> str:
    """Name one state of a draft. Wagtail's autosave writes over a revision, so its number alone says too little."""
    return f"{revision.pk}@{revision.created_at.isoformat()}" if revision else ""
