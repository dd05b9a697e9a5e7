"""What lists have in common: the sections below a page, and one page of many articles."""

from wagtail.models import Page

from core.paging import ListPage, page_number
from sites.menus import MenuEntry, menu_of


def child_sections(page: Page, restricted: list[str]) -> list[MenuEntry]:
    """Return the live sections directly below a page that visitors may open, in the editors' order."""
    if page.numchild == 0:
        return []
    return menu_of(page, depth=1, restricted=restricted)


def one_page(placements, number: str | None, per_page: int) -> ListPage:
    """Return one page of a list of placements; raises Http404 for a page that does not exist or is no number.

    The rows of the page are found in the index alone and only they are read, so page 10,000 costs little more than
    page 1.
    """
    count = placements.count()
    num_pages = max(1, -(-count // per_page))
    wanted = page_number(number, num_pages)
    start = (wanted - 1) * per_page
    keys = list(placements.newest_first().values_list("pk", flat=True)[start : start + per_page])
    items = list(type(placements)(placements.model).filter(pk__in=keys).for_lists().newest_first()) if keys else []
    return ListPage(items=items, number=wanted, num_pages=num_pages, count=count)
