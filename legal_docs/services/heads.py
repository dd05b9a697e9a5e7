"""What the head of a text says of itself, for an editor who has taken the wrong file."""

import re

from legal_docs.models import LegalDocument
from legal_docs.numbers import NoNumber, parse_number
from legal_docs.structure.plain_text import plain_text
from legal_docs.structure.tree import Element, Kind

# Up to the first space that no separator stands at: "12/2017/QĐ - UBND Bình Dương, ngày …".
_LABELLED = re.compile(r"(?:luật\s+)?số\s*:?\s*(\d\S*(?:\s*[-–/]\s*\S+)*)", re.IGNORECASE)


def other_number(document: LegalDocument, tree: Element) -> str:
    """Return the number that a text bears in its head if that is not the document's; "" where none is read."""
    preface = next((child for child in tree.children if child.kind is Kind.PREFACE), None)
    lines = plain_text(Element(Kind.DOCUMENT, children=(preface,))).splitlines() if preface else []
    numbers = [number for line in lines if (found := _LABELLED.match(line.strip())) and (number := _read(found[1]))]
    if not numbers or any(number.key == document.number_key for number in numbers):
        return ""
    return str(numbers[0])


def _read(text):
    try:
        return parse_number(text)
    except NoNumber:
        return None
