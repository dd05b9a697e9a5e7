"""What a document does to others and others to it: the diagram (lược đồ), grouped by kind, a few of each."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from legal_docs.enums import RelationKind
from legal_docs.models import LegalDocument, Relation

from .places import names_of

# What a group of the diagram shows; all of it is one link further.
SHOWN = 8
# What changes a document is told whole, in the timeline and in the banner, up to a number no law has reached.
MOST_CHANGES = 200
CHANGING = (
    RelationKind.AMENDS,
    RelationKind.REPLACES,
    RelationKind.REPEALS,
    RelationKind.PARTLY_REPEALS,
    RelationKind.SUSPENDS,
    RelationKind.CORRECTS,
    RelationKind.CONSOLIDATES,
)
# What changes the law first; what it stands on after that.
_IN_ORDER = (*CHANGING, *(kind for kind in RelationKind if kind not in CHANGING))


@dataclass(frozen=True)
class Related:
    """A document at the other end of a relation; `document` is None where nothing but its number is public."""

    number: str
    document: LegalDocument | None
    parts: str = ""


@dataclass
class Group:
    """The documents that stand in one relation to another one."""

    kind: RelationKind
    words: str
    count: int
    direction: str
    documents: list[Related] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        return self.count > len(self.documents)


def incoming(document: LegalDocument) -> list[Relation]:
    """Return the relations of public documents to this one, the newest of each kind, with how many there are.

    In one query, whether two documents are based on it or ten thousand.
    """
    return list(
        _public_to(document)
        .annotate(
            of_kind=Window(Count("pk"), partition_by=F("kind")),
            place=Window(RowNumber(), partition_by=F("kind"), order_by=[F("source__issued_on").desc(), F("pk").desc()]),
        )
        .filter(Q(place__lte=SHOWN) | Q(kind__in=CHANGING, place__lte=MOST_CHANGES))
        .select_related("source")
        .order_by("kind", "place")
    )


def _public_to(document) -> QuerySet[Relation]:
    return Relation.objects.filter(target=document, source__live=True) if document.pk else Relation.objects.none()


def all_incoming(document: LegalDocument, kind: str) -> QuerySet[Relation]:
    """Return every public relation of a kind to a document, for paging."""
    return _public_to(document).filter(kind=kind).order_by("-source__issued_on", "-pk")


def all_outgoing(document: LegalDocument, kind: str) -> QuerySet[Relation]:
    """Return every relation of a kind that a document has, for paging."""
    return Relation.objects.filter(source=document, kind=kind).order_by("sort_order", "pk")


def outgoing_groups(relations: Iterable[Relation]) -> list[Group]:
    """Return what a document does to others, by kind in the order of the kinds."""
    groups = {}
    for relation in relations:
        kind = RelationKind(relation.kind)
        group = groups.setdefault(kind, Group(kind, kind.label, 0, "di"))
        told = related(relation)
        group.count += told is not None
        if told is not None and len(group.documents) < SHOWN:
            group.documents.append(told)
    return [groups[kind] for kind in _IN_ORDER if kind in groups and groups[kind].count]


def incoming_groups(relations: Iterable[Relation]) -> list[Group]:
    """Return what others do to a document, by kind in the order of the kinds."""
    groups = {}
    for relation in relations:
        kind = RelationKind(relation.kind)
        group = groups.setdefault(kind, Group(kind, str(kind.inverse), relation.of_kind, "den"))
        if len(group.documents) < SHOWN:
            parts = names_of(relation.element_ids)
            group.documents.append(Related(relation.source.number, relation.source, parts))
    return [groups[kind] for kind in _IN_ORDER if kind in groups]


def related(relation: Relation) -> Related | None:
    """Return the target of a relation: of what is not public any more, the number alone; None for a draft."""
    target, parts = relation.target, names_of(relation.element_ids)
    if target is not None and target.live:
        return Related(target.number, target, parts)
    if relation.target_number:
        return Related(relation.target_number, None, parts)
    # Withdrawn: that it was there is known, and the source that is public names it. A draft nobody knows of.
    return Related(target.number, None, parts) if target is not None and target.first_published_at else None
