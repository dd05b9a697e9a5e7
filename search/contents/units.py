"""Units of agencies as they are found: by name and by what they do."""

from collections.abc import Collection, Iterator

from search.engine import Passage, Thing
from search.enums import Kind
from sites.models import Unit
from sites.organisation import address_of_unit

from .agencies import open_agencies

KIND = Kind.UNIT
BATCH = 500


def ids() -> Iterator[int]:
    """Yield the keys of all units of agencies that visitors may visit."""
    yield from _open().order_by("pk").values_list("pk", flat=True)


def _open():
    return Unit.objects.filter(agency__in=[agency.pk for agency in open_agencies()])


def read(keys: Collection[int]) -> dict[int, Thing]:
    """Return the units among these that visitors may meet, in three queries."""
    return {unit.pk: _thing(unit) for unit in _open().filter(pk__in=keys).select_related("agency")}


def _thing(unit):
    lines = "\n".join(filter(None, (unit.duties, unit.address, unit.phone, unit.email)))
    return Thing(
        key=f"{KIND}:{unit.pk}",
        title=unit.name_vi,
        owner=unit.agency_id,
        places={unit.agency_id: address_of_unit(unit.pk)},
        summary=unit.agency.display_name,
        names=(unit.name_en,) if unit.name_en else (),
        passages=(Passage(lines),) if lines else (),
    )
