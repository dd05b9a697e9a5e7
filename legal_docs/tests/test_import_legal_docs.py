"""`import_legal_docs` as operators call it: what comes in, what is merged, corrected and refused, and why."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import ModelLogEntry

from audit.models import AuditEntry
from legal_docs.enums import RelationKind, Status
from legal_docs.importing import workers, writing
from legal_docs.models import (
    Attachment,
    Citation,
    Element,
    LegalDocument,
    ListCount,
    Placement,
    Relation,
    Text,
    ValiditySpan,
)
from legal_docs.presenting.versions import earlier_texts
from legal_docs.services import validity

from .lists import articles, csv_of, jsonl, row, run, states, xlsx, zipped
from .registry import public

pytestmark = pytest.mark.django_db
PROVINCE = {"issuer": "binhduong-ubnd-tinh"}


def only():
    return LegalDocument.objects.get()


def province_row(number="1707/QĐ-UBND", **more):
    fields = {"so_ky_hieu": number, "ngay_ban_hanh": "2020-07-15", "trich_yeu": "công bố thủ tục hành chính"}
    return fields | more


# What comes in


def test_row_comes_in_public_with_everything_that_follows(tmp_path):
    said, report = run(
        jsonl(tmp_path / "a.jsonl", row(dieu=articles("1. Một.\n2. Hai.", "Theo Điều 1 Nghị định này.")))
    )
    assert report == [(1, "created", "")]
    document = only()
    assert (document.number, document.type, document.issuer.code) == ("12/2019/NĐ-CP", "nghi_dinh", "chinh-phu")
    assert (document.issued_on, document.effective_on) == (date(2019, 3, 5), date(2019, 5, 1))
    assert document.abstract == "Quy định về sổ ghi chép"
    assert document.live
    assert document.slug == "12-2019-nd-cp"
    assert document.first_published_at
    assert document.text.is_current
    assert 'id="art_1__para_2"' in document.text.html
    assert 'href="#art_1"' in document.text.html
    assert validity.status_of(document, date(2019, 5, 1)).status == Status.IN_FORCE
    assert Placement.objects.filter(document=document, agency__code="binhduong").exists()
    assert "Published without approval: 1" in said or "không qua duyệt: 1" in said


def test_import_stands_in_the_history_and_the_audit_trail(tmp_path):
    run(jsonl(tmp_path / "a.jsonl", row()))
    assert ModelLogEntry.objects.get(object_id=only().pk).action == "core.import_public"
    entry = AuditEntry.objects.get(object_type="legal_docs.legaldocument")
    assert (entry.action, entry.agency) == ("core.import_public", "binhduong")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_delimiter_comes_in(tmp_path, delimiter):
    rows = [
        {
            "Số, ký hiệu": "12/2019/NĐ-CP",
            "Loại": "Nghị định",
            "Trích yếu": "Về sổ; và vở, bút",
            "Ngày ban hành": "05/03/2019",
        }
    ]
    assert states(csv_of(tmp_path / "a.csv", rows, delimiter)) == ["created"]
    assert only().abstract == "Về sổ; và vở, bút"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_unicode_comes_in(tmp_path, encoding):
    assert states(csv_of(tmp_path / "a.csv", [row()], encoding=encoding)) == ["created"]
    assert only().abstract == "Quy định về sổ ghi chép"


def test_csv_in_windows_1258_comes_in(tmp_path):
    abstract = "Quy định về thủ tục hành chính của Sở Tư pháp tỉnh"
    path = csv_of(tmp_path / "a.csv", [row(trich_yeu=abstract)])
    # Windows-1258 keeps tones apart and the letters â, ê, ô, ơ, ư, ă whole.
    text = unicodedata.normalize("NFD", path.read_text(encoding="utf-8"))
    for letter in "âêôăơưÂÊÔĂƠƯ":
        text = text.replace(unicodedata.normalize("NFD", letter), letter)
    for letter, tone in (("â", "\u0323"), ("ê", "\u0323"), ("ô", "\u0323")):
        text = text.replace(letter[0] + tone + unicodedata.normalize("NFD", letter)[1], letter + tone)
        text = text.replace(
            unicodedata.normalize("NFD", letter)[0] + tone + unicodedata.normalize("NFD", letter)[1], letter + tone
        )
    path.write_bytes(text.encode("cp1258"))
    assert states(path) == ["created"]
    assert only().abstract == abstract


def test_xlsx_with_dates_and_numbers_comes_in(tmp_path):
    rows = [row(ngay_ban_hanh=date(2019, 3, 5), ngay_hieu_luc=date(2019, 5, 1), so_cong_bao=15)]
    assert states(xlsx(tmp_path / "a.xlsx", rows)) == ["created"]
    assert (only().issued_on, only().gazette_number) == (date(2019, 3, 5), "15")


def test_formula_is_never_computed(tmp_path):
    said, report = run(xlsx(tmp_path / "a.xlsx", [row(trich_yeu='=HYPERLINK("http://vi-du.test";"x")')]))
    assert report[0][1] == "refused"
    assert not LegalDocument.objects.exists()


def test_report_holds_no_formula(tmp_path):
    run(jsonl(tmp_path / "a.jsonl", row("=1+1")))
    assert "'=1+1" in (tmp_path / "a.report.csv").read_text(encoding="utf-8-sig")


def test_zip_brings_files_and_reads_their_text(tmp_path):
    text = "NGHỊ ĐỊNH\nQuy định về sổ\nĐiều 1. Phạm vi\n1. Một.\nĐiều 2. Hiệu lực\nCó hiệu lực từ ngày ký.\n"
    list_ = csv_of(tmp_path / "list.csv", [row(tep="tep/nghi-dinh.txt")]).read_bytes()
    path = zipped(tmp_path / "a.zip", {"list.csv": list_, "tep/nghi-dinh.txt": text})
    assert run(path)[1][0][1] == "created"
    attachment = Attachment.objects.get()
    assert attachment.name == "nghi-dinh.txt"
    with attachment.stored_file.file.open("rb") as file:
        assert file.read().decode() == text
    assert only().text.stored_file == attachment.stored_file
    assert Element.objects.filter(text=only().text, eid="art_1__para_1").exists()
    assert states(path) == ["unchanged"]


def test_file_that_did_not_come_is_told_and_comes_in_later(tmp_path):
    list_ = csv_of(tmp_path / "list.csv", [row(tep="nghi-dinh.txt")]).read_bytes()
    _said, [(_line, state, reason)] = run(zipped(tmp_path / "a.zip", {"list.csv": list_}))
    assert (state, "nghi-dinh.txt" in reason) == ("created", True)
    path = zipped(tmp_path / "a.zip", {"list.csv": list_, "nghi-dinh.txt": "Điều 1. Phạm vi\nVăn bản.\n"})
    assert states(path) == ["updated"]
    assert Attachment.objects.get().name == "nghi-dinh.txt"


def test_unknown_heading_is_told_and_can_be_mapped(tmp_path):
    rows = [{name if name != "trich_yeu" else "Nội dung văn bản": value for name, value in row().items()}]
    said, report = run(jsonl(tmp_path / "a.jsonl", *rows))
    assert report[0][1] == "refused"
    assert "Nội dung văn bản" in said
    assert states(jsonl(tmp_path / "a.jsonl", *rows), field_map=["Nội dung văn bản=abstract"]) == ["created"]


# Type and issuer


@pytest.mark.parametrize(
    ("number", "issuer", "kind"),
    [
        ("1707/QĐ-UBND", "binhduong-ubnd-tinh", "quyet_dinh_cb"),
        ("4042/UBND-VX", "binhduong-ubnd-tinh", "cong_van"),
        ("06/NQ-HĐND", "binhduong-hdnd-tinh", "nghi_quyet_cb"),
        ("22/NQ-HĐND8", "binhduong-hdnd-tinh", "nghi_quyet_cb"),
        ("19/Ctr-UBND", "binhduong-ubnd-tinh", "chuong_trinh"),
        ("28/KH-BTC", "binhduong-ubnd-tinh", "ke_hoach"),
        ("2117/QÐ-UBND", "binhduong-ubnd-tinh", "quyet_dinh_cb"),
    ],
)
def test_type_and_issuer_of_a_provinces_list_come_from_the_number(tmp_path, number, issuer, kind):
    assert states(jsonl(tmp_path / "a.jsonl", province_row(number)), **PROVINCE) == ["created"]
    assert (only().issuer.code, only().type) == (issuer, kind)


def test_symbol_of_another_body_is_told(tmp_path):
    _said, [(_line, _state, reason)] = run(jsonl(tmp_path / "a.jsonl", province_row("59/KH-BCĐ")), **PROVINCE)
    assert "Bình Dương" in reason


def test_joint_document_has_all_its_issuers(tmp_path):
    number = "10/2014/TTLT-BYT-BTC"
    path = jsonl(
        tmp_path / "a.jsonl",
        row(
            number,
            loai="Thông tư liên tịch",
            co_quan_ban_hanh="Bộ Y tế và Bộ Tài chính",
            ngay_ban_hanh="2014-03-05",
            ngay_hieu_luc="2014-06-01",
        ),
    )
    assert states(path) == ["created"]
    assert (only().issuer.code, [one.code for one in only().co_issuers.all()]) == ("bo-y-te", ["bo-tai-chinh"])


def test_number_wins_over_a_body_that_cannot_have_issued_it(tmp_path):
    _said, [(_line, state, reason)] = run(jsonl(tmp_path / "a.jsonl", row(co_quan_ban_hanh="Bộ Công Thương")))
    assert (state, only().issuer.code) == ("created", "chinh-phu")
    assert "Bộ Công Thương" in reason


@pytest.mark.parametrize("said", ["Quyết định", None])
def test_decision_that_names_itself_leads_to_itself(tmp_path, said):
    """Its type is called "Quyết định (cá biệt)", which no text says."""
    path = jsonl(
        tmp_path / "a.jsonl",
        province_row(loai=said, noi_dung="Điều 1. A\nMột.\nĐiều 2. B\nTheo Điều 1 của Quyết định này."),
    )
    run(path, **PROVINCE)
    assert Citation.objects.get().target == only()
    assert str(only()) == "Quyết định 1707/QĐ-UBND"


@pytest.mark.parametrize(
    ("number", "body", "on", "kind"),
    [
        ("14/1998/CT-TTg", "Thủ tướng Chính phủ", "1998-03-28", "chi_thi_qppl_ttg"),
        ("71/2008/CT-BGDĐT", "Bộ Giáo dục và Đào tạo", "2008-12-23", "chi_thi_qppl_bo_truong"),
        ("05/2007/CT-VKSNDTC", "Viện kiểm sát nhân dân tối cao", "2007-03-05", "chi_thi_qppl_bo_truong"),
        ("202/CT-TTg", "Thủ tướng Chính phủ", "2005-03-05", "chi_thi"),
        ("13/CT-TTg", "Thủ tướng Chính phủ", "2009-01-01", "chi_thi"),
        ("01/2009/CT-BGDĐT", "Bộ Giáo dục và Đào tạo", "2009-01-01", "chi_thi"),
    ],
)
def test_directive_is_normative_if_its_number_has_a_year_and_the_law_of_its_day_made_it_so(
    tmp_path, number, body, on, kind
):
    path = jsonl(
        tmp_path / "a.jsonl",
        row(number, loai="Chỉ thị", co_quan_ban_hanh=body, ngay_ban_hanh=on, ngay_hieu_luc="2009-03-01"),
    )
    assert states(path) == ["created"]
    assert only().type == kind


@pytest.mark.parametrize(("letters", "state"), [(748, "created"), (2_000, "created"), (2_001, "refused")])
def test_abstract_is_taken_whole_up_to_a_bound(tmp_path, letters, state):
    _said, [(_line, found, reason)] = run(jsonl(tmp_path / "a.jsonl", row(trich_yeu="X" * letters)))
    assert (found, bool(reason)) == (state, state == "refused")


# What is refused


@pytest.mark.parametrize(
    "bad",
    [
        {"so_ky_hieu": ""},
        {"so_ky_hieu": "60"},
        {"ngay_ban_hanh": None},
        {"ngay_ban_hanh": "31/02/2019"},
        {"ngay_ban_hanh": "2020-03-05"},
        {"ngay_ban_hanh": "2999-03-05", "so_ky_hieu": "12/2999/NĐ-CP"},
        {"trich_yeu": None},
        {"trich_yeu": "a\x00b"},
        {"trich_yeu": "\ud800"},
        {"loai": "Bài thơ"},
        {"co_quan_ban_hanh": "Hội Chơi cờ", "so_ky_hieu": "12/2019/NĐ-HCC"},
        {"hieu_luc": "hên xui"},
        {"dieu": "x" * 10_000_001},
        {"dieu": [1]},
        {"nguoi_ky": "x" * 151},
    ],
)
def test_bad_row_is_refused_with_its_line_and_the_rest_goes_on(tmp_path, bad):
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (row() | bad, row("13/2019/NĐ-CP"))))
    said, report = run(path)
    assert [entry[:2] for entry in report] == [(1, "refused"), (2, "created")]
    assert report[0][2]
    assert only().number == "13/2019/NĐ-CP"


def test_department_issues_no_normative_document(tmp_path):
    rows = jsonl(
        tmp_path / "a.jsonl",
        row(
            "05/2020/QĐ-STTTT",
            loai="Quyết định",
            co_quan_ban_hanh="Sở Thông tin và Truyền thông",
            ngay_ban_hanh="2020-03-05",
        ),
    )
    _said, [(_line, state, reason)] = run(rows)
    assert state == "refused"
    assert "80/2015/QH13" in reason


def test_real_document_with_too_early_a_day_is_marked_and_told(tmp_path):
    _said, [(_line, state, reason)] = run(jsonl(tmp_path / "a.jsonl", row(ngay_hieu_luc="2019-03-06")))
    assert (state, only().is_shortened) == ("created", True)
    assert "80/2015/QH13" in reason


def test_normative_document_without_effective_date_comes_in_with_unknown_status(tmp_path):
    _said, [(_line, state, reason)] = run(jsonl(tmp_path / "a.jsonl", row(ngay_hieu_luc=None)))
    assert (state, bool(reason)) == ("created", True)
    assert validity.status_of(only(), date(2020, 1, 1)).status == Status.UNKNOWN


# Repeats and corrections


def test_second_run_changes_nothing(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", row(dieu=articles("Một.")), row("13/2019/NĐ-CP"))
    run(path)
    before = counts()
    assert states(path) == ["unchanged", "unchanged"]
    assert counts() == before


def test_exact_repeat_is_merged(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", province_row(), province_row("1707/ QÐ-UBND"))
    _said, report = run(path, **PROVINCE)
    assert [entry[:2] for entry in report] == [(1, "created"), (2, "merged")]


def test_repeat_with_another_day_is_merged_and_told(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", province_row(), province_row(ngay_ban_hanh="2020-01-07"))
    _said, report = run(path, **PROVINCE)
    assert "15/07/2020" in report[1][2]


def test_two_documents_of_one_number_and_year_are_told(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", province_row(), province_row(trich_yeu="khen thưởng tập thể xuất sắc"))
    _said, report = run(path, **PROVINCE)
    assert [entry[:2] for entry in report] == [(1, "created"), (2, "refused")]
    assert "15/07/2020" in report[1][2]
    assert run(path, **PROVINCE)[1][1][1] == "refused"


def test_same_number_of_another_year_is_another_document(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", province_row(), province_row(ngay_ban_hanh="2021-07-15"))
    assert states(path, **PROVINCE) == ["created", "created"]
    assert set(LegalDocument.objects.values_list("slug", flat=True)) == {"1707-qd-ubnd-2020", "1707-qd-ubnd-2021"}


def test_corrected_row_updates_and_keeps_the_history(tmp_path):
    path = tmp_path / "a.jsonl"
    run(jsonl(path, row(dieu=articles("Một."))))
    old = only()
    corrected = row(trich_yeu="quy định về sổ ghi chép mới", ngay_hieu_luc="2019-06-01", dieu=articles("Hai."))
    assert states(jsonl(path, corrected)) == ["updated"]
    document = only()
    assert (document.pk, document.slug) == (old.pk, old.slug)
    assert document.abstract == "Quy định về sổ ghi chép mới"
    assert "Hai." in document.text.html
    assert validity.status_of(document, date(2019, 5, 2)).status == Status.NOT_YET_IN_FORCE
    assert document.revisions.count() == 2
    assert not document.has_unpublished_changes
    assert Text.objects.filter(is_current=True).get() == document.text
    # What readers had before stays readable beside it.
    assert earlier_texts(document) == [old.text]


def test_what_an_editor_corrected_stays(tmp_path):
    path = tmp_path / "a.jsonl"
    run(jsonl(path, row()))
    document = only()
    document.abstract = "Sổ ghi chép, bản đã sửa"
    document.save_revision().publish()
    assert states(jsonl(path, row())) == ["unchanged"]
    assert states(jsonl(path, row(nguoi_ky="Người Ký"))) == ["updated"]
    assert (only().abstract, only().signer) == ("Sổ ghi chép, bản đã sửa", "Người Ký")


def test_document_with_a_draft_is_not_written_over(tmp_path):
    path = tmp_path / "a.jsonl"
    run(jsonl(path, row()))
    document = only()
    document.signer = "Nháp"
    document.save_revision()
    assert states(jsonl(path, row(nguoi_ky="Người Ký"))) == ["refused"]


def test_imported_draft_is_corrected_by_the_list_until_somebody_works_on_it(tmp_path, operator):
    path = tmp_path / "a.jsonl"
    for signer in ("A", "B", "C"):
        assert states(jsonl(path, row(nguoi_ky=signer)), "--as-drafts") != ["refused"]
    assert only().signer == "C"
    document = only()
    document.signer = "D"
    document.save_revision(user=operator)
    assert states(jsonl(path, row(nguoi_ky="E")), "--as-drafts") == ["refused"]


def test_row_completes_a_document_that_came_by_hand(tmp_path):
    public("12/2019/NĐ-CP", on=date(2019, 3, 5), effective_on=date(2019, 5, 1), abstract="Về sổ ghi chép")
    _said, [(_line, state, reason)] = run(jsonl(tmp_path / "a.jsonl", row(nguoi_ky="Người Ký", dieu=articles("Một."))))
    assert (state, "abstract" in reason) == ("updated", True)
    assert (only().abstract, only().signer) == ("Về sổ ghi chép", "Người Ký")
    assert only().text.is_current


def test_list_without_text_takes_no_text_away(tmp_path):
    run(jsonl(tmp_path / "a.jsonl", row(dieu=articles("Một."))))
    assert states(jsonl(tmp_path / "b.jsonl", row())) == ["unchanged"]
    assert only().text


# Relations


def test_relations_find_each_other_whatever_the_order(tmp_path):
    path = jsonl(
        tmp_path / "a.jsonl",
        row(
            sua_doi_bo_sung_boi=[
                {"so_ky_hieu": "30/2021/NĐ-CP", "ngay_hieu_luc": "2021-06-01", "noi_dung": ["sửa đổi", "bãi bỏ"]}
            ]
        ),
        row("30/2021/NĐ-CP", ngay_ban_hanh="2021-03-05", ngay_hieu_luc="2021-06-01", thay_the="15/2010/NĐ-CP"),
        row("15/2010/NĐ-CP", ngay_ban_hanh="2010-03-05", ngay_hieu_luc="2010-06-01"),
    )
    assert states(path) == ["created"] * 3 + ["related"] * 2
    old, oldest = LegalDocument.objects.get(number="12/2019/NĐ-CP"), LegalDocument.objects.get(number="15/2010/NĐ-CP")
    assert validity.status_of(old, date(2021, 6, 1)).status == Status.PARTLY_EXPIRED
    assert validity.status_of(oldest, date(2021, 6, 1)).status == Status.EXPIRED
    assert states(path) == ["unchanged"] * 3
    assert Relation.objects.count() == 3


def test_relation_to_what_is_not_there_waits_and_is_made_by_the_next_run(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", row(sua_doi_bo_sung_boi="30/2021/NĐ-CP"))
    assert states(path) == ["created", "waiting"]
    public("30/2021/NĐ-CP", on=date(2021, 3, 5))
    assert states(path) == ["unchanged", "related"]
    assert states(path) == ["unchanged"]


def test_legal_bases_become_relations(tmp_path):
    public("45/2013/QH13", issuer="quoc-hoi", kind="luat", on=date(2013, 11, 29), abstract="Đất đai")
    text = (
        "CHÍNH PHỦ\nSố: 12/2019/NĐ-CP\nNGHỊ ĐỊNH\nVề sổ\nCăn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;\n"
        "Căn cứ Nghị định số 15/2010/NĐ-CP quy định chi tiết Luật Sổ;\nChính phủ ban hành Nghị định.\n"
        "Điều 1. Phạm vi\nVăn bản."
    )
    run(jsonl(tmp_path / "a.jsonl", row(noi_dung=text)))
    relations = Relation.objects.filter(kind=RelationKind.BASED_ON).order_by("target_key")
    assert [(one.target_key, one.target is not None) for one in relations] == [
        ("15/2010/NĐ-CP", False),
        ("45/2013/QH13", True),
    ]
    assert Citation.objects.filter(is_legal_basis=True).count() == 2


def test_law_that_stands_below_is_a_basis_as_well(tmp_path):
    text = "NGHỊ ĐỊNH\nVề sổ\nCăn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;\nĐiều 1. Phạm vi\nVăn bản."
    law = row(
        "45/2013/QH13",
        loai="Luật",
        co_quan_ban_hanh="Quốc hội",
        trich_yeu="Đất đai",
        ngay_ban_hanh="2013-11-29",
        ngay_hieu_luc="2014-07-01",
    )
    path = jsonl(tmp_path / "a.jsonl", row(noi_dung=text), law)
    run(path)
    assert Relation.objects.get(kind=RelationKind.BASED_ON).target.number == "45/2013/QH13"
    run(path)
    assert Relation.objects.count() == 1


def test_broken_number_of_a_relation_does_not_refuse_the_document(tmp_path):
    amended = [{"so_ky_hieu": "05/2020/TT-", "ngay_hieu_luc": "2021-06-01", "noi_dung": ["sửa đổi"]}]
    _said, [(_line, state, reason)] = run(jsonl(tmp_path / "a.jsonl", row(sua_doi_bo_sung_boi=amended)))
    assert (state, "05/2020/TT-" in reason) == ("created", True)


# Options


def test_dry_run_reports_the_same_and_changes_nothing(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", row(dieu=articles("Một.")), row(), row("x"))
    before = counts()
    dry = states(path, "--dry-run")
    assert counts() == before
    assert dry == states(path) == ["created", "merged", "refused"]


def test_drafts_are_not_public(tmp_path):
    said, _report = run(jsonl(tmp_path / "a.jsonl", row(dieu=articles("Theo Điều 1 Nghị định này."))), "--as-drafts")
    assert not only().live
    assert not Placement.objects.exists()
    assert only().text
    assert "Published" not in said
    assert "không qua duyệt" not in said
    assert ModelLogEntry.objects.get(object_id=only().pk).action == "core.import"


def test_text_of_an_imported_draft_is_no_earlier_text_of_what_becomes_public(tmp_path):
    path = tmp_path / "a.jsonl"
    run(jsonl(path, row(dieu=articles("Chưa ai đồng ý."))), "--as-drafts")
    assert states(jsonl(path, row(dieu=articles("Hai."))), "--as-drafts") == ["updated"]
    document = only()
    document.save_revision().publish()
    assert Text.objects.count() == 2
    assert earlier_texts(only()) == []
    assert only().text.first_public_at


def test_texts_can_be_left_out(tmp_path):
    run(jsonl(tmp_path / "a.jsonl", row(dieu=articles("Một."))), "--no-text")
    assert only().text is None


def test_workers_read_the_texts(tmp_path):
    rows = [row(f"{number}/2019/NĐ-CP", dieu=articles("Theo Điều 1 Nghị định này.")) for number in range(1, 5)]
    assert states(jsonl(tmp_path / "a.jsonl", *rows), workers=2) == ["created"] * 4
    assert Citation.objects.filter(is_self=True, target__isnull=False).count() == 4


def test_workers_that_do_not_begin_stop_the_run_and_refuse_no_row(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "is_ready", os.abort)
    said, report = run(jsonl(tmp_path / "a.jsonl", row(dieu=articles("Một."))), workers=1)
    assert report == []
    assert "--workers 0" in said


def test_text_that_ends_its_worker_is_refused_alone(tmp_path, monkeypatch):
    path = jsonl(tmp_path / "a.jsonl", *(row(f"{number}/2019/NĐ-CP", dieu=articles("Một.")) for number in (12, 13, 14)))
    submit = workers.Pool._submit

    def submit_or_abort(self, job):
        return self._open().submit(os.abort) if job.number.startswith("13/") else submit(self, job)

    monkeypatch.setattr(workers.Pool, "_submit", submit_or_abort)
    assert states(path, workers=1) == ["created", "refused", "created"]


def test_unknown_agency_and_body_are_refused(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", row())
    with pytest.raises(CommandError, match="khong-co"):
        call_command("import_legal_docs", path, agency="khong-co")
    with pytest.raises(CommandError, match="khong-co"):
        call_command("import_legal_docs", path, agency="binhduong", issuer="khong-co")


def test_row_that_breaks_a_batch_is_refused_alone(tmp_path, monkeypatch):
    write = writing.Writer.write

    def break_some(self, plans):
        plans = list(plans)
        if any(plan.row and plan.row.number.number == "13" for plan in plans):
            raise RuntimeError("as by chance")
        write(self, plans)

    monkeypatch.setattr(writing.Writer, "write", break_some)
    rows = [row(f"{number}/2019/NĐ-CP") for number in (12, 13, 14)]
    assert states(jsonl(tmp_path / "a.jsonl", *rows)) == ["created", "refused", "created"]


def test_queries_do_not_grow_with_the_rows_of_a_batch(tmp_path, django_assert_max_num_queries):
    many = jsonl(tmp_path / "a.jsonl", *(row(f"{number}/2019/NĐ-CP", dieu=articles("Một.")) for number in range(1, 81)))
    with django_assert_max_num_queries(120):
        run(many)


def counts():
    models = (LegalDocument, Text, Element, Citation, Relation, ValiditySpan, Placement, ListCount, ModelLogEntry)
    return [model.objects.count() for model in models]


# Killed at any moment


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_killed_run_is_finished_by_the_next_with_nothing_doubled_or_lost(tmp_path):
    base = tmp_path / "killed.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(base)])
    path = jsonl(
        tmp_path / "a.jsonl",
        *(
            row(f"{n}/2019/NĐ-CP", dieu=articles(f"Theo Điều 1 Nghị định số {n + 1}/2019/NĐ-CP."))
            for n in range(1, 401)
        ),
    )
    words = [sys.executable, "manage.py", "import_legal_docs", path, "--agency", "binhduong", "--workers", "0"]
    environment = {
        "DATABASE_URL": f"sqlite:///{base}",
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "PATH": "/usr/bin:/bin",
    }
    rng = random.Random(5)
    for _attempt in range(3):
        process = subprocess.Popen(
            words, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        count = rng.randrange(0, 300)
        while process.poll() is None and rows_of(base, "legal_docs_legaldocument") < count:
            time.sleep(rng.random() / 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(words, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, check=True)
    assert rows_of(base, "legal_docs_legaldocument") == 400
    assert rows_of(base, "legal_docs_text") == 400
    assert rows_of(base, "legal_docs_citation", "WHERE target_id IS NOT NULL") == 399
    assert rows_of(base, "legal_docs_text", "WHERE needs_rendering") == 0
    assert rows_of(base, "wagtailcore_modellogentry", "WHERE action = 'core.import_public'") == 400


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_workers_end_with_the_run_that_is_killed(tmp_path):
    base = tmp_path / "killed.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(base)])
    path = jsonl(tmp_path / "a.jsonl", *(row(f"{n}/2019/NĐ-CP", dieu=articles("Một.")) for n in range(1, 301)))
    words = [sys.executable, "manage.py", "import_legal_docs", path, "--agency", "binhduong", "--workers", "2"]
    environment = {
        "DATABASE_URL": f"sqlite:///{base}",
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "PATH": "/usr/bin:/bin",
    }
    process = subprocess.Popen(
        words, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    started = []
    while process.poll() is None and len(started) < 3:
        # Two that read, and the one with which multiprocessing watches them.
        started = children(process.pid)
        time.sleep(0.05)
    assert len(started) == 3
    process.kill()
    process.wait()
    for _attempt in range(300):
        if not any(map(is_running, started)):
            return
        time.sleep(0.1)
    raise AssertionError(started)


def children(key):
    return [int(child) for child in Path(f"/proc/{key}/task/{key}/children").read_text().split()]


def is_running(key):
    try:
        return "State:\tZ" not in Path(f"/proc/{key}/status").read_text()
    except FileNotFoundError:
        return False


def rows_of(base, table, condition=""):
    other = sqlite3.connect(base, timeout=30)
    try:
        return other.execute(f"SELECT count(*) FROM {table} {condition}").fetchone()[0]  # noqa: S608 - names of ours
    finally:
        other.close()
