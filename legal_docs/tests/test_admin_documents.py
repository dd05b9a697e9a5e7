"""Documents in the admin: entered, found, filtered, related, given files - by the own agency's people."""

from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from editorial.tests.test_records import form_of
from legal_docs.enums import AttachmentKind, RelationKind, Status
from legal_docs.models import Issuer, LegalDocument, StoredFile
from legal_docs.services.files import keep
from sites.enums import Role

from .lists import jsonl, run
from .registry import draft, give, public

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/legal-documents/", "/admin/legal-documents/add/"
CHOOSE = f"{LIST}choose/"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def editor(department, editor_of):
    return editor_of(department)


@pytest.fixture
def client(department, editor, client_for):
    return client_for(department, editor)


def own(number="15/QĐ-STTTT", **more):
    more = {"issuer": "stttt-so", "owner": "stttt", "kind": "quyet_dinh_cb", "effective_on": None} | more
    return draft(number, **more)


def own_public(number="15/QĐ-STTTT", **more):
    return public(
        number, **{"issuer": "stttt-so", "owner": "stttt", "kind": "quyet_dinh_cb", "effective_on": None} | more
    )


def land_law(**more):
    days = {"on": date(2013, 11, 29), "effective_on": date(2014, 7, 1)}
    return public("45/2013/QH13", kind="luat", issuer="quoc-hoi", **days, **more)


def edit(document):
    return f"/admin/legal-documents/edit/{document.pk}/"


def newest(document):
    return LegalDocument.objects.get(pk=document.pk).get_latest_revision_as_object()


def entered(**more):
    issuer = Issuer.objects.get(code="stttt-so")
    document = LegalDocument(
        number="27/QĐ-STTTT",
        type="quyet_dinh_cb",
        issuer=issuer,
        abstract="Ban hành quy chế",
        issued_on=date(2025, 3, 4),
    )
    return form_of(document) | more


def pdf(name="quyet-dinh.pdf", more=b""):
    return SimpleUploadedFile(name, PDF + more, content_type="application/pdf")


class TestEntering:
    def test_document_is_the_agencys_whose_editor_enters_it(self, department, district, client):
        answer = client.post(ADD, entered(owner=department.pk))
        document = LegalDocument.objects.get(number="27/QĐ-STTTT")
        assert answer.url == edit(document)
        assert (document.owner, document.live, document.slug) == (department, False, "27-qd-stttt-2025")
        assert Revision.objects.for_instance(document).exists()

    def test_owner_is_no_field_for_an_agency(self, client):
        assert 'name="owner"' not in client.get(ADD).text

    def test_province_chooses_the_owner(self, province, district, client_for, operator):
        client = client_for(province, operator)
        assert 'name="owner"' in client.get(ADD).text
        client.post(ADD, entered(owner=district.pk))
        assert LegalDocument.objects.get(number="27/QĐ-STTTT").owner == district

    def test_abstract_may_be_as_long_as_the_longest_real_ones(self, client):
        client.post(ADD, entered(abstract="Sổ " * 300))
        assert len(LegalDocument.objects.get().abstract) > 748

    def test_number_is_put_into_its_form(self, client):
        client.post(ADD, entered(number=" số 7 / qđ-stttt "))
        assert LegalDocument.objects.get().number == "07/QĐ-STTTT"

    @pytest.mark.parametrize(
        "wrong",
        [{"number": ""}, {"number": "không phải số"}, {"issued_on": ""}, {"issued_on": "2999-01-01"}, {"issuer": ""},
         {"type": ""}, {"type": "không có"}, {"issuer": "999999"}, {"issued_on": "31/02/2020"},
         {"number": "27/2024/QĐ-STTTT"}],
    )  # fmt: skip
    def test_what_no_draft_can_do_without_is_asked_for(self, wrong, client):
        assert client.post(ADD, entered(**wrong)).status_code in {200, 400}
        assert not LegalDocument.objects.exists()

    def test_number_that_is_missing_is_told_once(self, client):
        assert len(client.post(ADD, entered(number="")).context["form"].errors["number"]) == 1

    def test_number_of_this_body_and_year_is_taken_once(self, client):
        own("27/QĐ-STTTT", on=date(2025, 1, 2))
        answer = client.post(ADD, entered())
        assert "đã có văn bản mang số và năm này" in answer.text
        assert LegalDocument.objects.count() == 1

    def test_broken_rule_is_named_on_the_draft_and_refused_when_it_is_handed_in(self, client):
        client.post(ADD, entered(type="nghi_dinh", number="27/2025/NĐ-CP"))
        document = LegalDocument.objects.get()
        assert "Điều 4 Luật số 80/2015/QH13" in client.get(edit(document)).text
        answer = client.get(f"/admin/editorial/things/legal_docs/legaldocument/{document.pk}/submit/", follow=True)
        assert "Điều 4 Luật số 80/2015/QH13" in answer.text

    def test_contradiction_of_status_is_told(self, client):
        document = own(stated_status=Status.EXPIRED)
        assert "theo ngày tháng và quan hệ thì là “còn hiệu lực”" in client.get(edit(document)).text

    def test_agencies_that_it_binds_may_be_others(self, district, client):
        client.post(ADD, entered(bound_agencies=[district.pk]))
        assert list(LegalDocument.objects.get().bound_agencies.all()) == [district]

    def test_owner_does_not_change_with_a_version(self, district, client):
        document = own()
        client.post(edit(document), form_of(document) | {"owner": district.pk})
        assert newest(document).owner.code == "stttt"


