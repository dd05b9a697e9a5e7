"""Documents of one number: a law and a resolution, told apart wherever a number leads to a document."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from editorial.tests.test_records import form_of
from legal_docs.enums import RelationKind
from legal_docs.models import Citation, Issuer, LegalDocument, Relation
from legal_docs.namesakes import form_beside, parse_named
from legal_docs.numbers import NoNumber, parse_number

from .lists import jsonl, row, run, states
from .registry import COMMITTEE, draft, public, relate
from .test_dump import dumped, rebuilt

NUMBER, ON = "18/2008/QH12", date(2008, 6, 3)
ADD = "/admin/legal-documents/add/"
ASSEMBLY = {"issuer": "quoc-hoi", "on": ON}


def law(**more):
    return public(NUMBER, kind="luat", **ASSEMBLY | {"abstract": "Năng lượng nguyên tử"} | more)


def resolution(**more):
    return public(NUMBER, kind="nghi_quyet_qh", **ASSEMBLY | {"abstract": "Về đẩy mạnh xã hội hóa"} | more)


def citing(words, number="12/2010/NĐ-CP"):
    return public(number, on=date(2010, 3, 5), text=f"Điều 1. Phạm vi\nThực hiện {words}.")


def target_of(document):
    return Citation.objects.get(text=document.text).target


class TestWhatNumbersTell:
    @pytest.mark.parametrize(
        ("number", "form", "beside"),
        [
            ("18/2008/QH12", "Luật", "luat"),
            ("100/2015/QH13", "Bộ luật", "luat"),
            ("18/2008/QH12", "Nghị quyết", "nghi-quyet"),
            ("11/2010/UBTVQH12", "Pháp lệnh", "phap-lenh"),
            ("73-CP", "Nghị định", "nghi-dinh"),
            ("326/TTg", "Quyết định", "quyet-dinh"),
            ("43/2011/NĐ-CP", "Nghị định", ""),
            ("1707/QĐ-UBND", "Kế hoạch", ""),
            ("1037/NQ-UBTVQH13", "Nghị quyết", ""),
            ("4042/UBND-VX", "Công văn", ""),
            ("23-L/CTN", "Luật", ""),
            ("327/CT", "Quyết định", ""),
        ],
    )
    def test_form_is_needed_only_where_the_symbol_names_the_body_alone(self, number, form, beside):
        assert form_beside(parse_number(number), form) == beside

    @pytest.mark.parametrize(
        ("written", "stored"),
        [
            ("nghị quyết  số 18/2008/QH12", "Nghị quyết số 18/2008/QH12"),
            ("Bộ luật 100/2015/QH13", "Bộ luật số 100/2015/QH13"),
            ("18/2008/QH12", "18/2008/QH12"),
            ("Nghị định số 43/2011/NĐ-CP", "43/2011/NĐ-CP"),
        ],
    )
    def test_form_said_before_a_number_is_kept_if_it_is_needed(self, written, stored):
        assert str(parse_named(written)) == stored
        assert parse_named(stored) == parse_named(written)

    def test_what_is_no_form_is_dropped_or_refused(self):
        assert str(parse_named(NUMBER, "Bài thơ")) == NUMBER
        with pytest.raises(NoNumber):
            parse_named(f"Bài thơ số {NUMBER}")


@pytest.mark.django_db
class TestRegistry:
    def test_law_and_resolution_of_one_number_have_an_address_each(self, province, client_for):
        first, second, client = law(), resolution(), client_for(province)
        assert (first.slug, second.slug) == ("18-2008-qh12", "18-2008-qh12-nghi-quyet")
        assert "Năng lượng nguyên tử" in client.get("/van-ban/18-2008-qh12/").getvalue().decode()
        assert "Về đẩy mạnh xã hội hóa" in client.get("/van-ban/18-2008-qh12-nghi-quyet/").getvalue().decode()

    def test_address_of_the_first_stays_when_the_second_comes(self):
        first = resolution()
        law()
        first.refresh_from_db()
        first.save()
        assert first.slug == "18-2008-qh12"
        assert LegalDocument.objects.exclude(pk=first.pk).get().slug == "18-2008-qh12-luat"

    @pytest.mark.parametrize("kind", ["luat", "bo_luat"])
    def test_second_law_of_a_number_is_refused_and_a_code_is_a_law(self, kind):
        law()
        with pytest.raises(ValidationError) as refusal:
            draft(NUMBER, kind=kind, **ASSEMBLY)
        assert "number" in refusal.value.message_dict

    def test_wrong_type_makes_no_second_document_of_a_number_that_names_its_form(self):
        day = {"issuer": COMMITTEE, "on": date(2020, 7, 15), "effective_on": None}
        draft("1707/QĐ-UBND", kind="quyet_dinh_cb", **day)
        with pytest.raises(ValidationError):
            draft("1707/QĐ-UBND", kind="ke_hoach", **day)

    def test_database_itself_keeps_one_of_each_form(self):
        first, second = law(), resolution()
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalDocument.objects.filter(pk=second.pk).update(number_form=first.number_form)

    def test_columns_of_an_older_registry_are_filled(self):
        law(), resolution()
        document = citing(f"Điều 2 Nghị quyết của Quốc hội số {NUMBER}")
        LegalDocument.objects.filter(type="nghi_quyet_qh").update(number_form="x")
        Citation.objects.update(said_form="")
        import_module("legal_docs.migrations.0004_fill_forms_beside_numbers").fill(apps, None)
        assert set(LegalDocument.objects.values_list("type", "number_form")) == {
            ("luat", "luat"), ("nghi_quyet_qh", "nghi-quyet"), ("nghi_dinh", ""),
        }  # fmt: skip
        assert Citation.objects.get(text=document.text).said_form == "nghi-quyet"

    def test_both_survive_a_dump(self, tmp_path):
        law(), resolution()
        document = citing(f"Nghị quyết số {NUMBER}")
        relate(document, RelationKind.REFERS_TO, target_number="Nghị quyết số 24/2008/QH12")
        told = ("slug", "type", "number_form", "abstract")
        before = set(LegalDocument.objects.values_list(*told))
        rebuilt(dumped(tmp_path / "d"))
        assert set(LegalDocument.objects.values_list(*told)) == before
        assert Citation.objects.get().target.type == "nghi_quyet_qh"
        assert (Relation.objects.get().target_number, Relation.objects.get().target_key) == (
            "Nghị quyết số 24/2008/QH12", "24/2008/QH12",
        )  # fmt: skip


@pytest.mark.django_db
class TestForm:
    @pytest.fixture
    def client(self, province, editor_of, client_for):
        return client_for(province, editor_of(province))

    def test_law_is_entered_beside_the_resolution_and_not_twice(self, client):
        draft(NUMBER, kind="nghi_quyet_qh", **ASSEMBLY)
        assembly = Issuer.objects.get(code="quoc-hoi")
        entered = form_of(LegalDocument(number=NUMBER, type="luat", issuer=assembly, abstract="Về sổ", issued_on=ON))
        client.post(ADD, entered)
        assert LegalDocument.objects.count() == 2
        answer = client.post(ADD, entered)
        assert "Cơ quan này đã có Luật mang số và năm này" in answer.text
        assert LegalDocument.objects.count() == 2

    def test_relation_may_say_the_form_with_the_number(self):
        relation = Relation(source=law(), kind=RelationKind.GUIDES, target_number="nghị quyết số 24/2008/qh12")
        relation.clean()
        assert relation.target_number == "Nghị quyết số 24/2008/QH12"


@pytest.mark.django_db
class TestCitations:
    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            (f"Điều 2 Luật số {NUMBER}", "luat"),
            (f"Luật Năng lượng nguyên tử số {NUMBER}", "luat"),
            (f"Nghị quyết số {NUMBER}", "nghi_quyet_qh"),
            (f"Nghị quyết của Quốc hội số {NUMBER}", "nghi_quyet_qh"),
        ],
    )
    def test_form_leads_to_its_document_in_whatever_order_they_come(self, words, kind):
        resolution()
        before = citing(words)
        law()
        after = citing(words, "13/2010/NĐ-CP")
        assert (target_of(before).type, target_of(after).type) == (kind, kind)

    def test_the_law_is_not_taken_for_a_resolution_that_is_not_there(self):
        law()
        document = citing(f"Nghị quyết số {NUMBER}")
        assert target_of(document) is None
        expected = resolution()
        assert target_of(document) == expected

    def test_bare_number_of_two_documents_is_left_to_the_editor(self):
        found = law()
        document = citing(f"các văn bản số 13/2009/NĐ-CP và số {NUMBER}")
        bare = Citation.objects.get(text=document.text, number_key=NUMBER)
        assert (bare.said_form, bare.target) == ("", found)
        resolution()
        bare.refresh_from_db()
        assert bare.target is None

    def test_relations_known_by_number_and_form_find_their_document(self):
        document = citing("quy định")
        for form in ("Luật", "Nghị quyết"):
            relate(document, RelationKind.BASED_ON, target_number=f"{form} số {NUMBER}")
        law(), resolution()
        found = Relation.objects.order_by("pk").values_list("target__type", flat=True)
        assert list(found) == ["luat", "nghi_quyet_qh"]

    def test_relation_known_by_the_bare_number_of_two_waits(self):
        law(), resolution()
        relation = relate(citing("quy định"), RelationKind.BASED_ON, target_number=NUMBER)
        relation.refresh_from_db()
        assert relation.target is None


@pytest.mark.django_db
class TestImport:
    LAW = row(
        NUMBER, loai="Luật", trich_yeu="Năng lượng nguyên tử", co_quan_ban_hanh="Quốc hội", ngay_ban_hanh="2008-06-03",
        ngay_hieu_luc="2009-01-01",
    )  # fmt: skip
    RESOLUTION = LAW | {"loai": "Nghị quyết", "trich_yeu": "Về đẩy mạnh xã hội hóa", "ngay_hieu_luc": "2008-07-12"}

    def test_both_come_in_and_are_known_again(self, tmp_path):
        path = jsonl(tmp_path / "a.jsonl", self.LAW, self.RESOLUTION)
        assert states(path) == ["created", "created"]
        assert set(LegalDocument.objects.values_list("type", "slug")) == {
            ("luat", "18-2008-qh12"), ("nghi_quyet_qh", "18-2008-qh12-nghi-quyet"),
        }  # fmt: skip
        assert states(path) == ["unchanged", "unchanged"]
        corrected = self.RESOLUTION | {"nguoi_ky": "Người Ký"}
        assert states(jsonl(path, self.LAW, corrected)) == ["unchanged", "updated"]
        assert LegalDocument.objects.get(signer="Người Ký").type == "nghi_quyet_qh"

    def test_code_that_a_list_also_calls_law_is_one_document(self, tmp_path):
        path = jsonl(tmp_path / "a.jsonl", self.LAW, self.LAW | {"loai": "Bộ luật"})
        assert states(path) == ["created", "merged"]

    def test_two_laws_of_one_number_are_refused(self, tmp_path):
        _said, report = run(jsonl(tmp_path / "a.jsonl", self.LAW, self.LAW | {"trich_yeu": "Quốc tịch Việt Nam"}))
        assert [entry[1] for entry in report] == ["created", "refused"]

    def test_type_that_a_list_gets_wrong_makes_no_second_decision(self, tmp_path):
        decree = row(trich_yeu="quy định về sổ ghi chép")
        _said, report = run(jsonl(tmp_path / "a.jsonl", decree, decree | {"loai": "Nghị quyết"}))
        assert [entry[1] for entry in report] == ["created", "merged"]

    def test_what_amended_it_is_found_by_its_type(self, tmp_path):
        amending = {"loai": "Nghị quyết", "so_ky_hieu": NUMBER, "noi_dung": ["sửa đổi"]}
        old = row(
            "10/2007/NĐ-CP", ngay_ban_hanh="2007-03-05", ngay_hieu_luc="2007-04-01", sua_doi_bo_sung_boi=[amending]
        )
        path = jsonl(tmp_path / "a.jsonl", old, self.LAW, self.RESOLUTION)
        assert states(path) == ["created", "created", "created", "related"]
        assert Relation.objects.get().source.type == "nghi_quyet_qh"
        assert states(path) == ["unchanged"] * 3

    def test_column_of_numbers_may_say_the_form_and_waits_without_it(self, tmp_path):
        old = row("10/2007/NĐ-CP", ngay_ban_hanh="2007-03-05", ngay_hieu_luc="2007-04-01")
        path = jsonl(tmp_path / "a.jsonl", old | {"sua_doi_bo_sung_boi": NUMBER}, self.LAW, self.RESOLUTION)
        _said, report = run(path)
        assert (report[-1][1], "có nhiều văn bản cùng số" in report[-1][2]) == ("waiting", True)
        jsonl(path, old | {"sua_doi_bo_sung_boi": f"Luật số {NUMBER}"})
        assert states(path) == ["unchanged", "related"]
        assert Relation.objects.get().source.type == "luat"

    def test_legal_bases_lead_to_the_law_and_to_the_resolution(self, tmp_path):
        text = f"NGHỊ ĐỊNH\nVề sổ\nCăn cứ Luật số {NUMBER};\nCăn cứ Nghị quyết số {NUMBER};\nĐiều 1. Phạm vi\nVăn bản."
        path = jsonl(tmp_path / "a.jsonl", row(noi_dung=text), self.LAW, self.RESOLUTION)
        run(path)
        bases = Relation.objects.filter(kind=RelationKind.BASED_ON)
        assert sorted(one.target.type for one in bases) == ["luat", "nghi_quyet_qh"]
        run(path)
        assert bases.count() == 2

    def test_basis_that_the_list_gives_by_its_bare_number_and_the_text_by_its_form_is_one(self, tmp_path):
        text = f"NGHỊ ĐỊNH\nVề sổ\nCăn cứ Luật số {NUMBER};\nĐiều 1. Phạm vi\nVăn bản."
        decree, path = row(noi_dung=text, can_cu=NUMBER), tmp_path / "a.jsonl"
        run(jsonl(path, self.LAW, decree))
        assert Relation.objects.get().target.type == "luat"
        run(jsonl(path, self.LAW, decree | {"noi_dung": text + "\nĐiều 2. Khác"}))
        assert Relation.objects.count() == 1
