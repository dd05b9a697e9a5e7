"""How many documents a list has, and how many each further choice would leave: kept numbers, or a bounded count."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q

from legal_docs.enums import Facet
from legal_docs.models import ListCount, Placement

from .filters import Filters

# With two filters and more nothing is kept; counting further would cost more than all the rest of the page.
MOST_COUNTED = 2_000
COLUMNS = {Facet.TYPE: "type", Facet.ISSUER: "issuer_id", Facet.YEAR: "year", Facet.STATUS: "status"}


@dataclass
class Numbers:
    """`count` documents in the list; `by` has, for each facet, the number of documents for each of its values.

    A number of None is not known: the list was longer than what is counted.
    """

    count: int = 0
    is_complete: bool = True
    by: dict[Facet, dict[str, int | None]] = field(default_factory=dict)

    def of_years(self) -> list[tuple[int, int]] | None:
        """The number of documents of each year, the newest first; None where it is not known."""
        years = self.by.get(Facet.YEAR, {})
        if not self.is_complete or any(count is None for count in years.values()):
            return None
        found = sorted(((int(year), count) for year, count in years.items()), reverse=True)
        return found if sum(count for _year, count in found) == self.count else None


def placements(agency, filters: Filters):
    """Return the rows of a portal's list that filters leave, one for each document."""
    values = filters.values
    fields = values.get(Facet.FIELD)
    rows = Placement.objects.filter(agency=agency, field=fields[0] if fields else None)
    for facet, column in COLUMNS.items():
        if facet in values:
            wanted = values[facet]
            rows = rows.filter(**({column: wanted[0]} if len(wanted) == 1 else {f"{column}__in": wanted}))
    return rows


def newest_first(rows):
    """Order the rows of a list: by day, and by key where days are equal."""
    # The field first, though all rows have the same: PostgreSQL does not see that IS NULL leaves one value, and would
    # sort all rows of the portal instead of reading twenty from the index.
    return rows.order_by("field_id", "-issued_on", "-document_id")


def numbers_of(agency, filters: Filters) -> Numbers:
    """Return the numbers of a list: from those that are kept for no filter and for one, else counted up to a bound."""
    values = filters.values
    if not values:
        return _all(_kept(agency, Q(facet=Facet.ALL)))
    if len(values) == 1:
        facet, wanted = next(iter(values.items()))
        rows = _kept(agency, Q(facet=Facet.ALL) | Q(facet=facet, value__in=wanted))
        return _narrowed(rows, facet, filters)
    return _counted(agency, filters)


def _kept(agency, which):
    kept = ListCount.objects.filter(which, agency=agency, count__gt=0)
    return list(kept.values_list("facet", "value", "by", "by_value", "count"))


def _all(rows):
    numbers = Numbers()
    for _facet, _value, by, by_value, count in rows:
        if by == Facet.ALL:
            numbers.count = count
        else:
            numbers.by.setdefault(Facet(by), {})[by_value] = count
    return numbers


def _narrowed(rows, facet, filters):
    """Sum the numbers of the values of a list; the facet itself shows what another choice of it would give."""
    base = filters.base.get(facet)
    numbers = Numbers()
    for row_facet, value, by, by_value, count in rows:
        if row_facet == facet and value != "":
            if by == Facet.ALL:
                numbers.count += count
            else:
                into = numbers.by.setdefault(Facet(by), {})
                into[by_value] = into.get(by_value, 0) + count
        elif row_facet == Facet.ALL and by == facet and (base is None or by_value in base):
            numbers.by.setdefault(facet, {})[by_value] = count
    return numbers


def _counted(agency, filters):
    """Read the narrow rows of the list, at most MOST_COUNTED and one, and count them by every facet at once."""
    columns = list(COLUMNS.values())
    rows = list(placements(agency, filters).values_list(*columns)[: MOST_COUNTED + 1])
    is_complete = len(rows) <= MOST_COUNTED
    numbers = Numbers(min(len(rows), MOST_COUNTED), is_complete)
    for place, facet in enumerate(COLUMNS):
        counts = Counter(str(row[place]) for row in rows)
        numbers.by[facet] = dict(counts) if is_complete else dict.fromkeys(counts)
    if Facet.FIELD not in filters.values:
        # Which fields there are in a list with one of the filters; how many are left of each is not counted.
        facet, wanted = next(iter(filters.values.items()))
        kept = _kept(agency, Q(facet=facet, value__in=wanted, by=Facet.FIELD))
        numbers.by[Facet.FIELD] = dict.fromkeys(row[3] for row in kept)
    return numbers
