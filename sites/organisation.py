"""Who an agency is: its units and the people in office, as its portal must name them (Decree 43/2011/NĐ-CP, Article
10.1.a and 10.1.i).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from core.renditions import prefetch_pictures

from .models import Agency, Official, Unit

ADDRESS = "/co-cau-to-chuc/"


def address_of_unit(pk: int) -> str:
    """Return the path at which the page of its portal names a unit."""
    return f"{ADDRESS}#don-vi-{pk}"


def address_of_official(pk: int) -> str:
    """Return the path at which the page of its portal names somebody in office."""
    return f"{ADDRESS}#nguoi-{pk}"


@dataclass
class UnitEntry:
    """A unit with its people and the units that belong to it."""

    unit: Unit
    officials: list[Official] = field(default_factory=list)
    children: list["UnitEntry"] = field(default_factory=list)


@dataclass(frozen=True)
class Organisation:
    """The leadership, the units from the top down, and those in office who belong to neither."""

    leaders: list[Official]
    units: list[UnitEntry]
    others: list[Official]

    @property
    def is_empty(self) -> bool:
        return not (self.leaders or self.units or self.others)


def organisation_of(agency: Agency, day: date) -> Organisation:
    """Return who an agency is on a day, in three queries and one more for pictures."""
    entries = {unit.pk: UnitEntry(unit) for unit in agency.units.order_by("position", "name_vi")}
    leaders, others = [], []
    officials = list(agency.officials.in_office(day).select_related("portrait"))
    prefetch_pictures((), *(official.portrait for official in officials))
    for official in officials:
        if official.is_leader:
            leaders.append(official)
        elif official.unit_id in entries:
            entries[official.unit_id].officials.append(official)
        else:
            others.append(official)
    return Organisation(leaders, _tree(entries), others)


def _tree(entries):
    """Hang each unit below the one that it belongs to; one that leads back to itself stands at the top."""
    below = defaultdict(list)
    for entry in entries.values():
        below[entry.unit.parent_id if entry.unit.parent_id in entries else None].append(entry)
    seen = set()

    def hang(entry):
        seen.add(entry.unit.pk)
        entry.children = [hang(child) for child in below[entry.unit.pk] if child.unit.pk not in seen]
        return entry

    tops = [hang(entry) for entry in below[None]]
    return tops + [hang(entry) for entry in entries.values() if entry.unit.pk not in seen]
