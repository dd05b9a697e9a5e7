"""Things and queries for tests of engines."""

import re
from datetime import date

from core.text import fold, normalise
from search.engine import Number, Passage, Query, Thing
from search.enums import Facet
from search.wanted import Wanted, Word

PROVINCE, DEPARTMENT, DISTRICT = 1, 2, 3


def thing(key, title="", passages=(), owner=PROVINCE, portals=(), **more):
    """Make a thing; passages are texts, or tuples (anchor, label, heading, text)."""
    made = [Passage(p) if isinstance(p, str) else Passage(p[3], p[0], p[1], p[2]) for p in passages]
    places = {agency: f"/{key.replace(':', '/')}/" for agency in {owner, *portals}}
    return Thing(key=key, title=title or key, owner=owner, places=places, passages=tuple(made), **more)


def decree(serial, number, year, symbol="nd-cp", form="nghi dinh", **more):
    """Make a legal document with a number."""
    looked_up = Number(number, (year,), tuple(symbol.split("-")), form)
    more.setdefault("day", date(year, 1, 1))
    more.setdefault("title", f"Nghị định {number}/{year}/NĐ-CP")
    return thing(f"document:{serial}", number=looked_up, facets={Facet.YEAR: (str(year),)}, **more)


def want(text, **more):
    """Read a text word by word, without knowing anything."""
    words = [(fold(word), normalise(word).lower()) for word in re.findall(r"[^\W_]+", normalise(text))]
    read = tuple(Word(folded, exact if exact != folded else "") for folded, exact in words)
    return Wanted(text=text, words=read, **more)


def ask(text="", wanted=None, **more):
    return Query(wanted=wanted or (want(text) if text else Wanted()), **more)


def keys(answer, near=None):
    """Return the keys of hits: of all, of near ones alone or of those alone that have all words."""
    return [hit.key for hit in answer.hits if near is None or hit.is_near == near]
