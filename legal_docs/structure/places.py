"""How a place in a document is named: "điểm b khoản 2 Điều 10", as citations and links say it."""

from collections.abc import Sequence

from .tree import Element, Kind

_WORDS = {
    Kind.ARTICLE: "Điều",
    Kind.CLAUSE: "khoản",
    Kind.SUBCLAUSE: "khoản",
    Kind.POINT: "điểm",
    Kind.SUBPOINT: "điểm",
}


def place_name(path: Sequence[Element]) -> str:
    """Return the name of the last element of a path from the root: from the inside out, as Vietnamese law cites.

    What an element is printed with is its name where citations have no word for it, as for chapters.
    """
    names, has_article = [], False
    for element in reversed(path):
        if element.kind in _WORDS and element.number:
            names.append(f"{_WORDS[element.kind]} {element.number}")
            has_article |= element.kind is Kind.ARTICLE
        elif element.kind is Kind.ATTACHMENT or (element.label and not has_article):
            names.append(element.label.rstrip(" .:") or element.heading)
    return " ".join(name for name in names if name)
