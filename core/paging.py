"""One page of a long list, and the number of the page that an address asks for."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404
from django.utils.translation import gettext as _

# A list deeper than this is read by period or by search; the database need not count to it.
MAX_PAGE = 100_000


@dataclass
class ListPage:
    """One page of a list, with what the pager needs. `is_by_day` says that the newest entries stand first."""

    items: list
    number: int
    num_pages: int
    count: int
    is_by_day: bool = True

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


def page_number(text: str | None, num_pages: int) -> int:
    """Return the number of the page that was asked for; raise Http404 for one that does not exist or is no number."""
    if text is None or text == "":
        return 1
    if not text.isascii() or not text.isdecimal() or len(text) > 6 or not 1 <= int(text) <= MAX_PAGE:
        raise Http404(_("This is not the number of a page."))
    if int(text) > num_pages:
        raise Http404(
            _("There is no page %(number)d; the last one is %(last)d.") % {"number": int(text), "last": num_pages}
        )
    return int(text)
