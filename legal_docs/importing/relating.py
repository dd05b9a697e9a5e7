"""Makes the relations that need both documents: when all rows are in, since a list has its rows in any order."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from legal_docs.enums import RelationKind
from legal_docs.models import Citation, LegalDocument, Relation
from legal_docs.namesakes import parse_named
from legal_docs.services import registering
from sites.models import Agency

from . import journal
from .records import NamedRelation, RowResult, RowState
from .revisions import is_worked_on, keep_revision
from .seen import Seen

_AT_ONCE = 100
_DOCUMENTS_AT_ONCE = 500


def plain(relation: NamedRelation) -> list[str]:
    """Return a relation as Seen keeps it."""
    return [
        relation.kind,
        str(relation.number),
        relation.number.key,
        relation.on.isoformat() if relation.on else "",
        relation.elements,
    ]


class Relater:
    """Makes relations from the later document to the earlier one, whose row names it."""

    def __init__(self, seen: Seen):
        self._seen = seen

    def run(self) -> Iterator[RowResult]:
        """Yield what became of each relation; each part has a transaction of its own and may be done again."""
        wanted = self._seen.wanted()
        while part := list(islice(wanted, _AT_ONCE)):
            with transaction.atomic():
                results = self._relate(part)
            yield from results

    def _relate(self, part):
        documents = LegalDocument.objects.select_related("owner", "issuer").in_bulk([key for _line, key, _told in part])
        told = journal.last_told(documents.values())
        sources = _by_number(
            {number_key for _line, _key, relations in part for _kind, _n, number_key, *_rest in relations}
        )
        results, made, written = [], [], []
        for line, key, relations in part:
            document, done = documents.get(key), set(told.get(key, {}).get("amended_by", ()))
            if document is None:
                continue
            new = set()
            for relation in relations:
                words = "|".join(relation)
                if words in done:
                    continue
                result, source = self._make(line, document, relation, sources)
                results.append(result)
                if source is not None:
                    made.append(source)
                    new.add(words)
            if new:
                written.append((document, told.get(key, {}) | {"amended_by": sorted(done | new)}))
        registering.register(list({source.pk: source for source in made}.values()))
        journal.note(written)
        return results

    def _make(self, line, document, relation, sources):
        """Return what became of a relation, and the document from which it goes if it is made now."""
        kind, number, number_key, on, elements = relation
        on = date.fromisoformat(on) if on else None
        named = parse_named(number)
        meant = [one for one in sources[number_key] if named.may_be(one.named_number)]
        candidates = [one for one in meant if _can_do(one, document, on)]
        words = f"{RelationKind(kind).inverse} {number}"
        result = RowResult(line, RowState.WAITING, document.number, [words])
        if len(candidates) != 1:
            result.reasons.append(
                _("more than one document has this number") if candidates else _("it is not in the registry yet")
            )
            return result, None
        source = candidates[0]
        if is_worked_on(source):
            result.reasons.append(
                _("it has a draft, which would take the relation away; publish or discard that first")
            )
            return result, None
        result.state = RowState.RELATED
        if not Relation.objects.filter(source=source, target=document, kind=kind).exists():
            Relation.objects.bulk_create(
                [
                    Relation(
                        source=source,
                        kind=kind,
                        target=document,
                        target_key=document.number_key,
                        on=on,
                        elements=elements,
                    )
                ]
            )
            if source.latest_revision_id:
                keep_revision(source)
        return result, source


def _by_number(keys):
    found = defaultdict(list)
    for document in LegalDocument.objects.filter(number_key__in=sorted(keys)).select_related("owner", "issuer"):
        found[document.number_key].append(document)
    return found


def _can_do(source, target, on):
    """Whether a document can do something to another from a day: it came later, and not after it did it."""
    return source.pk != target.pk and source.issued_on >= target.issued_on and (on is None or source.issued_on <= on)


def relate_bases(owner: Agency) -> None:
    """Make relations to the legal bases that texts of an agency's documents name by title alone, where they are found.

    Only now, since a law may stand below what is based on it. What an editor has worked on keeps the relations that the
    editor gave it. May be done again at any time.
    """
    naming = _named_bases().filter(text__document__owner=owner).order_by("text__document")
    keys, last = naming.values_list("text__document", flat=True).distinct(), 0
    while part := list(keys.filter(text__document__gt=last)[:_DOCUMENTS_AT_ONCE]):
        _relate_bases_of(part)
        last = part[-1]


def _named_bases():
    return Citation.objects.filter(
        is_legal_basis=True, target__isnull=False, is_self=False, text__is_current=True,
        text__document__latest_revision=None,
    )  # fmt: skip


@transaction.atomic
def _relate_bases_of(documents):
    rows = _named_bases().filter(text__document__in=documents).order_by("pk")
    pairs = dict.fromkeys(rows.values_list("text__document", "target", "target__number_key"))
    there = Relation.objects.filter(source__in=documents, kind=RelationKind.BASED_ON)
    there = set(there.values_list("source", "target", "target_key"))
    Relation.objects.bulk_create(
        Relation(source_id=source, kind=RelationKind.BASED_ON, target_id=target, target_key=key, sort_order=position)
        for position, (source, target, key) in enumerate(pairs)
        if source != target and not {(source, target, key), (source, None, key)} & there
    )
