"""People in office as they are found: by name, by what they are, by the unit they belong to."""

from collections.abc import Collection, Iterator

from django.utils import timezone

from search.engine import Passage, Thing
from search.enums import Kind
from sites.models import Official
from sites.organisation import address_of_official

from .agencies import open_agencies

KIND = Kind.PERSON
BATCH = 500


def ids() -> Iterator[int]:
    """Yield the keys of all who are in office today with an agency that visitors may visit."""
    yield from _in_office().order_by("pk").values_list("pk", flat=True)


def _in_office():
    return Official.objects.in_office(timezone.localdate()).filter(agency__in=[one.pk for one in open_agencies()])


def read(keys: Collection[int]) -> dict[int, Thing]:
    """Return those of these people who are in office, in three queries."""
    officials = _in_office().filter(pk__in=keys).select_related("agency", "unit")
    return {official.pk: _thing(official) for official in officials}


def _thing(official):
    where = official.unit.name_vi if official.unit else official.agency.display_name
    lines = "\n".join(filter(None, (official.duties, official.phone, official.email)))
    return Thing(
        key=f"{KIND}:{official.pk}",
        title=official.full_name,
        owner=official.agency_id,
        places={official.agency_id: address_of_official(official.pk)},
        summary=f"{official.job_title}, {where}",
        # Whoever asks for the director of a department means a person.
        names=tuple(dict.fromkeys((f"{official.job_title} {where}", f"{official.job_title} {official.agency}"))),
        passages=(Passage(lines),) if lines else (),
    )
