"""What is offered while somebody types: things by their titles and names, as browsers' own search boxes take them."""

from django.utils.text import capfirst

from core.text import fold, shorten
from search.database import store
from search.engine import Thing
from search.enums import Kind
from sites.portals import Portal

from .names import names_for_things

MAX_LENGTH = 100
_MOST = 8
# One letter begins half of all titles.
_SHORTEST = 2
_LONGEST_TITLE, _LONGEST_ABOUT = 110, 90


def suggestions(portal: Portal, text: str, *, is_provincial: bool) -> list:
    """Return what OpenSearch Suggestions 1.0 asks for: the text, titles, what each is, and where it is read.

    At most three queries; a text too short to mean anything asks for nothing.
    """
    words = " ".join(text.split())[:MAX_LENGTH]
    if sum(letter.isalnum() for letter in fold(words)) < _SHORTEST:
        return [words, [], [], []]
    things = store.begins(words, None if is_provincial else portal.agency.pk, _MOST)
    names = names_for_things(things)
    lines = [(thing, address) for thing in things if (address := names.address_of(thing, portal))]
    return [
        words,
        [shorten(thing.title, _LONGEST_TITLE) for thing, _address in lines],
        [_about(thing) for thing, _address in lines],
        [address if "://" in address else portal.address + address for _thing, address in lines],
    ]


def _about(thing: Thing):
    if thing.kind == Kind.DOCUMENT:
        return shorten(thing.summary, _LONGEST_ABOUT)
    return capfirst(str(thing.kind.label))
