"""What an agency has set to stand before all other results, as a page and the suggestions show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst

from search.asking import Asked
from search.database import store
from search.engine import Hit
from search.enums import Sort
from search.services.bets import MOST, Bet, bets_begun, bets_for
from sites.models import Agency
from sites.portals import Portal

from .names import names_for_things


@dataclass(frozen=True)
class Chosen:
    """A best bet as it is shown: `about` says what it is, "" of an address; `key` is that of its thing, "" of none."""

    title: str
    address: str
    note: str
    about: str
    key: str


def chosen_for(portal: Portal, asked: Asked, texts: Iterable[str]) -> list[Chosen]:
    """Return what is set for a search on a portal, in any of the spellings in which it was asked.

    Only the first page has any, and only while nothing is narrowed or put into another order: whoever does that wants
    to see just what is found.
    """
    if not asked.text or asked.chosen or asked.since or asked.until or asked.page > 1 or asked.sort != Sort.BEST:
        return []
    agencies = _agencies(portal, is_provincial=asked.is_provincial)
    return _shown(portal, bets_for(dict.fromkeys(texts), agencies, timezone.localdate()), agencies)


def chosen_while_typing(portal: Portal, text: str, *, is_provincial: bool) -> list[Chosen]:
    """Return what is set for what a text that is being typed may become."""
    agencies = _agencies(portal, is_provincial=is_provincial)
    return _shown(portal, bets_begun(text, agencies, timezone.localdate()), agencies)


def _agencies(portal, *, is_provincial):
    """Return whose word counts, by key: this agency's and, where the whole province is searched, the province's."""
    province = Agency.objects.provincial().with_portal().select_related("site") if is_provincial else ()
    return {agency.pk: agency for agency in (portal.agency, *province)}


def _shown(portal, bets: list[Bet], agencies):
    if not bets:
        return []
    # The store has what the public may find now: a bet on anything else is not shown.
    shown = store.shown([Hit(bet.key) for bet in bets if bet.key])
    things = {one.thing.key: one.thing for one in shown}
    names = names_for_things(things.values())
    found = []
    for bet in bets:
        if bet.address:
            found.append(Chosen(bet.title, _address(portal, bet, agencies), bet.note, "", ""))
        elif (thing := things.get(bet.key)) and (address := names.address_of(thing, portal)):
            about = capfirst(str(thing.kind.label))
            found.append(Chosen(bet.title or thing.title, address, bet.note or thing.summary, about, bet.key))
    return found[:MOST]


def _address(portal, bet, agencies):
    is_of_another_portal = bet.address.startswith("/") and bet.agency != portal.agency.pk
    return portal.address_of(agencies[bet.agency]) + bet.address if is_of_another_portal else bet.address
