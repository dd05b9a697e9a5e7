"""What is asked, between its address (/tim-kiem/?q=…) and a question to an engine; the address holds all of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from core.days import read_day
from core.text import normalise
from legal_docs.enums import Facet as DocumentFacet
from legal_docs.listing.filters import PARAMETERS as OF_LISTS
from legal_docs.listing.filters import is_possible

from .engine import DEEPEST, Query
from .enums import Facet, Kind, Sort
from .wanted import Wanted

MAX_LENGTH = 200
PER_PAGE = 20
LAST_PAGE = DEEPEST // PER_PAGE
# Of one facet; nobody chooses more by hand.
_MOST_VALUES = 12
_LONGEST_VALUE = 60

# The words of an address for each facet, in the order in which they are shown; where lists of documents have the same
# facet, they are theirs.
PARAMETERS = {
    Facet.KIND: "nhom",
    Facet.TYPE: OF_LISTS[DocumentFacet.TYPE],
    Facet.ISSUER: OF_LISTS[DocumentFacet.ISSUER],
    Facet.AGENCY: "noi-dang",
    Facet.FIELD: OF_LISTS[DocumentFacet.FIELD],
    Facet.YEAR: OF_LISTS[DocumentFacet.YEAR],
    Facet.STATUS: OF_LISTS[DocumentFacet.STATUS],
}
TEXT, SCOPE, SINCE, UNTIL, SORT, PAGE, AS_TYPED = "q", "pham-vi", "tu", "den", "xep", "trang", "nguyen-van"
PROVINCE = "tinh"
_SORTS = {"moi-nhat": Sort.NEWEST, "cu-nhat": Sort.OLDEST}
_SORT_WORDS = {sort: word for word, sort in _SORTS.items()}


@dataclass(frozen=True)
class Asked:
    """All that a visitor asked of the search; `page` counts from 1.

    `is_as_typed` asks for the words as they stand, where otherwise a corrected spelling might be searched for.
    `is_no_day` says that something else than a day stood in a field for days; it is not in the address again.
    """

    text: str = ""
    is_provincial: bool = False
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.BEST
    page: int = 1
    is_as_typed: bool = False
    is_no_day: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> "Asked":
        """Read an address; what can be no value is as if it were not there. Raise Http404 for a page that no list of
        found things has.
        """
        since, until = (read_day(query.get(name, "")) for name in (SINCE, UNTIL))
        if since and until and until < since:
            since, until = until, since
        return cls(
            text=" ".join(normalise(query.get(TEXT, "")).split())[:MAX_LENGTH].strip(),
            is_provincial=query.get(SCOPE) == PROVINCE,
            chosen={facet: values for facet, name in PARAMETERS.items() if (values := _values(query, facet, name))},
            since=since,
            until=until,
            sort=_SORTS.get(query.get(SORT, ""), Sort.BEST),
            page=_page(query.get(PAGE, "")),
            is_as_typed=query.get(AS_TYPED) == "1",
            is_no_day=any(query.get(name, "").strip() and not read_day(query[name]) for name in (SINCE, UNTIL)),
        )

    @property
    def query(self) -> str:
        """The canonical form of the address, with its question mark: what was asked alone; "" for nothing."""
        query = self._without_page()
        if self.page > 1:
            query[PAGE] = str(self.page)
        return f"?{query.urlencode()}" if query else ""

    @property
    def fields_but_days(self) -> list[tuple[str, str]]:
        """What stands in the address from the first page on, for the form in which days are typed."""
        query = self._without_page()
        return [(name, value) for name, values in query.lists() if name not in (SINCE, UNTIL) for value in values]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked, neither by words nor by choosing."""
        return not (self.text or self.chosen or self.since or self.until)

    @property
    def kind(self) -> str:
        """The kind that was chosen, "" where none or several are."""
        kinds = self.chosen.get(Facet.KIND, ())
        return kinds[0] if len(kinds) == 1 else ""

    def for_text(self, text: str) -> "Asked":
        return replace(self, text=text, page=1, is_as_typed=False)

    def as_typed(self) -> "Asked":
        return replace(self, page=1, is_as_typed=True)

    def for_following(self) -> "Asked":
        """Return what a follower follows: neither an order nor a page, and the words as they are."""
        return replace(self, sort=Sort.BEST, page=1, is_as_typed=False)

    def in_scope(self, is_provincial: bool) -> "Asked":
        return replace(self, is_provincial=is_provincial, page=1)

    def sorted_by(self, sort: Sort) -> "Asked":
        return replace(self, sort=sort, page=1)

    def without_days(self) -> "Asked":
        return replace(self, since=None, until=None, page=1)

    def with_values(self, facet: Facet, values: Iterable[str]) -> "Asked":
        """Return the same with these values of a facet and no others of it."""
        chosen = {**self.chosen, facet: _canonical(values)}
        return replace(self, chosen={one: chosen[one] for one in PARAMETERS if chosen.get(one)}, page=1)

    def toggled(self, facet: Facet, value: str) -> "Asked":
        """Return the same with a value chosen, or not chosen any more."""
        values = self.chosen.get(facet, ())
        return self.with_values(facet, [one for one in values if one != value] if value in values else [*values, value])

    def without_choices(self) -> "Asked":
        """Return the words alone, where they are looked for and of which kind."""
        kinds = {facet: values for facet, values in self.chosen.items() if facet == Facet.KIND}
        return replace(self.without_days(), chosen=kinds)

    def to_query(self, portal: int, wanted: Wanted | None = None) -> Query:
        """Return the question to an engine for one page of found things, asked on an agency's portal."""
        return Query(
            wanted=wanted or Wanted(),
            portal=None if self.is_provincial else portal,
            facets=self.chosen,
            since=self.since,
            until=self.until,
            sort=self.sort,
            offset=(self.page - 1) * PER_PAGE,
            size=PER_PAGE,
        )

    def _without_page(self):
        query = QueryDict(mutable=True)
        if self.text:
            query[TEXT] = self.text
        if self.is_provincial:
            query[SCOPE] = PROVINCE
        for facet, name in PARAMETERS.items():
            if facet in self.chosen:
                query.setlist(name, self.chosen[facet])
        for name, day in ((SINCE, self.since), (UNTIL, self.until)):
            if day:
                query[name] = written(day)
        if self.sort in _SORT_WORDS:
            query[SORT] = _SORT_WORDS[self.sort]
        if self.is_as_typed:
            query[AS_TYPED] = "1"
        return query


def written(day: date | None) -> str:
    """Return a day as it stands in an address and in the field for it; "" for none."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else ""


def _values(query, facet, name):
    return _canonical(value for value in query.getlist(name)[:_MOST_VALUES] if _can_be(facet, value))


def _canonical(values):
    return tuple(sorted(set(values)))


def _can_be(facet, value):
    if not value or len(value) > _LONGEST_VALUE:
        return False
    if facet == Facet.KIND:
        return value in Kind.values
    # The key of an agency is a number, like that of an issuer.
    return is_possible(DocumentFacet.ISSUER if facet == Facet.AGENCY else DocumentFacet(facet.value), value)


def _page(text):
    if not text:
        return 1
    if not text.isascii() or not text.isdecimal() or not int(text[:9]):
        raise Http404(_("This is not the number of a page."))
    if len(text) > 6 or int(text) > LAST_PAGE:
        raise Http404(
            _("Only the first %(most)d results can be leafed through. Please use more words, or choose more.")
            % {"most": DEEPEST}
        )
    return int(text)
