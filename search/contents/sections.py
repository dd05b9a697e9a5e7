"""Sections of portals as they are found."""

from collections.abc import Collection, Iterator

from wagtail.models import Page

from core.addresses import path_in_portal, portal_code
from core.visibility import restricted_paths
from home.models import NewsIndexPage, SectionPage
from search.engine import Thing
from search.enums import Kind
from sites.models import Agency

from .pages import lines_of, without_restricted
from .passages import passages_of

KIND = Kind.SECTION
BATCH = 200
_TYPES = (SectionPage, NewsIndexPage)


def ids() -> Iterator[int]:
    """Yield the keys of all sections that visitors may open."""
    yield from _open().order_by("pk").values_list("pk", flat=True)


def _open():
    pages = Page.objects.filter(live=True).type(*_TYPES)
    return without_restricted(pages, restricted_paths())


def read(keys: Collection[int]) -> dict[int, Thing]:
    """Return the sections among these that visitors may open now; a query for each type, and three more."""
    agencies = dict(Agency.objects.with_portal().values_list("code", "pk"))
    pages = [page for page in _open().filter(pk__in=keys).specific() if portal_code(page.url_path) in agencies]
    return {page.pk: _thing(page, agencies[portal_code(page.url_path)]) for page in pages}


def _thing(page, agency):
    return Thing(
        key=f"{KIND}:{page.pk}",
        title=page.title,
        owner=agency,
        places={agency: path_in_portal(page.url_path)},
        summary=page.introduction,
        passages=tuple(passages_of(lines_of(getattr(page, "body", None)))),
    )
