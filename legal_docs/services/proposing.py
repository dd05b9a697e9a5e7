"""What a full text says that its document does to others: proposed to the editor, who decides."""

from dataclasses import dataclass

from legal_docs.citations import CitingDocument, Reader, resolve
from legal_docs.citations.bases import ProposedRelation, legal_bases, proposed_relations
from legal_docs.enums import RelationKind
from legal_docs.models import LegalDocument, Relation
from legal_docs.namesakes import parse_named
from legal_docs.structure.tree import Element, Kind, from_json, texts

from .registry import LiveRegistry, said_form


@dataclass(frozen=True)
class Proposal:
    """A relation as a text proposes it, with the document that it names where the registry has it."""

    found: ProposedRelation
    target: LegalDocument | None

    @property
    def key(self) -> str:
        """A word by which a form names it."""
        return f"{self.found.kind}|{self.named}|{' '.join(self.found.elements)}"

    @property
    def kind(self) -> RelationKind:
        return RelationKind(self.found.kind)

    @property
    def named(self) -> str:
        """The number or name as the text has it; the form with it where the number does not tell it."""
        said = self.found.document
        return str(parse_named(said.number, said.form)) if said_form(said) else said.number or said.name

    @property
    def can_be_kept(self) -> bool:
        """Whether the document is known, by itself or by a whole number; a name alone leads nowhere yet."""
        return self.target is not None or self.found.document.is_complete

    def as_relation(self) -> Relation:
        """Return it as a relation of a draft, not saved."""
        return Relation(
            kind=self.kind,
            target=self.target,
            target_number="" if self.target else self.named,
            elements=" ".join(self.found.elements)[:1000],
            on=self.found.since,
        )


def propose(document: LegalDocument, text) -> list[Proposal]:
    """Return the relations that a text of a document proposes and the document, as it is in hand, has not yet."""
    kind = document.kind.form if document.kind else ""
    reader = Reader(CitingDocument(form=kind, number=document.number, title=document.abstract))
    found = list(dict.fromkeys(_proposals(from_json(text.tree), reader)))
    registry = LiveRegistry([one.document for one in found])
    keys = [resolve(one.document, document.issued_on, registry, this=document.pk) for one in found]
    targets = LegalDocument.objects.select_related("issuer").in_bulk({key for key in keys if key} - {document.pk})
    proposals = [Proposal(one, targets.get(key)) for one, key in zip(found, keys, strict=True)]
    known = {_same(relation) for relation in document.relations.all()}
    proposals = {_same(one.as_relation()): one for one in proposals}
    return [one for same, one in proposals.items() if same not in known]


def _same(relation):
    return str(relation.kind), relation.target_id or relation.target_number, relation.elements


def _proposals(tree, reader):
    """A preamble names the bases; what an article does to others may be said over several of its lines."""
    for element in tree.walk():
        if element.kind is Kind.PREAMBLE:
            lines = _lines(element)
            yield from legal_bases(lines, reader.read(lines, element.eid))
        elif element.kind is Kind.ARTICLE:
            lines = _lines(element)
            yield from proposed_relations(lines, reader.read(lines, element.eid))


def _lines(element: Element) -> str:
    return "\n".join(text for part in element.walk() for _place, text in texts(part))
