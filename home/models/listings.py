"""What lists have in common: the sections below a page, and one page of many articles."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.models import Page

from sites.menus import MenuEntry, menu_of

# A list deeper than this is read by period or by search; the database need not count to it.
MAX_PAGE = 100_000


def child_sections(page: Page, restricted: list[str]) -> list[MenuEntry]:
    """Return the live sections directly below a page that visitors may open, in the editors' order."""
    if page.numchild == 0:
        return []
    return menu_of(page, depth=1, restricted=restricted)


@dataclass
class ListPage:
    """One page of a list, with what the pager needs."""

    items: list
    number: int
    num_pages: int
    count: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.num_pages else None

    @property
    def neighbours(self) -> list[int | None]:
        """The page numbers to offer: the first, the last and those around this one; None where some are left out."""
        near = range(max(1, self.number - 2), min(self.num_pages, self.number + 2) + 1)
        numbers = sorted({1, *near, self.num_pages})
        offered: list[int | None] = numbers[:1]
        for before, number in pairwise(numbers):
            offered += [number] if number == before + 1 else [None, number]
        return offered


def one_page(placements, number: str | None, per_page: int) -> ListPage:
    """Return one page of a list of placements; raises Http404 for a page that does not exist or is no number.

    The rows of the page are found in the index alone and only they are read, so page 10,000 costs little more than
    page 1.
    """
    wanted = _page_number(number)
    count = placements.count()
    num_pages = max(1, -(-count // per_page))
    if wanted > num_pages:
        raise Http404(
            _("There is no page %(number)d; the last one is %(last)d.") % {"number": wanted, "last": num_pages}
        )
    start = (wanted - 1) * per_page
    keys = list(placements.newest_first().values_list("pk", flat=True)[start : start + per_page])
    items = list(type(placements)(placements.model).filter(pk__in=keys).for_lists().newest_first()) if keys else []
    return ListPage(items=items, number=wanted, num_pages=num_pages, count=count)


def _page_number(text):
    if text is None or text == "":
        return 1
    if not text.isascii() or not text.isdecimal() or len(text) > 6 or not 1 <= int(text) <= MAX_PAGE:
        raise Http404(_("This is not the number of a page."))
    return int(text)
