"""Agencies with their units as they are found."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.utils import timezone

from core.visibility import restricted_paths
from search.engine import Passage, Thing
from search.enums import Kind
from sites.models import Agency, Unit

from .pages import is_restricted

KIND = Kind.AGENCY
BATCH = 100


def ids() -> Iterator[int]:
    """Yield the keys of all agencies that exist and have a portal."""
    yield from _open().order_by("pk").values_list("pk", flat=True)


def _open():
    return Agency.objects.with_portal().existing(on=timezone.localdate()).filter(site__root_page__live=True)


def read(keys: Collection[int]) -> dict[int, Thing]:
    """Return the agencies among these whose portals visitors may open, in three queries."""
    restricted = restricted_paths()
    agencies = [
        agency
        for agency in _open().filter(pk__in=keys).select_related("site__root_page")
        if not is_restricted(agency.site.root_page.path, restricted)
    ]
    units = defaultdict(list)
    for unit in Unit.objects.filter(agency__in=agencies):
        units[unit.agency_id].append(unit)
    return {agency.pk: _thing(agency, units[agency.pk]) for agency in agencies}


def _thing(agency, units):
    names = dict.fromkeys(filter(None, (agency.body_vi, agency.site_title_vi, agency.name_en, agency.symbol)))
    names.pop(agency.display_name, None)
    return Thing(
        key=f"{KIND}:{agency.pk}",
        title=agency.display_name,
        owner=agency.pk,
        places={agency.pk: "/"},
        summary=", ".join(unit.name_vi for unit in units),
        names=tuple(names),
        passages=tuple(Passage(_lines(unit), heading=unit.name_vi) for unit in units),
    )


def _lines(unit):
    return "\n".join(filter(None, (unit.duties, unit.address, unit.phone, unit.email)))
