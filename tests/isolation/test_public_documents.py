"""What is not public of legal documents is at no public address: no page, list, number, feed, table, export or API."""

import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from editorial.models import Withdrawal
from legal_docs.enums import RelationKind
from legal_docs.models import Attachment, LegalDocument, Relation, StoredFile
from legal_docs.services import rendering
from legal_docs.tests.registry import draft, give, public
from search.services.indexing import index_changes
from sites.models import Agency, FieldOfWork

from .document_addresses import addresses
from .search_addresses import addresses as search_addresses

pytestmark = pytest.mark.django_db
CODES = ("binhduong", "stttt", "thuanan")
KINDS = ("draft", "scheduled", "withdrawn", "next_version")
SECRET, SOUGHT = "zqbimatqz", "kiembimat"
NAME = f"{SOUGHT} {SECRET}"
TEXT = f"Điều 1. {NAME} tên\n1. Theo Điều 1 Nghị định số 09/2015/NĐ-CP, {NAME} nội dung."


@pytest.fixture
def shown(department, district):
    """A public document that the hidden one cites, and that names it."""
    fields = [FieldOfWork.objects.filter(agencies=department).first()]
    numbers = ", ".join(f"Nghị định số {place:02d}/2020/NĐ-CP" for place in range(1, len(KINDS)))
    text = f"Điều 1. Tên\nTheo Điều 1 {numbers}."
    return public("09/2015/NĐ-CP", on=date(2015, 1, 5), text=text, fields=fields, binds=[district])


def hide(kind, shown):
    """Return a document of which the public may know nothing, or nothing of what its draft says."""
    place = KINDS.index(kind) + 1
    number = f"{place:02d}/2020/NĐ-CP"
    if kind == "next_version":
        document = public(number, text="Điều 1. Công khai\nNội dung công khai.", fields=shown.fields_of_work.all())
        document.abstract = f"{NAME} trích yếu"
        give(document, TEXT)
        document.save_revision()
        index_changes()
        return document
    document = draft(number, abstract=f"{NAME} trích yếu", signer=f"{NAME} người ký")
    document.fields_of_work.set(shown.fields_of_work.all())
    give(document, TEXT)
    document.save()
    stored = StoredFile(sha256=f"{place:02d}" * 32, size=9, media_type="application/pdf")
    stored.file.save("x", ContentFile(b"%PDF-1.4 " + NAME.encode()))
    Attachment.objects.create(document=document, stored_file=stored, name="van-ban.pdf", title=f"{NAME} tệp")
    for relation in (RelationKind.AMENDS, RelationKind.BASED_ON, RelationKind.REPLACES):
        Relation.objects.create(source=document, kind=relation, target=shown)
    Relation.objects.create(source=shown, kind=RelationKind.REFERS_TO, target=document)
    if kind == "scheduled":
        document.go_live_at = timezone.now() + timedelta(days=2)
        document.save_revision().publish()
    elif kind == "withdrawn":
        _withdraw(document)
    rendering.render_waiting()
    index_changes()
    return LegalDocument.objects.get(pk=document.pk)


def _withdraw(document):
    document.save_revision().publish()
    document.refresh_from_db()
    document.unpublish()
    Withdrawal.objects.create(
        content_type=ContentType.objects.get_for_model(LegalDocument), object_id=str(document.pk),
        agency=document.owner, title=str(document), reason="Đăng nhầm.", withdrawn_at=timezone.now(),
    )  # fmt: skip


def visited(hidden, shown):
    slugs = [*(one.slug for one in hidden), shown.slug]
    texts = [text.pk for one in hidden for text in one.texts.all()]
    files = [(file.pk, file.name) for one in hidden for file in one.attachments.all()]
    words = (SOUGHT, "01/2020/NĐ-CP", "02/2020")
    found = [address for several in addresses(slugs, words, texts, files).values() for address in several]
    tree = ["/", "/van-ban/cap-tren/", "/van-ban/quy-pham-phap-luat/", "/van-ban/cap-tren/csv/", reverse("sitemap")]
    searches = [address for several in search_addresses(words).values() for address in several]
    return [*found, *tree, reverse("sitemap_section", args=["van-ban"]), *searches]


def said(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        workbook = ZipFile(BytesIO(body))
        body = b"".join(workbook.read(name) for name in workbook.namelist())
    return body.decode("utf-8", "replace").lower()


def test_what_is_not_public_is_told_nowhere(shown, client_for, editor_of, district):
    hidden = [hide(kind, shown) for kind in KINDS]
    visitors = [client_for(Agency.objects.get(code=code)) for code in CODES]
    # Somebody signed in at another agency is the public here.
    visitors.append(client_for(Agency.objects.get(code="binhduong"), editor_of(district)))
    checked = 0
    for client in visitors:
        for address in visited(hidden, shown):
            answer = client.get(address)
            checked += 1
            assert answer.status_code < 500, address
            words = said(answer)
            assert SECRET not in words, f"{address}: {words[words.find(SECRET) - 90 :][:200]}"
    assert checked > 400


@pytest.mark.parametrize("kind", ["draft", "scheduled"])
def test_not_even_that_it_is_there(kind, shown, client_for, province):
    hidden = hide(kind, shown)
    client = client_for(province)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    page = said(client.get(shown.get_absolute_url()))
    # Its own text names the number; nothing leads there and nothing counts it.
    assert hidden.slug not in page
    assert 'id="dan-chieu"' not in page
    assert 'class="doc-list__count" role="status">1 văn bản' in client.get("/van-ban/").text


def test_the_same_addresses_tell_what_is_public(shown, client_for, province):
    hidden = hide("draft", shown)
    hidden.refresh_from_db()
    hidden.save_revision().publish()
    rendering.render_waiting()
    index_changes()
    client = client_for(province)
    slugs, files = [hidden.slug, shown.slug], [(one.pk, one.name) for one in hidden.attachments.all()]
    found = addresses(slugs, (SOUGHT,), (), files)
    tells = {name for name, several in found.items() if any(SECRET in said(client.get(one)) for one in several)}
    silent = {"legal_document_versions", "list_types", "list_issuers", "list_fields", "openapi-json", "api-root"}
    # A file of a draft is for who holds an open link: legal_docs/tests/test_review.py.
    silent |= {"legal_document_file_in_review"}
    # Validity tells by numbers alone.
    assert set(found) - tells <= silent | {"read_validity", "legal_document_json_ld"}, set(found) - tells
    assert re.search(r'id="dan-chieu"', said(client.get(shown.get_absolute_url())))
    assert all(SECRET in said(client.get(f"/tim-kiem/{form}?q={SOUGHT}")) for form in ("", "rss/", "csv/", "xlsx/"))
