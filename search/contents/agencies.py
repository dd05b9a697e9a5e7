"""Agencies as they are found."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.utils import timezone

from core.visibility import restricted_paths
from search.engine import Thing
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


def open_agencies(**chosen) -> list[Agency]:
    """Return the agencies whose portals visitors may open, in two queries."""
    restricted = restricted_paths()
    return [
        agency
        for agency in _open().filter(**chosen).select_related("site__root_page")
        if not is_restricted(agency.site.root_page.path, restricted)
    ]


def read(keys: Collection[int]) -> dict[int, Thing]:
    """Return the agencies among these whose portals visitors may open, in three queries."""
    agencies = open_agencies(pk__in=keys)
    units = defaultdict(list)
    for agency, name in Unit.objects.filter(agency__in=agencies).values_list("agency", "name_vi"):
        units[agency].append(name)
    return {agency.pk: _thing(agency, units[agency.pk]) for agency in agencies}


def _thing(agency, units):
    names = dict.fromkeys(filter(None, (agency.body_vi, agency.site_title_vi, agency.name_en, agency.symbol)))
    names.pop(agency.display_name, None)
    return Thing(
        key=f"{KIND}:{agency.pk}",
        title=agency.display_name,
        owner=agency.pk,
        places={agency.pk: "/"},
        summary=", ".join(units),
        names=tuple(names),
    )
