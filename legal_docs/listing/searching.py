"""What somebody typed into the box above a list: a number leads to its document, a law's name to the law."""

from django.db.models import QuerySet

from legal_docs.citations.names import name_key
from legal_docs.models import LegalDocument
from legal_docs.numbers import NoNumber, parse_number

MAX_LENGTH = 200
MOST = 50
_SHORTEST_KEY = 3


def find(agency, text: str) -> list[LegalDocument]:
    """Return the documents of a portal that a number or a law's name means: those of the whole number, else those
    whose number or name begins so; none for words that are neither. Indexed, whatever the number of documents.
    """
    shown = LegalDocument.objects.live().filter(placements__agency=agency, placements__field=None)
    try:
        key = parse_number(text).key
    except NoNumber:
        key = ""
    if key and (found := _newest(shown.filter(number_key=key))):
        return found
    begun = _begun(text)
    if begun and (found := _newest(shown.filter(number_key__startswith=begun))):
        return found
    name = name_key(text)[:300]
    return _newest(shown.filter(name_key__startswith=name)) if len(name) >= _SHORTEST_KEY else []


def _newest(documents: QuerySet[LegalDocument]) -> list[LegalDocument]:
    return list(documents.for_lines().order_by("-issued_on", "-pk")[:MOST])


def _begun(text):
    """Return the form of comparison of a number that was not written to its end, as "43/2011" of 43/2011/NĐ-CP."""
    if not text[:1].isdecimal() or len(text) < _SHORTEST_KEY or " " in text.strip():
        return ""
    try:
        # The end of a whole number in the form of comparison is taken off again.
        return parse_number(f"{text.strip().rstrip('/-')}/X").key.removesuffix("x").removesuffix("X")
    except NoNumber:
        return ""