class TestDates:
    @pytest.mark.parametrize("typed", ["04/03/2025", "4/3/2025", "04-03-2025", "4.3.2025", "2025-03-04"])
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_day_stands_before_the_month_in_either_language(self, typed, language, client, editor):
        speak(editor, language)
        client.post(ADD, entered(issued_on=typed))
        document = LegalDocument.objects.get()
        assert document.issued_on == date(2025, 3, 4)
        assert 'name="issued_on" value="04/03/2025"' in client.get(edit(document)).text

    def test_form_that_is_saved_unchanged_changes_no_date(self, client, editor):
        speak(editor, "en")
        document = own(on=date(2025, 3, 4))
        shown = client.get(edit(document)).context["form"]["issued_on"]
        client.post(edit(document), form_of(document) | {"issued_on": shown.field.widget.format_value(shown.value())})
        assert newest(document).issued_on == date(2025, 3, 4)


def speak(user, language):
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


class TestChanging:
    def test_draft_of_what_is_public_leaves_it_as_it_is(self, client):
        document = own_public("15/QĐ-STTTT")
        client.post(edit(document), form_of(document) | {"abstract": "Đã sửa"})
        document.refresh_from_db()
        assert document.abstract != "Đã sửa"
        assert newest(document).abstract == "Đã sửa"

    @pytest.mark.parametrize(
        "address",
        ["edit/{pk}", "delete/{pk}", "history/{pk}", "usage/{pk}", "inspect/{pk}", "preview/{pk}", "lock/{pk}",
         "unlock/{pk}", "unpublish/{pk}", "{pk}/text", "workflow_history/{pk}",
         "history/{pk}/revisions/{revision}/view", "history/{pk}/revisions/{revision}/revert",
         "history/{pk}/revisions/{revision}/unschedule"],
    )  # fmt: skip
    def test_document_of_another_agency_is_nobodys_business(self, address, district, client_for, editor_of, client):
        document = own()
        document.save_revision()
        path = address.format(pk=document.pk, revision=document.latest_revision_id)
        foreign = client_for(district, editor_of(district))
        assert foreign.get(f"{LIST}{path}/").status_code == 404
        assert foreign.post(f"{LIST}{path}/").status_code == 404

    def test_auditor_reads_and_changes_nothing(self, province, client_for, django_user_model):
        auditor = django_user_model.objects.create_user(username="kiem.soat")
        auditor.groups.add(province.groups.get(role=Role.AUDITOR, name="").group)
        document = own()
        document.save_revision()
        client = client_for(province, auditor)
        assert document.number in client.get(LIST).text
        assert client.get(f"{LIST}inspect/{document.pk}/").status_code == 200
        assert client.get(f"{LIST}history/{document.pk}/").status_code == 200
        assert client.get(f"{LIST}{document.pk}/text/").status_code == 200
        assert client.get(edit(document)).status_code in {302, 403}
        assert client.post(edit(document), form_of(document) | {"abstract": "Đổi"}).status_code in {302, 403}
        assert newest(document).abstract != "Đổi"

    def test_what_is_not_filled_in_is_shown_as_a_dash(self, client):
        document = own()
        document.save_revision()
        assert ">None<" not in client.get(f"{LIST}inspect/{document.pk}/").text.replace(" ", "").replace("\n", "")

    def test_document_with_a_text_can_be_deleted_while_it_was_never_public(self, client):
        document = own()
        give(document, "Điều 1. Một\nHai.")
        document.save()
        document.save_revision()
        client.post(f"{LIST}delete/{document.pk}/")
        assert not LegalDocument.objects.exists()


