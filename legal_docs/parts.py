"""The parts of a document as a clerk writes them, "Điều 5; khoản 2 Điều 7", and the element ids that they name."""

import re
from collections.abc import Iterable

from legal_docs.citations import CitingDocument, find_citations
from legal_docs.presenting.places import name_of

# The grammar reads parts of a document that is named; which one they are parts of is asked beside them.
_DOCUMENT, _OF_IT = CitingDocument(form="Luật"), " của Luật này"
_ID = re.compile(r"[a-z]+(?:_[a-z0-9-]+)?(?:__[a-z]+(?:_[a-z0-9-]+)?)*")
_BETWEEN = re.compile(r"(?:[\s,;.]|và|các|từ|tại)*", re.IGNORECASE)


class NoParts(ValueError):
    """Words that name no part; its argument is what was not understood."""


def ids_of(words: str) -> tuple[str, ...]:
    """Return the element ids of parts as they are written, each once; raise NoParts for anything else."""
    found = {}
    for piece in filter(None, map(str.strip, re.split(r"[;\n]", words))):
        ids = piece.split()
        found |= dict.fromkeys(ids if all("_" in one and _ID.fullmatch(one) for one in ids) else _ids_named(piece))
    return tuple(found)


def _ids_named(piece):
    text = piece + _OF_IT
    citations = find_citations(text, _DOCUMENT)
    rest, end = "", 0
    for citation in citations:
        rest, end = rest + text[end : citation.start], citation.end
    if not all(citation.elements for citation in citations) or not _BETWEEN.fullmatch(rest + text[end:]):
        raise NoParts(piece)
    return [eid for citation in citations for eid in citation.elements]


def words_of(ids: Iterable[str]) -> str:
    """Return the parts as they are written; an id stays one where its name would be read as another."""
    return "; ".join(map(_words, ids))


def _words(eid):
    name = name_of(eid)
    try:
        return name if ids_of(name) == (eid,) else eid
    except NoParts:
        return eid
