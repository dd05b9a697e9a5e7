"""What an agency shows before all other results, for what somebody searches or begins to type."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from wagtail.models import Page

from search.contents.pages import KINDS
from search.contents.reading import key_of
from search.enums import Kind
from search.models import BestBet
from search.understanding.triggers import is_in, may_become, phrase_of

MOST = 3
# Processes without a shared cache see a change after this many seconds.
_KEPT = 10


@dataclass(frozen=True)
class Bet:
    """A best bet of an agency, ready to be compared: `key` is that of the thing to which it leads, "" where it has an
    `address`, which may be one of the agency's own portal.
    """

    agency: int
    phrases: tuple[str, ...]
    is_whole: bool
    key: str
    address: str
    title: str
    note: str


def bets_for(texts: Iterable[str], agencies: Iterable[int], day: date) -> list[Bet]:
    """Return what agencies have set for a search, in any of these spellings of it: the first agency's own first."""
    searched = [phrase_of(text) for text in texts]
    return _chosen(
        agencies, day, lambda bet, phrase: any(is_in(phrase, one, is_whole=bet.is_whole) for one in searched)
    )


def bets_begun(text: str, agencies: Iterable[int], day: date) -> list[Bet]:
    """Return what agencies have set for what a text that is being typed may become."""
    typed = phrase_of(text)
    return _chosen(agencies, day, lambda bet, phrase: may_become(phrase, typed, is_whole=bet.is_whole))


def _chosen(agencies, day, fits):
    found: dict = {}
    for agency in agencies:
        for bet in _set_by(agency, day):
            if any(fits(bet, phrase) for phrase in bet.phrases):
                found.setdefault(bet.key or (bet.agency, bet.address), bet)
    return list(found.values())


def _set_by(agency, day):
    key = _name(agency)
    known = cache.get(key)
    if known is None or known[0] != day:
        bets = BestBet.objects.holding(day).filter(agency=agency).select_related("page")
        known = day, [_bet(bet) for bet in bets]
        cache.set(key, known, _KEPT)
    return known[1]


def _bet(bet: BestBet):
    key = key_of_target(bet) or ""
    return Bet(bet.agency_id, tuple(bet.phrases), bet.is_whole, key, bet.address, bet.title, bet.note)


def key_of_target(bet: BestBet) -> str | None:
    """Return the key of the thing to which a best bet leads; None for an address, and for a page of another type."""
    if bet.document_id:
        return key_of(Kind.DOCUMENT, bet.document_id)
    kind = kind_of_page(bet.page) if bet.page_id else None
    return key_of(kind, bet.page_id) if kind else None


def kind_of_page(page: Page) -> Kind | None:
    """Return as what a page is found; None for one of another type, such as a home page."""
    return KINDS.get(page.specific_class)


def forget_bets(agency: int) -> None:
    """Read an agency's best bets again at the next search."""
    cache.delete(_name(agency))


def _name(agency):
    return f"search:bets:{agency}"
