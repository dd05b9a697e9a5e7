"""What is offered while somebody types: things by their titles and names, as browsers' own search boxes take them."""

from django.utils.text import capfirst

from core.text import fold, shorten
from search.database import store
from search.engine import Thing
from search.enums import Kind
from sites.portals import Portal

from .chosen import chosen_while_typing
from .names import names_for_things

MAX_LENGTH = 100
_MOST = 8
# One letter begins half of all titles.
_SHORTEST = 2
_LONGEST_TITLE, _LONGEST_ABOUT = 110, 90


def suggestions(portal: Portal, text: str, *, is_provincial: bool) -> list:
    """Return what OpenSearch Suggestions 1.0 asks for: the text, titles, what each is, and where it is read.

    What the agency recommends stands first. At most six queries; a text too short to mean anything asks for nothing.
    """
    words = " ".join(text.split())[:MAX_LENGTH]
    if sum(letter.isalnum() for letter in fold(words)) < _SHORTEST:
        return [words, [], [], []]
    chosen = chosen_while_typing(portal, words, is_provincial=is_provincial)
    lines = [(one.title, one.about or one.note, one.address) for one in chosen]
    named = {one.key for one in chosen}
    things = [thing for thing in store.begins(words, _scope(portal, is_provincial), _MOST) if thing.key not in named]
    names = names_for_things(things)
    lines += [(thing.title, _about(thing), names.address_of(thing, portal)) for thing in things]
    lines = [line for line in lines if line[2]][:_MOST]
    return [
        words,
        [shorten(title, _LONGEST_TITLE) for title, _about_it, _address in lines],
        [shorten(about, _LONGEST_ABOUT) for _title, about, _address in lines],
        [address if "://" in address else portal.address + address for _title, _about_it, address in lines],
    ]


def _scope(portal, is_provincial):
    return None if is_provincial else portal.agency.pk


def _about(thing: Thing):
    if thing.kind == Kind.DOCUMENT:
        return thing.summary
    return capfirst(str(thing.kind.label))
