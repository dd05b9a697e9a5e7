"""What narrows a list of documents: the section it belongs to and what a visitor chose, one value of each facet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import get_language

from legal_docs.document_types import document_types
from legal_docs.enums import Facet, Status
from legal_docs.models import Issuer
from sites.models import FieldOfWork

# The words of an address for each facet, in the order in which they are shown.
PARAMETERS = {
    Facet.TYPE: "loai",
    Facet.ISSUER: "co-quan",
    Facet.FIELD: "linh-vuc",
    Facet.YEAR: "nam",
    Facet.STATUS: "tinh-trang",
}
_LONGEST = 60


@dataclass(frozen=True)
class Filters:
    """Chosen values by facet; `base` are the values to which a section is limited, of which a visitor chooses one."""

    base: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    chosen: Mapping[Facet, str] = field(default_factory=dict)

    @classmethod
    def from_query(cls, query: QueryDict, base: Mapping[Facet, tuple[str, ...]] | None = None) -> "Filters":
        """Read filters from an address; what can be no value is as if it were not there."""
        base = dict(base or {})
        chosen = {}
        for facet, name in PARAMETERS.items():
            value = (query.get(name) or "").strip()[:_LONGEST]
            if value and is_possible(facet, value) and value in base.get(facet, (value,)):
                chosen[facet] = value
        return cls(base, chosen)

    @property
    def values(self) -> dict[Facet, tuple[str, ...]]:
        """All that a document of the list must have, by facet."""
        return {**self.base, **{facet: (value,) for facet, value in self.chosen.items()}}

    def without(self, facet: Facet) -> "Filters":
        return replace(self, chosen={key: value for key, value in self.chosen.items() if key != facet})

    def with_value(self, facet: Facet, value: str) -> "Filters":
        return replace(self, chosen={**self.chosen, facet: value})

    @property
    def query(self) -> str:
        """The chosen values as part of an address, with its question mark; "" for none."""
        query = QueryDict(mutable=True)
        for facet, name in PARAMETERS.items():
            if facet in self.chosen:
                query[name] = self.chosen[facet]
        return f"?{query.urlencode()}" if query else ""


def is_possible(facet: Facet, value: str) -> bool:
    """Say whether an address can mean this value of a facet, whether anything has it or not."""
    if facet in (Facet.ISSUER, Facet.FIELD):
        return value.isascii() and value.isdecimal() and len(value) <= 9
    if facet == Facet.YEAR:
        return value.isascii() and value.isdecimal() and len(value) == 4 and date.min.year <= int(value)
    return value in (Status.values if facet == Facet.STATUS else document_types())


def names_of(facet: Facet, values) -> dict[str, str]:
    """Return the words for values of a facet; what is named nowhere any more is left out. One query at most."""
    values = set(values)
    if facet == Facet.TYPE:
        return {value: str(document_types()[value]) for value in values if value in document_types()}
    if facet == Facet.STATUS:
        return {value: str(Status(value).label) for value in values}
    if facet == Facet.YEAR:
        return {value: value for value in values}
    model = Issuer if facet == Facet.ISSUER else FieldOfWork
    if not values:
        return {}
    rows = model.objects.filter(pk__in=values).values_list("pk", "name_vi", "name_en")
    is_english = get_language() == "en"
    return {str(pk): (name_en if is_english and name_en else name_vi) for pk, name_vi, name_en in rows}
