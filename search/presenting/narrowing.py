"""What narrows an answer: kinds, facets and days with their numbers, what was chosen, and the order."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.narrowing import Chip, Choice, Choices
from search.asking import PARAMETERS, Asked, written
from search.engine import Answer
from search.enums import Facet, Kind, Sort

from .names import Names

# Beside those that are chosen; whoever looks for another one searches for its name.
_MOST_VALUES = 40


def kinds_of(asked: Asked, answer: Answer) -> list[Choice]:
    """Return all kinds with how many were found of each, first all of them together; none where there is one kind."""
    counts = answer.facets.get(Facet.KIND, {})
    chosen = asked.chosen.get(Facet.KIND, ())
    shown = [kind for kind in Kind if counts.get(kind.value) or kind.value in chosen]
    if len(shown) < 2 and not chosen:
        return []
    everything = Choice(_("All kinds"), asked.with_values(Facet.KIND, ()).query, sum(counts.values()), not chosen)
    return [everything] + [
        Choice(
            str(kind.label),
            asked.with_values(Facet.KIND, (kind.value,)).query,
            counts.get(kind.value, 0),
            kind.value in chosen,
        )
        for kind in shown
    ]


def facets_of(asked: Asked, answer: Answer, names: Names) -> list[Choices]:
    """Return the facets that narrow what was found; one whose only value has everything is left out."""
    facets = []
    for facet in PARAMETERS:
        counts = {value: count for value, count in answer.facets.get(facet, {}).items() if count}
        chosen = asked.chosen.get(facet, ())
        if facet == Facet.KIND or (len(counts) < 2 and not chosen):
            continue
        known = names.by_facet[facet]
        values = sorted(known.keys() & {*counts, *chosen}, key=lambda value: _order(facet, value, counts, known))
        shown = [value for place, value in enumerate(values) if place < _MOST_VALUES or value in chosen]
        choices = [
            Choice(known[value], asked.toggled(facet, value).query, counts.get(value, 0), value in chosen)
            for value in shown
        ]
        if choices:
            facets.append(Choices(_name(facet), choices))
    return facets


def order_of(asked: Asked) -> Choices:
    """Return the orders in which found things may stand; without words the newest are the best."""
    sorts = [sort for sort in Sort if asked.text or sort != Sort.BEST]
    chosen = asked.sort if asked.sort in sorts else Sort.NEWEST
    choices = [Choice(str(sort.label), asked.sorted_by(sort).query, None, sort == chosen) for sort in sorts]
    return Choices(_("Order: %(order)s") % {"order": chosen.label}, choices)


def chips_of(asked: Asked, names: Names) -> list[Chip]:
    """Return each value that was chosen, with what is asked without it; the kind stands above already."""
    chips = [
        Chip(_name(facet), names.by_facet[facet].get(value, value), asked.toggled(facet, value).query)
        for facet, values in asked.chosen.items()
        if facet != Facet.KIND
        for value in values
    ]
    if asked.since or asked.until:
        chips.append(Chip(_("Period"), days_of(asked), asked.without_days().query))
    return chips


def days_of(asked: Asked) -> str:
    """Return the chosen days in words."""
    days = {"since": written(asked.since), "until": written(asked.until)}
    if asked.since and asked.until:
        return _("from %(since)s to %(until)s") % days
    return (_("from %(since)s on") if asked.since else _("until %(until)s")) % days


def _order(facet, value, counts, names):
    return (-int(value), "") if facet == Facet.YEAR else (-counts.get(value, 0), names[value])


def _name(facet):
    return capfirst(str(facet.label))
