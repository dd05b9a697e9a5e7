"""On which portals a document is shown: rows of lists and their numbers, kept by difference.

A document is shown by the agency that owns it, by those whose fields of work it touches, and by those it binds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from legal_docs.enums import Facet, Status
from legal_docs.models import LegalDocument, ListCount, Placement, ValiditySpan
from legal_docs.signals import placed
from sites.models import Agency

_FACETS = {Facet.TYPE: "type", Facet.ISSUER: "issuer_id", Facet.YEAR: "year", Facet.STATUS: "status"}
_SHOWN = ("agency_id", "document_id", "field_id", "issued_on", "type", "issuer_id", "year", "status")
_ADD = """
    INSERT INTO legal_docs_listcount AS kept (agency_id, facet, value, "by", by_value, count)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (agency_id, facet, value, "by", by_value) DO UPDATE SET count = kept.count + excluded.count
"""


@transaction.atomic
def place(documents: Iterable[LegalDocument], on: date | None = None) -> None:
    """Bring the lists of all portals in line with documents as they are now; those that are not live leave them."""
    documents = list(documents)
    keys = sorted(document.pk for document in documents)
    # Two at once on one document wait for each other, in one order.
    list(LegalDocument.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    before = {_shown(row): row for row in Placement.objects.filter(document__in=keys)}
    wanted = _wanted(documents, on or timezone.localdate())
    gone = [row for shown, row in before.items() if shown not in wanted]
    come = [row for shown, row in wanted.items() if shown not in before]
    Placement.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Placement.objects.bulk_create(come, batch_size=500)
    _count(before, wanted)
    placed.send(LegalDocument, keys=keys)


def _wanted(documents, on):
    """Return the rows that there should be, unsaved, by what they show."""
    live = [document for document in documents if document.live]
    statuses = dict(
        ValiditySpan.objects.filter(document__in=live, since__lte=on, until__gt=on).values_list("document", "status")
    )
    fields, agencies = _fields_and_agencies(live)
    rows = [
        Placement(
            agency_id=agency,
            document=document,
            field_id=field,
            issued_on=document.issued_on,
            type=document.type,
            issuer_id=document.issuer_id,
            year=document.year,
            status=statuses.get(document.pk, Status.UNKNOWN),
        )
        for document in live
        for agency in agencies[document.pk]
        for field in (None, *fields[document.pk])
    ]
    return {_shown(row): row for row in rows}


def _fields_and_agencies(documents):
    """Return the fields of work and the portals of documents, by their keys."""
    fields, agencies = defaultdict(list), defaultdict(set)
    through = LegalDocument.fields_of_work.through.objects.filter(legaldocument__in=documents)
    for document, field in through.values_list("legaldocument", "fieldofwork"):
        fields[document].append(field)
    for document, agency in LegalDocument.bound_agencies.through.objects.filter(
        legaldocument__in=documents
    ).values_list("legaldocument", "agency"):
        agencies[document].add(agency)
    portals = set(Agency.objects.with_portal().values_list("pk", flat=True))
    of_field = defaultdict(set)
    for agency, field in Agency.fields_of_work.through.objects.values_list("agency", "fieldofwork"):
        of_field[field].add(agency)
    for document in documents:
        agencies[document.pk] |= {document.owner_id}.union(*(of_field[field] for field in fields[document.pk]))
        agencies[document.pk] &= portals
    return fields, agencies


def _shown(row):
    return tuple(getattr(row, name) for name in _SHOWN)


def _count(before, wanted):
    numbers = Counter()
    for rows, sign in ((before, -1), (wanted, 1)):
        for key in _keys(rows):
            numbers[key] += sign
    changed = sorted((*key, count) for key, count in numbers.items() if count)
    if changed:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, changed)


def _keys(rows):
    """Yield the keys of all numbers in which rows count: by no filter or one, and each by all other facets."""
    of_document = defaultdict(list)
    for shown in rows:
        of_document[shown[:2]].append(dict(zip(_SHOWN, shown, strict=True)))
    for (agency, _document), shown in of_document.items():
        plain = next(row for row in shown if row["field_id"] is None)
        values = [(Facet.ALL, "")] + [(facet, str(plain[column])) for facet, column in _FACETS.items()]
        values += [(Facet.FIELD, str(row["field_id"])) for row in shown if row["field_id"] is not None]
        for facet, value in values:
            for by, by_value in values:
                if facet == Facet.ALL or by != facet:
                    yield agency, str(facet), value, str(by), by_value


@transaction.atomic
def recount(agency: Agency) -> int:
    """Count a portal's lists anew from their rows; return how many numbers had been wrong."""
    numbers = Counter(_keys(_shown(row) for row in Placement.objects.filter(agency=agency).iterator()))
    kept = {
        (row.agency_id, row.facet, row.value, row.by, row.by_value): row.count
        for row in ListCount.objects.select_for_update().filter(agency=agency)
    }
    wrong = {key for key in numbers.keys() | kept.keys() if numbers.get(key, 0) != kept.get(key, 0)}
    if wrong:
        ListCount.objects.filter(agency=agency).delete()
        ListCount.objects.bulk_create(
            (
                ListCount(agency_id=key[0], facet=key[1], value=key[2], by=key[3], by_value=key[4], count=count)
                for key, count in numbers.items()
            ),
            batch_size=1_000,
        )
    return len(wrong)


def place_of_agency(agency: Agency) -> None:
    """Place again what an agency's portal shows or should show, after its fields of work have changed."""
    shown = Placement.objects.filter(agency=agency).values("document")
    wanted = LegalDocument.objects.live().of_agency(agency).values("pk")
    keys = sorted({row["document"] for row in shown} | {row["pk"] for row in wanted})
    for start in range(0, len(keys), 500):
        place(LegalDocument.objects.filter(pk__in=keys[start : start + 500]))
