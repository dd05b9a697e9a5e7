"""Documents in the registry for tests: made with the fewest words, published as the admin does it."""

from datetime import date, timedelta

from legal_docs.enums import TextSource
from legal_docs.models import Issuer, LegalDocument, Relation
from legal_docs.services import registering, rendering, texts
from legal_docs.structure.parsing import blocks_of_text
from sites.models import Agency

GOVERNMENT, COMMITTEE = "chinh-phu", "binhduong-ubnd-tinh"

DAY = date(2020, 1, 15)


def draft(
    number="01/2020/NĐ-CP", *, issuer=GOVERNMENT, owner="binhduong", kind="nghi_dinh", on=date(2020, 1, 15), **more
):
    """Return a document that is stored and not public."""
    document = LegalDocument(
        number=number,
        type=kind,
        issuer=Issuer.objects.get(code=issuer),
        owner=Agency.objects.get(code=owner),
        abstract=more.pop("abstract", "Quy định về sổ ghi chép"),
        issued_on=on,
        effective_on=more.pop("effective_on", on + timedelta(days=60)),
        live=more.pop("live", False),
        **more,
    )
    document.full_clean()
    document.save()
    return document


def public(number="01/2020/NĐ-CP", *, text="", fields=(), binds=(), **more):
    """Return a document that is public, with its text and everything that is derived from it."""
    document = draft(number, **more)
    document.fields_of_work.set(fields)
    document.bound_agencies.set(binds)
    if text:
        give(document, text)
    document.save_revision().publish()
    document.refresh_from_db()
    return document


def give(document, text):
    """Let a document, unsaved, have a text that was pasted."""
    return texts.give_text(document, texts.read_for(document, blocks_of_text(text)), source=TextSource.PASTED)


def relate(source, kind, target=None, **more):
    """Let a document do something to another, or to a number, and derive what follows."""
    relation = Relation.objects.create(source=source, kind=kind, target=target, **more)
    source.refresh_from_db()
    registering.register([source])
    rendering.render_waiting()
    return relation
