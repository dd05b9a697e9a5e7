"""The page of an answer, and the one on which nothing has been asked yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.narrowing import Chip, Choice, Choices
from core.paging import ListPage, page_number
from core.text import shorten
from legal_docs.presenting.places import name_of
from search.asking import PER_PAGE, Asked
from search.engine import DEEPEST
from search.enums import Facet, Kind, Sort
from search.services.answering import Answered, answer, number_found
from sites.portals import Portal

from .chosen import Chosen, chosen_for
from .found import Found, found_things
from .marking import Marker
from .names import names_for
from .narrowing import chips_of, facets_of, kinds_of, order_of

_NEWEST = 5
_LONGEST_PART = 900
# What is offered where nothing was found is counted, each with a question of its own.
_MOST_COUNTED = 3


@dataclass(frozen=True)
class Part:
    """The part of a document that was asked for by its name, with where it is read."""

    name: str
    lines: list[SafeString]
    is_whole: bool
    address: str
    document: Found


@dataclass(frozen=True)
class Help:
    """What else may be tried where little was found: the other portals, fewer filters."""

    province: Choice | None
    fewer: list[Choice]


@dataclass(frozen=True)
class ResultsPage:
    """One page of an answer. `asked` is what was searched for, in a corrected spelling where nothing else was found;
    what staff have `chosen` for it is not in `found` again.
    """

    asked: Asked
    typed: Asked
    suggestion: Asked | None
    is_fallback: bool
    part: Part | None
    chosen: list[Chosen]
    found: list[Found]
    near: list[Found]
    count: int | None
    is_exact: bool
    page: ListPage
    kinds: list[Choice]
    facets: list[Choices]
    chips: list[Chip]
    order: Choices
    help: Help | None

    @property
    def is_corrected(self) -> bool:
        return self.asked.text != self.typed.text

    @property
    def as_typed(self) -> Asked:
        """The same words in the spelling in which they were typed."""
        return self.typed.as_typed()

    @property
    def all_pages(self) -> Asked:
        """What was asked, whatever the page: as feeds and tables have it."""
        return replace(self.asked, page=1)

    @property
    def shows_sections(self) -> bool:
        """Whether the sections of the portal are offered: where there is nothing else to go on from."""
        return not self.near

    @property
    def unnarrowed(self) -> Asked:
        return self.asked.without_choices()

    @property
    def first_number(self) -> int:
        return (self.page.number - 1) * PER_PAGE + 1


def results_page(portal: Portal, asked: Asked) -> ResultsPage:
    """Answer what was asked on a portal; raise EngineFailed where no engine can, Http404 for a page that is not there.

    Its queries do not depend on how many things it shows.
    """
    answered = answer(asked.text, asked.to_query(portal.agency.pk), is_as_typed=asked.is_as_typed)
    searched = asked.for_text(answered.text) if answered.is_corrected else asked
    found = answered.answer
    names = names_for(answered.shown, found, searched)
    things = partial(found_things, names=names, portal=portal, marker=Marker(answered.wanted))
    chosen = chosen_for(portal, asked, (asked.text, answered.text))
    named = {one.key for one in chosen}
    listed = [one for one in answered.shown if one.thing.key not in named]
    exact, near = (things([one for one in listed if one.hit.is_near == is_near]) for is_near in (False, True))
    chips = chips_of(searched, names)
    return ResultsPage(
        asked=searched,
        typed=asked,
        suggestion=searched.for_text(answered.suggestion) if answered.suggestion else None,
        is_fallback=answered.is_fallback,
        part=_part(answered, things(answered.shown[:1])),
        chosen=chosen,
        found=exact,
        near=near,
        count=_count(answered, asked),
        is_exact=found.is_exact,
        page=_page(asked, found.total, [*exact, *near]),
        kinds=kinds_of(searched, found),
        facets=facets_of(searched, found, names),
        chips=chips,
        order=order_of(searched),
        help=None if exact or chosen or asked.page > 1 else _help(searched, portal, chips),
    )


def _count(answered: Answered, asked):
    """Return how many things have all that was asked; None on a later page of what is near alone."""
    hits = answered.answer.hits
    if not any(hit.is_near for hit in hits):
        return answered.answer.total
    # Near ones follow where there are few: these all stand on the first page.
    return sum(not hit.is_near for hit in hits) if asked.page == 1 else None


def _page(asked, total, items):
    num_pages = max(1, -(-min(total, DEEPEST) // PER_PAGE))
    return ListPage(items, page_number(str(asked.page), num_pages), num_pages, total, is_by_day=False)


def _part(answered: Answered, found: Sequence[Found]):
    if answered.part is None or not found:
        return None
    marker, lines, left = Marker(answered.wanted), [], _LONGEST_PART
    texts = [line for line in answered.part.text.split("\n") if line.strip()]
    for text in texts:
        if left <= 0:
            break
        lines.append(marker.mark(shorten(text, left)))
        left -= len(text)
    eid = answered.part.eid
    return Part(name_of(eid), lines, left > 0, f"{found[0].address}#{eid}", found[0])


def _help(asked: Asked, portal, chips):
    """Count what the whole province and fewer filters would give; few are asked, as each number is a question."""
    everywhere = asked.in_scope(is_provincial=True)
    province = None if asked.is_provincial else _choice("", everywhere, portal)
    fewer = [_choice(name, other, portal) for name, other in _fewer(asked, chips)]
    return Help(
        province if province and province.count else None,
        [choice for choice in fewer if choice.count],
    )


def _fewer(asked, chips):
    """Return each thing that was chosen with what is asked without it, and all of them together."""
    found = [(chip, Asked.from_query(QueryDict(chip.query_without.removeprefix("?")))) for chip in chips]
    if asked.kind:
        kind = Chip(_("Kind of content"), str(Kind(asked.kind).label), "")
        found.append((kind, asked.with_values(Facet.KIND, ())))
    found = [(f"{chip.facet}: {chip.name}", other) for chip, other in found[:_MOST_COUNTED]]
    if len(found) > 1 and asked.text:
        found.append((_("all that was chosen"), asked.without_choices().with_values(Facet.KIND, ())))
    return found


def _choice(name, asked, portal):
    return Choice(name, asked.query, number_found(asked.text, asked.to_query(portal.agency.pk)), is_chosen=False)


@dataclass(frozen=True)
class StartPage:
    """What is shown before anything is asked: how much there is of each kind, the newest documents, a number to try."""

    asked: Asked
    kinds: list[Choice]
    newest: list[Found]
    number: str


def start_page(portal: Portal, asked: Asked) -> StartPage:
    """Return what helps to begin on a portal; raise EngineFailed where no engine answers."""
    documents = asked.with_values(Facet.KIND, (Kind.DOCUMENT.value,)).sorted_by(Sort.NEWEST)
    answered = answer("", replace(documents.to_query(portal.agency.pk), size=_NEWEST))
    names = names_for(answered.shown)
    newest = found_things(answered.shown, names, portal, Marker(answered.wanted))
    number = next((one.thing.title for one in answered.shown), "")
    return StartPage(asked, kinds_of(asked, answered.answer)[1:], newest, number)
