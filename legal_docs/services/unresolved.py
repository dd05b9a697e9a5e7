"""Citations that lead nowhere yet, with the sentence in which each stands, for the editor to look at."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from legal_docs.models import Citation, LegalDocument, Text
from legal_docs.structure.tree import all_texts, from_json

_END_OF_SENTENCE = re.compile(r"[.;:](?=\s)")
_AROUND = 240


@dataclass(frozen=True)
class Unresolved:
    """A citation and the words around it: before, itself, after."""

    citation: Citation
    before: str
    words: str
    after: str


def unresolved() -> QuerySet[Citation]:
    """Return the citations whose document the registry does not know, or whose document has no such element."""
    return Citation.objects.filter(is_self=False).filter(Q(target=None) | Q(lacks_element=True))


def of_documents(documents: QuerySet[LegalDocument]) -> QuerySet[Citation]:
    """Return those of the texts that some documents have now."""
    now = unresolved().filter(text__document__in=documents, text__document__text=F("text"))
    return now.select_related("text__document__issuer", "target").order_by("text__document_id", "pk")


def of_text(text: Text) -> list[Unresolved]:
    """Return those of one text in reading order, with their sentences."""
    return with_sentences(unresolved().filter(text=text).select_related("target", "text").order_by("pk"))


def with_sentences(citations: Iterable[Citation]) -> list[Unresolved]:
    """Return citations with the sentences in which they stand; each text is opened once."""
    said: dict[int, dict] = {}
    found = []
    for citation in citations:
        if citation.text_id not in said:
            tree = from_json(citation.text.tree)
            said[citation.text_id] = {(eid, place): text for eid, place, text in all_texts(tree)}
        found.append(_around(citation, said[citation.text_id].get((citation.eid, citation.place), "")))
    return found


def _around(citation, text):
    start, end = citation.start, citation.end
    begins = max((found.end() for found in _END_OF_SENTENCE.finditer(text, 0, start)), default=0)
    stops = _END_OF_SENTENCE.search(text, end)
    until = stops.end() if stops else len(text)
    before, after = text[begins:start].lstrip(), text[end:until].rstrip()
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    if len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    return Unresolved(citation, before, text[start:end] or citation.words, after)