class TestFiles:
    def test_files_are_kept_byte_for_byte_and_once(self, client):
        document = own()
        client.post(edit(document), form_of(document) | {"new_files": [pdf(), pdf("ban-sao.pdf")]})
        [attachment] = newest(document).attachments.all()
        assert (attachment.name, attachment.kind) == ("quyet-dinh.pdf", AttachmentKind.ORIGINAL)
        assert attachment.stored_file.file.read() == PDF
        address = f"{LIST}{document.pk}/files/{attachment.stored_file.sha256}/"
        assert b"".join(client.get(address)) == PDF

    def test_file_that_a_draft_got_stays_in_the_next_draft(self, client):
        document = own_public("15/QĐ-STTTT")
        client.post(edit(document), form_of(document) | {"new_files": [pdf()]})
        rows = client.get(edit(document)).context["form"].formsets["attachments"].forms
        held = rows[0]["held"].value()
        row = {"held": held, "kind": "annex", "title": "Phụ lục I", "id": "", "ORDER": 1}
        fields = {f"attachments-0-{name}": value for name, value in row.items()} | {"attachments-TOTAL_FORMS": 1}
        client.post(edit(document), form_of(document) | fields)
        [attachment] = newest(document).attachments.all()
        assert (attachment.name, attachment.title, attachment.kind) == ("quyet-dinh.pdf", "Phụ lục I", "annex")
        assert attachment.stored_file.size == len(PDF)

    def test_row_without_its_file_is_refused(self, client):
        document = own()
        fields = {"attachments-TOTAL_FORMS": 1, "attachments-0-kind": "annex", "attachments-0-held": "W10:forged"}
        assert client.post(edit(document), form_of(document) | fields).status_code == 200
        assert not newest(document).attachments.exists()

    def test_files_of_a_new_document_come_with_its_first_form(self, client):
        client.post(ADD, entered(new_files=[pdf()]))
        assert [one.name for one in LegalDocument.objects.get().attachments.all()] == ["quyet-dinh.pdf"]

    def test_form_with_errors_keeps_what_came_in(self, client):
        answer = client.post(ADD, entered(number="", new_files=[pdf()]))
        assert "Các tệp sau đã nhận" in answer.text
        kept = answer.context["form"]["kept_files"].value()
        client.post(ADD, entered(kept_files=kept))
        assert [one.name for one in LegalDocument.objects.get().attachments.all()] == ["quyet-dinh.pdf"]

    def test_forged_word_for_kept_files_gives_nothing(self, client):
        stored = StoredFile.objects.create(sha256="a" * 64, size=1, media_type="application/pdf")
        client.post(ADD, entered(kept_files=f'[["{stored.sha256}", "x"]]'))
        assert not LegalDocument.objects.get().attachments.exists()

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("rong.pdf", b""),
            ("trang.pdf", b"<!doctype html><html>loi 404</html>"),
            ("x.exe", b"MZ\x90\x00\x03\x01\x02\x04" * 99),
        ],
    )
    def test_what_is_no_document_is_refused_with_a_reason(self, name, content, client):
        answer = client.post(ADD, entered(new_files=[SimpleUploadedFile(name, content)]))
        assert answer.status_code == 200
        assert not LegalDocument.objects.exists()
        assert not StoredFile.objects.exists()

    def test_file_that_is_too_large_is_refused_before_it_is_kept(self, client, monkeypatch):
        monkeypatch.setitem(keep.__kwdefaults__, "most_bytes", 10)
        answer = client.post(ADD, entered(new_files=[pdf()]))
        assert "mỗi tệp tối đa" in answer.text
        assert not StoredFile.objects.exists()

    def test_name_that_climbs_is_only_a_name(self, client):
        client.post(ADD, entered(new_files=[pdf("..\\..\\etc\\qd.pdf")]))
        [attachment] = LegalDocument.objects.get().attachments.all()
        assert attachment.name == "qd.pdf"

    def test_file_of_a_draft_is_for_its_agency_alone(self, district, client, client_for, editor_of):
        document = own()
        client.post(edit(document), form_of(document) | {"new_files": [pdf()]})
        address = f"{LIST}{document.pk}/files/{StoredFile.objects.get().sha256}/"
        assert client_for(district, editor_of(district)).get(address).status_code == 404
        other = own("16/QĐ-STTTT")
        assert client.get(f"{LIST}{other.pk}/files/{StoredFile.objects.get().sha256}/").status_code == 404


