"""Words for what engines count and things are filed under, and where things are read; one query for each kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from legal_docs.enums import Facet as DocumentFacet
from legal_docs.listing.filters import is_possible, names_of
from search.asking import Asked
from search.database.store import Shown
from search.engine import Answer, Thing
from search.enums import Facet, Kind
from sites.models import Agency
from sites.portals import Portal

_OF_DOCUMENTS = (Facet.TYPE, Facet.ISSUER, Facet.FIELD, Facet.YEAR, Facet.STATUS)


@dataclass(frozen=True)
class Names:
    """Names of values by facet; values that are named nowhere any more are not in it. Agencies by their keys."""

    by_facet: Mapping[Facet, Mapping[str, str]]
    agencies: Mapping[int, Agency]

    def all_of(self, facet: Facet, values: Iterable[str]) -> list[str]:
        """Return the names of several values of a facet."""
        return [self.by_facet[facet][value] for value in values if value in self.by_facet.get(facet, {})]

    def owner_of(self, thing: Thing) -> str:
        agency = self.agencies.get(thing.owner)
        return agency.display_name if agency else ""

    def address_of(self, thing: Thing, portal: Portal) -> str:
        """Return where a thing is read: on this portal if it is shown here, else on that of its owner; "" nowhere."""
        if portal.agency.pk in thing.places:
            return thing.places[portal.agency.pk]
        agency = self.agencies.get(thing.owner)
        if agency is None or agency.site is None or thing.owner not in thing.places:
            return ""
        return portal.address_of(agency) + thing.places[thing.owner]


def names_for(shown: Iterable[Shown], answer: Answer | None = None, asked: Asked | None = None) -> Names:
    """Return the names of all that is shown, counted and chosen; three queries at most."""
    return _names((one.thing for one in shown), answer, asked)


def names_for_things(things: Iterable[Thing]) -> Names:
    """Return the names of all that things are filed under; three queries at most."""
    return _names(things, None, None)


def _names(things, answer, asked):
    values = {facet: set() for facet in Facet}
    for counted in (answer.facets if answer else {}, asked.chosen if asked else {}):
        for facet, found in counted.items():
            values[facet] |= set(found)
    owners = set()
    for thing in things:
        owners.add(thing.owner)
        for facet in (Facet.TYPE, Facet.ISSUER):
            values[facet] |= set(thing.facets.get(facet, ()))
    agencies = _agencies(owners | {int(value) for value in values[Facet.AGENCY]})
    by_facet = {facet: names_of(DocumentFacet(facet.value), _known(facet, values[facet])) for facet in _OF_DOCUMENTS}
    by_facet[Facet.AGENCY] = {str(key): agency.display_name for key, agency in agencies.items()}
    by_facet[Facet.KIND] = {kind.value: str(kind.label) for kind in Kind}
    return Names(by_facet, agencies)


def _known(facet, values):
    """Leave out what an index still has of another time."""
    return {value for value in values if is_possible(DocumentFacet(facet.value), value)}


def _agencies(keys):
    return Agency.objects.select_related("site").in_bulk(keys) if keys else {}
