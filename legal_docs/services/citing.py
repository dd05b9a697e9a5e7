"""Citations of texts: found once, when a text is read, and resolved again whenever a document comes or goes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from legal_docs.citations import Citation as FoundCitation
from legal_docs.citations import CitingDocument, DocumentReference, Reader, resolve
from legal_docs.citations.bases import legal_bases
from legal_docs.citations.names import name_key
from legal_docs.models import Citation, Element, LegalDocument, Text
from legal_docs.structure.tree import Element as Node
from legal_docs.structure.tree import Kind, all_texts

from .registry import LiveRegistry, number_key, said_form

_AT_ONCE = 500
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class PlacedCitation:
    """A citation and where it stands: the element, the place in it (`structure.tree.texts`)."""

    eid: str
    place: int
    is_legal_basis: bool
    citation: FoundCitation


def find(tree: Node, *, kind: str = "", number: str = "", title: str = "") -> list[PlacedCitation]:
    """Return the citations of a text in reading order; `kind`, `number` and `title` are those of its document.

    Needs no database, so that an import can do it beside in other processes.
    """
    reader = Reader(CitingDocument(form=kind, number=number, title=title))
    bases = {element.eid for element in tree.walk() if element.kind is Kind.BASIS}
    found = []
    for eid, place, text in all_texts(tree):
        citations = reader.read(text, eid)
        # A document in the title of a basis is none itself.
        named = {basis.start for basis in legal_bases(text, citations)} if eid in bases else ()
        found += [PlacedCitation(eid, place, citation.start in named, citation) for citation in citations]
    return found


def rows_of(text: Text, found: Iterable[PlacedCitation]) -> list[Citation]:
    """Return the rows of a text's citations, one for each element named, not yet resolved and not saved."""
    return [_row(text, one, target_eid) for one in found for target_eid in one.citation.elements or ("",)]


def _row(text, one, target_eid):
    reference = one.citation.document
    return Citation(
        text=text,
        eid=one.eid,
        place=one.place,
        start=one.citation.start,
        end=one.citation.end,
        words=one.citation.text[:400],
        is_legal_basis=one.is_legal_basis,
        number_key=number_key(reference.number)[:100] if reference.is_complete else "",
        name=(reference.name or reference.number)[:300],
        name_key=name_key(reference.name)[:300] if reference.name and not reference.number else "",
        said_form=said_form(reference),
        said_year=reference.year,
        said_on=reference.issued_on,
        is_self=reference.is_self,
        target_eid=target_eid[:120],
    )


def _reference(row):
    return DocumentReference(
        form=row.said_form, number=row.number_key, name=row.name if row.name_key else "", year=row.said_year,
        issued_on=row.said_on, is_self=row.is_self,
    )  # fmt: skip


def settle(rows: Sequence[Citation]) -> list[Citation]:
    """Resolve rows to live documents and their elements, by the day on which each citing document was issued.

    Set `target` and `lacks_element`; return the rows that changed, not saved.
    """
    references = [_reference(row) for row in rows]
    registry = LiveRegistry(references)
    before = [(row.target_id, row.lacks_element) for row in rows]
    for row, reference in zip(rows, references, strict=True):
        citing = row.text.document
        row.target_id = resolve(reference, citing.issued_on, registry, this=citing.pk)
    _look_for_elements(rows)
    return [row for row, was in zip(rows, before, strict=True) if was != (row.target_id, row.lacks_element)]


def _look_for_elements(rows):
    """Tell which rows name an element that the text they lead to does not have; without a text nothing can be told."""
    targets = {row.target_id for row in rows if row.target_id and row.target_eid and not row.is_self}
    text_of = dict(_in_parts(LegalDocument.objects.exclude(text=None), "pk", targets, "pk", "text"))
    place_of = {id(row): row.text_id if row.is_self else text_of.get(row.target_id) for row in rows if row.target_eid}
    eids = defaultdict(set)
    for text, eid in _in_parts(Element.objects.all(), "text", set(place_of.values()) - {None}, "text", "eid"):
        eids[text].add(eid)
    for row in rows:
        text = place_of.get(id(row))
        row.lacks_element = text is not None and row.target_eid not in eids[text]


def _in_parts(queryset, column, values, *columns):
    values = sorted(values)
    for start in range(0, len(values), _AT_ONCE):
        yield from queryset.filter(**{f"{column}__in": values[start : start + _AT_ONCE]}).values_list(*columns)


def _with_documents(rows):
    # Without the trees: each would be read once for each of its citations.
    return rows.select_related("text__document").defer("text__tree", "text__html", "text__remarks")


def settle_text(text: Text) -> None:
    """Resolve the citations of one text, as of a draft whose editor is to see what they lead to."""
    _keep(settle(list(_with_documents(text.citations.all()))))


def _keep(changed):
    """Write what rows were resolved to: one statement for all that lead to one document."""
    alike = defaultdict(list)
    for row in changed:
        alike[row.target_id, row.lacks_element].append(row.pk)
    for (target, lacks_element), keys in alike.items():
        for start in range(0, len(keys), _AT_ONCE):
            part = Citation.objects.filter(pk__in=keys[start : start + _AT_ONCE])
            part.update(target=target, lacks_element=lacks_element)


def settle_again(documents: Iterable[LegalDocument]) -> set[int]:
    """Resolve what documents cite and what may cite them, after they came, went or got another text.

    Return the keys of texts that changed.
    """
    documents = list(documents)
    changed = set()
    for start in range(0, len(documents), _AT_ONCE):
        changed |= _settle_again(documents[start : start + _AT_ONCE])
    return changed


def _settle_again(documents):
    keys = {document.number_key for document in documents}
    names = {document.name_key for document in documents} - {""}
    naming = Q(target__in=documents, is_self=False) | Q(number_key__in=keys) | Q(text__document__in=documents)
    if names:
        naming |= Q(name_key__in=names)
    waiting = _with_documents(Citation.objects.filter(naming)).order_by("pk")
    texts, last = set(), 0
    while rows := list(waiting.filter(pk__gt=last)[:_ROWS_AT_ONCE]):
        changed = settle(rows)
        _keep(changed)
        texts |= {row.text_id for row in changed}
        last = rows[-1].pk
    return texts