class TestRelations:
    def test_public_document_of_another_agency_is_chosen(self, client):
        law = public(
            "45/2013/QH13", kind="luat", issuer="quoc-hoi", on=date(2013, 11, 29), effective_on=date(2014, 7, 1)
        )
        document = own()
        offered = client.get("/admin/legal-documents/choose/?q=45/2013/QH13")
        assert "45/2013/QH13" in offered.text
        assert client.get(f"/admin/legal-documents/choose/chosen/{law.pk}/").status_code == 200
        client.post(edit(document), form_of(document) | relation(target=law.pk))
        [found] = newest(document).relations.all()
        assert (found.kind, found.target) == (RelationKind.BASED_ON, law)

    def test_number_alone_is_enough(self, client):
        document = own()
        client.post(edit(document), form_of(document) | relation(target_number="1/1999/nđ-cp"))
        assert [one.target_number for one in newest(document).relations.all()] == ["01/1999/NĐ-CP"]

    @pytest.mark.parametrize(
        ("written", "kept", "shown"),
        [
            ("Điều 5; khoản 2 Điều 7", "art_5 art_7__para_2", "Điều 5; khoản 2 Điều 7"),
            ("điểm a, đ khoản 1 Điều 3 và Phụ lục II", "art_3__para_1__point_a art_3__para_1__point_dd att_2",
             "điểm a khoản 1 Điều 3; điểm đ khoản 1 Điều 3; Phụ lục 2"),
            ("các Điều 3, 4, 4", "art_3 art_4", "Điều 3; Điều 4"),
            ("art_5 art_7__para_2__list_1", "art_5 art_7__para_2__list_1", "Điều 5; art_7__para_2__list_1"),
            (" ; ", "", ""),
        ],
    )  # fmt: skip
    def test_parts_are_written_as_laws_write_them(self, written, kept, shown, client):
        document = own()
        client.post(edit(document), form_of(document) | relation(target_number="45/2013/QH13", elements=written))
        [found] = newest(document).relations.all()
        assert found.elements == kept
        [row] = client.get(edit(document)).context["form"].formsets["relations"].forms
        assert row["elements"].value() == shown

    @pytest.mark.parametrize("written", ["chỗ nào đó", "Điều 5 và chỗ nào đó", "Luật Đất đai", "Điều 1 đến Điều 290"])
    def test_what_names_no_part_is_refused(self, written, client):
        document = own()
        answer = client.post(
            edit(document), form_of(document) | relation(target_number="45/2013/QH13", elements=written)
        )
        [row] = answer.context["form"].formsets["relations"].forms
        assert row.errors.keys() == {"elements"}
        assert not newest(document).relations.exists()

    def test_versions_are_compared_in_words_and_days(self, client):
        document = own()
        first = document.save_revision()
        client.post(
            edit(document),
            form_of(document)
            | {"effective_on": "05/10/2025"}
            | relation(target_number="45/2013/QH13", elements="khoản 2 Điều 7"),
        )
        last = newest(document).latest_revision_id
        page = client.get(f"{LIST}history/{document.pk}/revisions/compare/{first.pk}...{last}/").text
        screen = page[page.index("<main") :].partition("<table")[2].partition("</table>")[0]
        assert "khoản 2 Điều 7" in screen
        assert "05/10/2025" in screen
        assert "art_7" not in screen
        assert "None" not in screen

    def test_search_that_finds_nothing_says_what_to_do(self, client):
        answer = client.get("/admin/legal-documents/choose/results/?q=khongco")
        assert "ghi số, ký hiệu vào ô" in answer.text

    def test_neither_is_told(self, client):
        answer = client.post(edit(document := own()), form_of(document) | relation())
        assert "Hãy chọn văn bản hoặc ghi số ký hiệu" in answer.text

    def test_draft_of_another_agency_is_neither_offered_nor_taken(self, client):
        hidden = draft("88/QĐ-UBND", issuer="thuanan-ubnd-huyen", owner="thuanan", kind="quyet_dinh_cb")
        document = own()
        assert hidden.number not in client.get("/admin/legal-documents/choose/").text
        assert client.get(f"/admin/legal-documents/choose/chosen/{hidden.pk}/").status_code == 404
        assert client.get(f"/admin/legal-documents/choose/chosen-multiple/?id={hidden.pk}").status_code == 404
        answer = client.post(edit(document), form_of(document) | relation(target=hidden.pk))
        assert answer.status_code == 400
        assert not newest(document).relations.exists()


