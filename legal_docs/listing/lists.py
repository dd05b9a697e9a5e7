"""A list of documents as a page shows it: its rows, its facets with their numbers, and what was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from core.narrowing import Chip, Choice, Choices
from core.paging import ListPage, page_number
from legal_docs.document_types import document_types
from legal_docs.enums import Facet, Status
from legal_docs.models import LegalDocument, Placement

from .filters import PARAMETERS, Filters, names_of
from .numbers import Numbers, newest_first, numbers_of, placements
from .sections import Section

PER_PAGE = 20


@dataclass
class Line:
    """A document in a list, with its status as of the last night."""

    document: LegalDocument
    status: Status


@dataclass
class DocumentList:
    """A portal's list under some filters."""

    filters: Filters
    numbers: Numbers
    facets: list[Choices]
    chips: list[Chip]
    page: ListPage

    @property
    def is_empty_portal(self) -> bool:
        """Whether nothing is there at all, rather than nothing that fits what was chosen."""
        return not self.numbers.count and not self.filters.chosen


@dataclass(frozen=True)
class ListContext:
    """What the template of a list needs: the section, and one page of its list."""

    section: Section
    list: DocumentList


def list_context(request, section: Section) -> ListContext:
    """Return one page of a section's list under the filters of the address."""
    filters = Filters.from_query(request.GET, section.base)
    return ListContext(section, document_list(request.agency, filters, request.GET.get("trang")))


def document_list(agency, filters: Filters, page: str | None) -> DocumentList:
    """Return a page of a portal's list, the newest documents first; raise Http404 for a page that does not exist.

    Six queries at most, whether the portal shows a hundred documents or a hundred thousand.
    """
    numbers = numbers_of(agency, filters)
    num_pages = max(1, -(-numbers.count // PER_PAGE))
    number = page_number(page, num_pages)
    lines = _lines(agency, filters, numbers, (number - 1) * PER_PAGE)
    names = {facet: _names(facet, filters, numbers) for facet in PARAMETERS}
    return DocumentList(
        filters=filters,
        numbers=numbers,
        facets=[choices for facet in PARAMETERS if (choices := _choices(facet, filters, numbers, names[facet]))],
        chips=[
            Chip(capfirst(str(facet.label)), names[facet].get(value, value), filters.without(facet).query)
            for facet, value in filters.chosen.items()
        ],
        page=ListPage(lines, number, num_pages, numbers.count),
    )


def newest(agency, number: int, filters: Filters | None = None) -> list[LegalDocument]:
    """Return the newest documents of a portal's list."""
    return [line.document for line in _read(placements(agency, filters or Filters()), 0, number)]


def _lines(agency, filters, numbers, offset):
    if not numbers.count:
        return []
    rows = placements(agency, filters)
    years = None if Facet.YEAR in filters.values else numbers.of_years()
    if years:
        # Whole years are skipped by their numbers, so that the last page costs no more than the first.
        offset, year = _within_years(offset, years)
        rows = rows.filter(issued_on__lte=date(year, 12, 31))
    return _read(rows, offset, PER_PAGE)


def _within_years(offset, years):
    """Return how far a row stands behind the first of its year, and that year."""
    for year, count in years[:-1]:
        if offset < count:
            return offset, year
        offset -= count
    return offset, years[-1][0]


def _read(rows: Iterable[Placement], offset, length):
    """Read some rows in the order of lists: found in the index alone, and only then read whole."""
    found = list(newest_first(rows).values_list("document_id", "status")[offset : offset + length])
    documents = LegalDocument.objects.live().for_lines().in_bulk([key for key, _status in found]) if found else {}
    return [Line(documents[key], Status(status)) for key, status in found if key in documents]


def _names(facet, filters, numbers):
    values = set(numbers.by.get(facet, ()))
    return names_of(facet, values | ({filters.chosen[facet]} if facet in filters.chosen else set()))


def _choices(facet, filters, numbers, names):
    by = {value: count for value, count in numbers.by.get(facet, {}).items() if value in names}
    chosen = filters.chosen.get(facet)
    if not by or (len(by) == 1 and chosen is None and facet in filters.base):
        return None
    choices = [
        Choice(names[value], filters.with_value(facet, value).query, by[value], value == chosen)
        for value in sorted(by, key=lambda value: _order(facet, value, by, names))
    ]
    return Choices(capfirst(str(facet.label)), choices)


def _order(facet, value, by, names):
    if facet == Facet.YEAR:
        return (-int(value), 0, "")
    if facet == Facet.TYPE and by[value] is None:
        return (0, list(document_types()).index(value), "")
    return (0, -(by[value] or 0), names[value])
