"""The dump of the registry, and the registry that is rebuilt from it: nothing lost, nothing that was not public."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from legal_docs.enums import AttachmentKind, RelationKind
from legal_docs.models import (
    Attachment,
    Citation,
    Element,
    FormerAddress,
    Issuer,
    LegalDocument,
    ListCount,
    Placement,
    Relation,
    StoredFile,
    Text,
    ValiditySpan,
)  # fmt: skip
from legal_docs.services import files, rendering
from sites.models import Agency, FieldOfWork

from .registry import COMMITTEE, draft, give, public, relate

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry():
    field = FieldOfWork.objects.first() or FieldOfWork.objects.create(name_vi="Đất đai")
    law = public(
        "45/2013/QH13", kind="luat", issuer="quoc-hoi", on=date(2013, 11, 29), abstract="Đất đai",
        text="Điều 1. Phạm vi\n1. Luật này quy định.\nĐiều 2. Đối tượng\nMọi người.",
    )  # fmt: skip
    decree = public(
        text="Căn cứ Luật Đất đai;\nĐiều 1. Phạm vi\nTheo khoản 1 Điều 1 Luật Đất đai và Nghị định số 99/2019/NĐ-CP.",
        fields=[field], binds=[Agency.objects.get(code="thuanan")], signer="Người Ký", gazette_on=date(2020, 2, 1),
    )  # fmt: skip
    decree.co_issuers.add(Issuer.objects.get(code="bo-y-te"))
    decree.save()
    stored = files.keep(ContentFile("Văn bản gốc".encode(), name="goc.txt"), "goc.txt")
    Attachment.objects.create(
        document=decree, stored_file=stored, kind=AttachmentKind.ORIGINAL, name="goc.txt", sort_order=0
    )
    FormerAddress.objects.create(slug="dia-chi-cu", document=decree)
    later = public("05/2022/NĐ-CP", on=date(2022, 1, 10), effective_on=date(2022, 4, 1))
    relate(later, RelationKind.PARTLY_REPEALS, decree, elements="art_1")
    relate(later, RelationKind.REPLACES, target_number="07/2001/NĐ-CP")
    hidden = draft("15/QĐ-UBND", kind="quyet_dinh_cb", issuer=COMMITTEE, effective_on=None)
    give(hidden, "Điều 1. Bí mật\nChưa công bố.")
    hidden.save()
    relate(law, RelationKind.REFERS_TO, hidden)
    rendering.render_waiting()


def dumped(folder, *words):
    call_command("dump_legal_docs", folder, *words, stdout=StringIO())
    return folder


def rebuilt(folder):
    for model in (Citation, Element, Relation, Attachment, FormerAddress):
        model.objects.all().delete()
    LegalDocument.objects.update(text=None, latest_revision=None, live_revision=None)
    Text.objects.all().delete()
    LegalDocument.objects.all().delete()
    StoredFile.objects.all().delete()
    call_command("rebuild_legal_docs", folder, stdout=StringIO())


def everything(live_only):
    """Return the whole registry with all that is derived, told without keys of rows."""
    documents = LegalDocument.objects.live() if live_only else LegalDocument.objects.all()
    words = {
        relation.pk: _words(relation, live_only) for relation in Relation.objects.select_related("source", "target")
    }
    return {
        "documents": sorted(map(_document, documents)),
        "relations": sorted(words[one.pk] for one in Relation.objects.filter(source__in=documents)),
        "elements": _rows(Element, documents, "eid", "kind", "number", "heading", "content", "position"),
        "texts": sorted(
            (
                one.document.slug,
                json.dumps(one.tree),
                one.html,
                one.source,
                one.is_current,
                one.needs_rendering,
                str(one.first_public_at),
            )
            for one in Text.objects.filter(document__in=documents)
        ),  # fmt: skip
        "citations": _rows(
            Citation,
            documents,
            "eid",
            "place",
            "start",
            "end",
            "words",
            "is_legal_basis",
            "number_key",
            "name",
            "name_key",
            "said_year",
            "said_on",
            "is_self",
            "target_eid",
            "target__slug",
            "lacks_element",
        ),  # fmt: skip
        "spans": sorted(
            (one.document.slug, one.status, str(one.since), str(one.until), str([words[key] for key in one.causes]))
            for one in ValiditySpan.objects.filter(document__in=documents)
        ),
        "placements": sorted(
            map(
                str,
                Placement.objects.values_list(
                    "agency__code", "document__slug", "field__slug", "type", "issuer__code", "year", "status"
                ),
            )
        ),
        "counts": _counts(),
        "files": sorted(
            (one.document.slug, one.name, one.kind, one.stored_file.sha256, one.stored_file.file.open("rb").read())
            for one in Attachment.objects.filter(document__in=documents)
        ),
        "addresses": sorted(FormerAddress.objects.values_list("slug", "document__slug")),
    }


def _document(document):
    left_out = {"id", "text", "latest_revision", "live_revision", "has_unpublished_changes"}
    values = {
        one.name: str(getattr(document, one.attname))
        for one in document._meta.concrete_fields
        if one.name not in left_out
    }
    sets = [
        sorted(one.pk for one in getattr(document, name).all())
        for name in ("co_issuers", "fields_of_work", "bound_agencies")
    ]
    return json.dumps([values, sets], sort_keys=True)


def _words(relation, live_only):
    is_told = relation.target and (relation.target.live or not live_only)
    number = relation.target.number if relation.target else relation.target_number
    return str(
        (
            relation.source.slug,
            relation.kind,
            relation.target.slug if is_told else number,
            relation.elements,
            relation.on,
        )
    )


def _rows(model, documents, *columns):
    return sorted(
        map(str, model.objects.filter(text__document__in=documents).values_list("text__document__slug", *columns))
    )


def _counts():
    issuers = {str(key): code for key, code in Issuer.objects.values_list("pk", "code")}
    rows = ListCount.objects.exclude(count=0).values_list("agency__code", "facet", "value", "by", "by_value", "count")
    return sorted(
        (
            agency,
            facet,
            issuers[value] if facet == "issuer" else value,
            by,
            issuers[by_value] if by == "issuer" else by_value,
            count,
        )
        for agency, facet, value, by, by_value, count in rows
    )


@pytest.mark.parametrize(("words", "live_only"), [((), True), (("--all",), False)])
def test_registry_that_is_rebuilt_from_a_dump_is_the_same(tmp_path, registry, words, live_only):
    before = everything(live_only)
    assert all(before.values())
    folder = dumped(tmp_path / "dump", *words)
    rebuilt(folder)
    after = everything(live_only)
    for name, rows in before.items():
        assert after[name] == rows, name
    # And the dump of the rebuilt registry is the same to the last byte.
    again = dumped(tmp_path / "again", *words)
    lists = [json.loads((one / "manifest.json").read_bytes())["lists"] for one in (folder, again)]
    assert lists[0] == lists[1]


def test_public_dump_tells_nothing_of_drafts(tmp_path, registry):
    folder = dumped(tmp_path / "dump")
    told = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert "Bí mật".encode() not in told
    assert b"15-qd-ubnd" not in told
    assert json.loads((folder / "manifest.json").read_bytes())["is_public"]


def test_every_column_of_a_document_is_told_or_follows_from_others(tmp_path, registry):
    folder = dumped(tmp_path / "dump")
    [decree] = [one for one in map(json.loads, (folder / "documents.jsonl").open()) if one["number"] == "01/2020/NĐ-CP"]
    assert decree["signer"] == "Người Ký"
    assert decree["owner"] == "binhduong"
    assert decree["former_addresses"] == ["dia-chi-cu"]
    assert decree["co_issuers"] == ["bo-y-te"]


@pytest.mark.parametrize(
    "name", ["issuers.jsonl", "documents.jsonl", "relations.jsonl", "texts.jsonl", "files.jsonl", "files"]
)
def test_changed_byte_is_refused_and_its_file_named(tmp_path, registry, name):
    folder = dumped(tmp_path / "dump")
    path = folder / name
    if path.is_dir():
        path = next(one for one in path.rglob("*") if one.is_file())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    before = LegalDocument.objects.count()
    with pytest.raises(CommandError, match=path.name):
        call_command("rebuild_legal_docs", folder, verify_only=True)
    assert LegalDocument.objects.count() == before


def test_missing_or_longer_file_is_refused(tmp_path, registry):
    folder = dumped(tmp_path / "dump")
    (folder / "texts.jsonl").open("ab").write(b"\n")
    with pytest.raises(CommandError, match=r"texts\.jsonl"):
        call_command("rebuild_legal_docs", folder, verify_only=True)
    (folder / "texts.jsonl").unlink()
    with pytest.raises(CommandError, match=r"texts\.jsonl"):
        call_command("rebuild_legal_docs", folder, verify_only=True)


def test_folder_without_manifest_is_no_dump(tmp_path):
    with pytest.raises(CommandError, match=r"manifest\.json"):
        call_command("rebuild_legal_docs", tmp_path)


def test_registry_that_has_documents_is_not_rebuilt(tmp_path, registry):
    with pytest.raises(CommandError):
        call_command("rebuild_legal_docs", dumped(tmp_path / "dump"))


def test_dump_writes_over_nothing(tmp_path):
    (tmp_path / "dump").mkdir()
    (tmp_path / "dump" / "a").write_text("mine")
    with pytest.raises(CommandError):
        dumped(tmp_path / "dump")
    assert (tmp_path / "dump" / "a").read_text() == "mine"


def test_agency_that_this_install_lacks_is_named(tmp_path, registry, monkeypatch):
    folder = dumped(tmp_path / "dump")
    Agency.objects.filter(code="thuanan").update(code="noi-khac")
    with pytest.raises(CommandError, match="thuanan"):
        rebuilt(folder)
    assert not LegalDocument.objects.exists()


def test_day_is_turned_by_its_command():
    document = public(effective_on=date(2020, 3, 5))
    Placement.objects.filter(document=document).update(status="not_yet_in_force")
    out = StringIO()
    call_command("turn_legal_docs_day", day=date(2020, 3, 5), stdout=out)
    assert Placement.objects.filter(document=document, status="in_force").exists()
    assert "1" in out.getvalue()
    call_command("turn_legal_docs_day", day=date(2020, 3, 4), stdout=StringIO())
    assert Placement.objects.filter(document=document, status="not_yet_in_force").exists()
