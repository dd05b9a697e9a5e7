"""Full texts: read once, kept whole, never changed; a new reading is a new text."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from legal_docs.enums import TextSource
from legal_docs.models import Citation, Element, LegalDocument, StoredFile, Text
from legal_docs.structure.blocks import Block
from legal_docs.structure.parsing import parse
from legal_docs.structure.plain_text import own_lines
from legal_docs.structure.tree import Element as Node
from legal_docs.structure.tree import Kind, to_json

from . import citing
from .citing import PlacedCitation

# What no citation names and no search shows by itself.
_WITHOUT_ADDRESS = {Kind.DOCUMENT, Kind.TEXT}


@dataclass(frozen=True)
class ReadText:
    """All that follows from the blocks of a text without asking the database: an import makes it in other processes."""

    tree: Node
    citations: list[PlacedCitation]


def read(blocks: Iterable[Block], *, kind: str = "", number: str = "", title: str = "") -> ReadText:
    """Return the structure of a text and its citations; `kind`, `number`, `title` are those of its document."""
    tree = parse(blocks)
    return ReadText(tree, citing.find(tree, kind=kind, number=number, title=title))


def read_for(document: LegalDocument, blocks: Iterable[Block]) -> ReadText:
    """Return the same for a document of the registry."""
    kind = document.kind.form if document.kind else ""
    return read(blocks, kind=kind, number=document.number, title=document.abstract)


@transaction.atomic
def give_text(
    document: LegalDocument,
    text: ReadText,
    *,
    source: TextSource,
    stored_file: StoredFile | None = None,
    remarks: Iterable[str] = (),
) -> Text:
    """Keep a text of a document and let the document, unsaved, have it: public with the document's next publication."""
    kept = keep_texts([(document, text, source, stored_file, tuple(remarks))])[0]
    document.text = kept
    return kept


def keep_texts(given: Iterable[tuple[LegalDocument, ReadText, TextSource, StoredFile | None, tuple[str, ...]]]):
    """Store many texts with their elements and citations, resolved as far as they can be; return them in order."""
    given = list(given)
    texts = Text.objects.bulk_create(
        Text(document=document, tree=to_json(text.tree), source=source, stored_file=stored_file, remarks=list(remarks))
        for document, text, source, stored_file, remarks in given
    )
    elements, citations = [], []
    for kept, (_document, text, *_) in zip(texts, given, strict=True):
        elements += _elements(kept, text.tree)
        citations += citing.rows_of(kept, text.citations)
    Element.objects.bulk_create(elements, batch_size=1_000)
    citing.settle(citations)
    Citation.objects.bulk_create(citations, batch_size=1_000)
    return texts


def _elements(text, tree):
    addressed = (element for element in tree.walk() if element.eid and element.kind not in _WITHOUT_ADDRESS)
    return [
        Element(
            text=text,
            eid=element.eid,
            kind=str(element.kind),
            number=element.number[:40],
            heading=element.heading,
            content="\n".join(own_lines(element)),
            position=position,
        )
        for position, element in enumerate(addressed)
    ]