def relation(**more):
    row = {"kind": "based_on", "target": "", "target_number": "", "elements": "", "on": "", "until": "", "ORDER": 1}
    fields = {f"relations-0-{name}": value for name, value in (row | more).items()}
    return fields | {"relations-TOTAL_FORMS": 1}


class TestList:
    @pytest.mark.parametrize("words", ["quy che so", "QUY CHẾ SỐ", "27/qđ-stttt", "27/QĐ-STTTT", "so ghi"])
    def test_found_by_number_and_abstract_with_or_without_accents(self, words, client):
        document = own("27/QĐ-STTTT", abstract="Quy chế số hóa sổ ghi chép")
        other = own("28/QĐ-STTTT", abstract="Khác hẳn")
        answer = client.get(LIST, {"q": words})
        assert document.number in answer.text
        assert other.number not in answer.text

    @pytest.mark.parametrize(
        "words", ["", " - ", "hoa so", "o hoa", "100_", "%", "số " * 40 + "khác", "x" * 300, "27/QĐ-UBND"]
    )
    def test_words_that_do_not_stand_in_it_do_not_find_it(self, words, client):
        own("27/QĐ-STTTT", abstract="Quy chế số hóa 100% sổ ghi chép")
        listed = client.get(LIST, {"q": words}).context["object_list"]
        assert len(listed) == (1 if words in {"", "hoa so"} else 0)

    def test_number_is_found_by_its_beginning_and_by_its_parts(self, client):
        own("27/QĐ-STTTT")
        for words in ("27/qd", "stttt", "27 st", "qđ"):
            assert len(client.get(LIST, {"q": words}).context["object_list"]) == 1, words

    @pytest.mark.parametrize("address", [LIST, f"{CHOOSE}results/"])
    def test_what_an_import_or_a_dump_brought_is_found_at_once(self, address, client, tmp_path):
        record = {"so_ky_hieu": "27/QĐ-STTTT", "ngay_ban_hanh": "2020-07-15", "trich_yeu": "Quy chế số hóa"}
        path = jsonl(tmp_path / "a.jsonl", record, record | {"so_ky_hieu": "28/QĐ-STTTT", "trich_yeu": "Khác hẳn"})
        run(path, agency="stttt", issuer="stttt-so")
        self.found(client, address)
        call_command("dump_legal_docs", tmp_path / "dump", stdout=StringIO())
        LegalDocument.objects.all().delete()
        call_command("rebuild_legal_docs", tmp_path / "dump", stdout=StringIO())
        self.found(client, address)

    def found(self, client, address):
        for words in ("so hoa", "Quy chế", "27/qđ-stttt"):
            answer = client.get(address, {"q": words}).text
            assert "27/QĐ-STTTT" in answer, words
            assert "28/QĐ-STTTT" not in answer, words

    def test_search_costs_the_same_whatever_it_finds(self, client):
        counts = []
        for first, last in ((1, 3), (3, 20)):
            for number in range(first, last):
                own(f"{number:02}/QĐ-STTTT", abstract="Quy chế số hóa")
            for address in (LIST, f"{CHOOSE}results/"):
                client.get(address, {"q": "quy che"})
                with CaptureQueriesContext(connection) as queries:
                    client.get(address, {"q": "quy che"})
                counts.append(len(queries))
        assert counts[:2] == counts[2:]

    def test_only_own_documents_are_listed(self, client):
        land_law()
        own("27/QĐ-STTTT")
        answer = client.get(LIST)
        assert "27/QĐ-STTTT" in answer.text
        assert "45/2013/QH13" not in answer.text
        assert answer.context["filters"].form.fields["issuer"].queryset.count() == 1

    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ({"type": "quyet_dinh_cb"}, {"27/QĐ-STTTT", "28/QĐ-STTTT"}),
            ({"type": "cong_van"}, set()),
            ({"year": "2019"}, {"28/QĐ-STTTT"}),
            ({"live": "True"}, {"28/QĐ-STTTT"}),
            ({"live": "False"}, {"27/QĐ-STTTT"}),
            ({"status": "in_force"}, {"28/QĐ-STTTT"}),
            ({"year": "không"}, {"27/QĐ-STTTT", "28/QĐ-STTTT"}),
        ],
    )
    def test_list_is_narrowed(self, query, numbers, client):
        own("27/QĐ-STTTT")
        public(
            "28/QĐ-STTTT",
            issuer="stttt-so",
            owner="stttt",
            kind="quyet_dinh_cb",
            effective_on=None,
            on=date(2019, 2, 3),
        )
        listed = client.get(LIST, query).context["object_list"]
        assert {document.number for document in listed} == numbers

    def test_province_filters_by_agency(self, province, department, client_for, operator):
        own("27/QĐ-STTTT")
        draft("88/QĐ-UBND", issuer="thuanan-ubnd-huyen", owner="thuanan", kind="quyet_dinh_cb")
        answer = client_for(province, operator).get(LIST, {"owner": department.pk})
        assert [document.number for document in answer.context["object_list"]] == ["27/QĐ-STTTT"]

    def test_row_tells_where_it_stands(self, client):
        own("27/QĐ-STTTT")
        own_public("28/QĐ-STTTT")
        answer = client.get(LIST).text
        assert "bản nháp" in answer
        assert "đang công khai" in answer

    def test_list_does_not_ask_for_each_row(self, client, editor):
        counts = []
        for first, last in ((1, 3), (3, 20)):
            for number in range(first, last):
                own(f"{number:02}/QĐ-STTTT").save_revision(user=editor)
            client.get(LIST)
            with CaptureQueriesContext(connection) as queries:
                client.get(LIST)
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert counts[0] <= 30

    def test_form_is_bounded(self, client):
        document = own()
        document.save_revision()
        client.get(edit(document))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(edit(document)).status_code == 200
        assert len(queries) <= 75


