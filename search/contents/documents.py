"""Legal documents as they are found."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache

from core.text import fold
from legal_docs.document_types import document_types
from legal_docs.models import LegalDocument, Placement, Text
from legal_docs.models.documents import TYPES_WITH_NAMES
from legal_docs.numbers import parse_number
from legal_docs.structure.tree import from_json
from search.engine import Number, Thing
from search.enums import Facet, Kind

from .files import OF_DOCUMENT, files_of_documents, passages_of_files, texts_of
from .law_text import passages_of_law

KIND = Kind.DOCUMENT
# Their texts are large.
BATCH = 50
_LONGEST_NAME = 160


def ids() -> Iterator[int]:
    """Yield the keys of all documents that a portal shows."""
    shown = Placement.objects.filter(field=None).order_by("document").values_list("document", flat=True).distinct()
    yield from shown.iterator()


def read(keys: Collection[int]) -> dict[int, Thing]:
    """Return the documents among these that a portal shows, in eight queries."""
    documents = LegalDocument.objects.live().filter(pk__in=keys).defer("folded_words")
    places, statuses = _places(keys)
    fields = _related(LegalDocument.fields_of_work.through, keys, "fieldofwork")
    issuers = _related(LegalDocument.co_issuers.through, keys, "issuer")
    found = [document for document in documents if places[document.pk]]
    texts = _texts([document.text_id for document in found if document.text_id])
    files = files_of_documents(keys)
    texts_of_files = texts_of(files)
    return {
        document.pk: _thing(
            document,
            places[document.pk],
            statuses[document.pk],
            fields[document.pk],
            [document.issuer_id, *issuers[document.pk]],
            texts.get(document.text_id),
            passages_of_files(files[document.pk], texts_of_files, OF_DOCUMENT),
        )
        for document in found
    }


def _places(keys):
    places, statuses = defaultdict(list), {}
    rows = Placement.objects.filter(document__in=keys, field=None).order_by("agency")
    for document, agency, status in rows.values_list("document", "agency", "status"):
        places[document].append(agency)
        statuses[document] = status
    return places, statuses


def _related(through, keys, name):
    found = defaultdict(list)
    rows = through.objects.filter(legaldocument__in=keys).order_by(name)
    for document, other in rows.values_list("legaldocument", name):
        found[document].append(other)
    return found


def _texts(keys):
    # The tree and nothing else: the reader's HTML is as large again.
    return dict(Text.objects.filter(pk__in=keys).values_list("pk", "tree"))


def _thing(document, agencies, status, fields, issuers, tree, of_files):
    path = document.get_absolute_url()
    owner = document.owner_id if document.owner_id in agencies else agencies[0]
    return Thing(
        key=f"{KIND}:{document.pk}",
        title=str(document),
        owner=owner,
        places=dict.fromkeys(agencies, path),
        summary=document.abstract,
        names=_names(document),
        number=_number(document),
        day=document.issued_on,
        facets={
            Facet.TYPE: (document.type,),
            Facet.ISSUER: tuple(map(str, issuers)),
            Facet.FIELD: tuple(map(str, fields)),
            Facet.YEAR: (str(document.year),),
            Facet.STATUS: (status,),
        },
        passages=(*(passages_of_law(from_json(tree)) if tree else ()), *of_files),
    )


def _names(document):
    return names_of(document.kind.form if document.kind else "", document.abstract)


def names_of(form: str, abstract: str) -> tuple[str, ...]:
    """Return by what names a document is known: laws are called by what they are about, "Luật Đất đai"."""
    if form not in _forms_with_names() or not abstract or len(abstract) > _LONGEST_NAME:
        return ()
    name = abstract.strip().rstrip(".")
    return (name if name.casefold().startswith(form.casefold()) else f"{form} {name}",)


@cache
def _forms_with_names():
    return frozenset(document_types()[name].form for name in TYPES_WITH_NAMES)


def _number(document):
    number = parse_number(document.number)
    # That of the number comes first: 7/2021 is rather the one that says so than one of 2021.
    years = tuple(dict.fromkeys(filter(None, (number.year, document.year))))
    return Number(
        number.number.lstrip("0").upper(),
        years,
        tuple(fold(part) for part in number.parts),
        fold(document.kind.form) if document.kind else "",
    )
