"""The filters of a query as conditions of SQL on a thing `t`."""

from dataclasses import dataclass, field

from search.engine import Query
from search.enums import Facet

from .tables import Tables

# Of one facet; nobody chooses more by hand.
MOST_VALUES = 50


@dataclass
class Condition:
    """A condition with its parameters; empty where everything is asked for."""

    parts: list[str] = field(default_factory=list)
    values: list = field(default_factory=list)

    def add(self, part: str, *values) -> None:
        self.parts.append(part)
        self.values.extend(values)

    @property
    def sql(self) -> str:
        return "".join(f" AND {part}" for part in self.parts)


def condition_of(tables: Tables, query: Query, without: Facet | None = None) -> Condition:
    """Return the condition of all filters of a query, those of one facet left out."""
    condition = Condition()
    if query.portal is not None:
        condition.add(f"EXISTS (SELECT 1 FROM {tables.place} o WHERE o.agency = %s AND o.thing = t.id)", query.portal)
    for facet, chosen in query.facets.items():
        if facet != without and chosen:
            _add_facet(condition, tables, facet, list(chosen)[:MOST_VALUES])
    if query.since is not None:
        condition.add("t.day >= %s", query.since)
    if query.until is not None:
        condition.add("t.day <= %s", query.until)
    if query.keys is not None:
        condition.add(_among("t.key", query.keys), *query.keys)
    return condition


def _add_facet(condition, tables, facet, chosen):
    if facet == Facet.KIND:
        condition.add(_among("t.kind", chosen), *chosen)
    elif facet == Facet.AGENCY:
        # What is no number is no agency.
        owners = [int(value) for value in chosen if value.isascii() and value.isdecimal() and len(value) < 10]
        condition.add(_among("t.owner", owners), *owners)
    else:
        among = _among("v.value", chosen)
        condition.add(
            f"EXISTS (SELECT 1 FROM {tables.value} v WHERE v.facet = %s AND {among} AND v.thing = t.id)",
            str(facet),
            *chosen,
        )


def _among(column, values):
    return f"{column} IN ({marks(len(values))})" if values else "1 = 0"


def marks(number: int) -> str:
    """Return the marks of so many parameters."""
    return ", ".join(["%s"] * number)
