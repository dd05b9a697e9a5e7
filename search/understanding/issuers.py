"""Bodies that issue documents as people say them beside a number: "thông tư 01/2019 của bộ lao động".

A name is given in full, by its beginning ("bộ lao động") or by the symbol ("của BTC"); what it tells is the symbol that
stands in the number, which is preferred and not required: lists often name another body than the number does.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from core.text import fold
from legal_docs.central_bodies import central_bodies
from sites.agencies_file import DEFAULT_FILE, read_agencies

from .synonyms import Words, folded_words
from .tokens import Token

# "Bộ" alone names no ministry.
_SHORTEST = 2
_LINKS = ("cua", "do")
_COUNCILS = {"Ủy ban nhân dân": "UBND", "Hội đồng nhân dân": "HĐND"}


def symbols_at(tokens: Sequence[Token], place: int) -> tuple[str, ...]:
    """Return the folded symbols of the bodies whose name begins at a place, perhaps after "của"; none for no body.

    The longest beginning that fits counts: "bộ văn hóa" there have been two, "bộ văn hóa thể thao" one.
    """
    if place < len(tokens) and tokens[place].text in _LINKS:
        place += 1
    names = _names()
    words = tuple(token.text for token in tokens[place : place + _longest()])
    for end in range(len(words), 0, -1):
        if symbols := names.get(words[:end]):
            return symbols
    return ()


@cache
def _names() -> dict[Words, tuple[str, ...]]:
    found: dict[Words, dict[str, None]] = defaultdict(dict)
    for name, symbols in _bodies():
        words = folded_words(name)
        for end in range(_SHORTEST, len(words) + 1):
            found[words[:end]].update(dict.fromkeys(symbols))
        for symbol in symbols:
            found[(symbol,)].update(dict.fromkeys(symbols))
    return {words: tuple(symbols) for words, symbols in found.items()}


def _bodies():
    for body in central_bodies():
        symbols = [fold(symbol) for symbol in (body["symbol"], *body.get("other_symbols", ()))]
        for name in (body["name_vi"], *body.get("other_names", ())):
            yield name, symbols
    for name, symbol in _COUNCILS.items():
        yield name, [fold(symbol)]
    for agency in read_agencies(DEFAULT_FILE):
        if symbol := agency.texts.get("symbol"):
            yield agency.name_vi, [fold(symbol)]


@cache
def _longest() -> int:
    return max(map(len, _names()))
