"""To which agency a page or record belongs, and what its newest draft is."""

from wagtail.models import Page, Revision

from core.addresses import portal_code
from sites.models import Agency


def agency_of(thing) -> Agency | None:
    """Return the agency in whose portal a page stands, or that a record names as its own."""
    if isinstance(thing, Page):
        return Agency.objects.with_portal().select_related("site").filter(code=portal_code(thing.url_path)).first()
    return getattr(thing, "agency", None)


def read_again(thing):
    """Return the page or record as it is stored now; what an instance remembers may be a minute old."""
    manager = type(thing)._default_manager
    return manager.get(pk=thing.pk)


def stamp(revision: Revision) -> str:
    """Name one state of a draft. Wagtail's autosave writes over a revision, so its number alone says too little."""
    return f"{revision.pk}@{revision.created_at.isoformat()}" if revision else ""