class TestIssuers:
    def test_province_keeps_the_list(self, province, client_for, operator):
        client = client_for(province, operator)
        data = {
            "name_vi": "Bộ Thử nghiệm",
            "spellings": "Bộ Thử\nBộ Nghiệm\n\nBộ Thử",
            "level": "central",
            "symbol": "BTN",
        }
        assert client.post("/admin/issuers/new/", data).status_code == 302
        issuer = Issuer.objects.get(name_vi="Bộ Thử nghiệm")
        assert (issuer.code, issuer.other_names) == ("bo-thu-nghiem", ["Bộ Thử", "Bộ Nghiệm"])
        assert "Bộ Thử nghiệm" in client.get("/admin/issuers/").text

    def test_agency_does_not(self, department, administrator_of, client_for):
        client = client_for(department, administrator_of(department))
        issuer = Issuer.objects.first()
        for address in ("new/", f"edit/{issuer.pk}/", f"delete/{issuer.pk}/"):
            assert client.post(f"/admin/issuers/{address}", {"name_vi": "Đổi"}).status_code in {302, 403, 404}
        assert Issuer.objects.first().name_vi == issuer.name_vi

    def test_body_that_has_documents_is_not_deleted(self, province, client_for, operator):
        document = own()
        client_for(province, operator).post(f"/admin/issuers/delete/{document.issuer_id}/")
        assert Issuer.objects.filter(pk=document.issuer_id).exists()
