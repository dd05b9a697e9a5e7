"""Lists and archives that mean harm or are broken: a clear message, nothing half-written, bounded memory."""

import json
import resource
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings

from legal_docs.importing import members, tables
from legal_docs.models import LegalDocument, StoredFile

from .lists import csv_of, jsonl, row, run, states, xlsx, zipped

pytestmark = pytest.mark.django_db
SPARSE = 300_000_000


def refused(path):
    """Import what must be refused as a whole; return what was said."""
    said, report = run(path)
    assert [state for _line, state, _reason in report] in ([], ["refused"])
    assert not LegalDocument.objects.exists()
    assert not StoredFile.objects.exists()
    return said + "".join(reason for *_rest, reason in report)


def archive(tmp_path, name, content="x", **of_member):
    list_ = csv_of(tmp_path / "list.csv", [row(tep=name)]).read_bytes()
    path = zipped(tmp_path / "a.zip", {"list.csv": list_})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as opened:
        member = zipfile.ZipInfo(name)
        for attribute, value in of_member.items():
            setattr(member, attribute, value)
        opened.writestr(member, content, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize(
    "name", ["../ra-ngoai.txt", "/etc/ra-ngoai.txt", "a/../../ra-ngoai.txt", "..\\ra-ngoai.txt", "C:ra-ngoai.txt"]
)
def test_name_that_leads_out_of_the_archive_is_refused(tmp_path, name):
    assert "ra-ngoai.txt" in refused(archive(tmp_path, name))


def test_link_in_an_archive_is_refused(tmp_path):
    assert "lien-ket" in refused(archive(tmp_path, "lien-ket", "/etc/passwd", external_attr=0o120777 << 16))


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    assert "bom.txt" in refused(archive(tmp_path, "bom.txt", "0" * 50_000_000))


def test_archive_that_lies_about_a_size_is_told(tmp_path):
    path = archive(tmp_path, "dai.txt", "a" * 5_000)
    data = path.read_bytes()
    # The size in the directory at the end: 5,000 becomes 50.
    at = data.rindex((5_000).to_bytes(4, "little"))
    path.write_bytes(data[:at] + (50).to_bytes(4, "little") + data[at + 4 :])
    _said, [(_line, state, reason)] = run(path)
    assert (state, "dai.txt" in reason) == ("refused", True)


def test_encrypted_archive_is_refused(tmp_path):
    path = archive(tmp_path, "khoa.txt")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert "khoa.txt" in refused(path)


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(members, "MOST_MEMBERS", 2)
    refused(zipped(tmp_path / "a.zip", {f"{number}.csv": "x" for number in range(3)}))


def test_archive_without_a_list_or_with_two_is_refused(tmp_path):
    refused(zipped(tmp_path / "a.zip", {"a.txt": "x"}))
    assert "b.csv" in refused(zipped(tmp_path / "a.zip", {"a.csv": "x", "b.csv": "x"}))


@pytest.mark.parametrize("cut", [30, 200, -40])
def test_broken_archive_is_told(tmp_path, cut):
    path = archive(tmp_path, "a.txt")
    path.write_bytes(path.read_bytes()[:cut])
    assert refused(path)


@pytest.mark.parametrize("cut", [100, 3_000, -60])
def test_broken_workbook_is_told(tmp_path, cut):
    path = xlsx(tmp_path / "a.xlsx", [row()])
    path.write_bytes(path.read_bytes()[:cut])
    assert refused(path)


def changed_workbook(path, name, change):
    content = {}
    with zipfile.ZipFile(path) as book:
        content = {member: book.read(member) for member in book.namelist()}
    content[name] = change(content[name])
    return zipped(path, content)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_external_entity_in_a_workbook_is_refused(tmp_path, name):
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("bí mật")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
    path = xlsx(tmp_path / "a.xlsx", [row()])
    changed_workbook(
        path,
        name,
        lambda xml: (
            xml.replace(b"<", declared + b"<", 1) if b"<?xml" not in xml else xml.replace(b"?>", b"?>" + declared, 1)
        ),
    )
    assert "bí mật" not in refused(path)


def test_workbook_with_nonsense_for_a_sheet_is_told(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [row()])
    assert refused(
        changed_workbook(path, "xl/worksheets/sheet1.xml", lambda _xml: b"<worksheet><sheetData><row r='x'>")
    )


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls"),
        (b"%PDF-1.7\n%\xe2\xe3", "a.pdf"),
        (b"", "a.csv"),
        (b"[{}]", "a.json"),
        (b"\n\n\n", "a.csv"),
        (b"\xff\xfe\x00", "a.csv"),
        (bytes(range(128, 256)) * 20, "a.csv"),
    ],
)
def test_what_is_no_list_is_told(tmp_path, head, name):
    path = tmp_path / name
    path.write_bytes(head)
    said, report = run(path)
    assert said.strip()
    assert not LegalDocument.objects.exists()


def test_tcvn3_is_read_or_refused_but_never_kept_as_rubbish(tmp_path):
    path = tmp_path / "a.csv"
    # "Quyết định về việc công bố thủ tục hành chính" in TCVN3.
    words = "QuyÕt ®Þnh vÒ viÖc c«ng bè thñ tôc hµnh chÝnh".encode("latin-1")
    path.write_bytes(
        b"so_ky_hieu,loai,trich_yeu,co_quan_ban_hanh,ngay_ban_hanh\n12/2019/N\xa7-CP,," + words + b",,05/03/2019\n"
    )
    run(path)
    for document in LegalDocument.objects.all():
        assert "công bố thủ tục hành chính" in document.abstract


def test_nul_in_a_csv_refuses_its_row_alone(tmp_path):
    path = csv_of(tmp_path / "a.csv", [row(trich_yeu="a@b"), row("13/2019/NĐ-CP")])
    path.write_bytes(path.read_bytes().replace(b"@", b"\0"))
    assert states(path) == ["refused", "created"]


def test_quote_that_never_closes_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "LONGEST_LINE", 10_000)
    path = csv_of(tmp_path / "a.csv", [row()])
    path.write_text(path.read_text(encoding="utf-8") + '"' + "dài\n" * 10_000, encoding="utf-8")
    assert states(path)[-1] == "refused"


def test_row_with_more_cells_than_headings_is_refused_alone(tmp_path):
    path = csv_of(tmp_path / "a.csv", [row(), row("13/2019/NĐ-CP")])
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1] + ",thừa", lines[2]]), encoding="utf-8")
    assert states(path) == ["refused", "created"]


def test_deeply_nested_json_refuses_its_row_alone(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row()) + "\n" + '{"dieu":' + "[" * 100_000 + "]" * 100_000 + "}\n", encoding="utf-8")
    assert states(path) == ["created", "refused"]


def test_cell_of_another_kind_refuses_its_row_alone(tmp_path):
    rows = [
        row(trich_yeu={"a": 1}),
        row("13/2019/NĐ-CP", trich_yeu=[["a"]]),
        row("14/2019/NĐ-CP", trich_yeu=True),
        row("15/2019/NĐ-CP"),
    ]
    assert states(jsonl(tmp_path / "a.jsonl", *rows)) == ["refused", "refused", "refused", "created"]


@pytest.mark.sqlite
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_huge_sparse_file_is_refused_within_bounded_memory(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b'{"so_ky_hieu":"' if name.endswith("jsonl") else b"so_ky_hieu,loai\n")
        file.truncate(SPARSE)
    words = f"""
import django; django.setup()
from pathlib import Path
from core.importing.refusals import BrokenFile
from legal_docs.importing.lists import DocumentList
with DocumentList(Path({str(path)!r})) as source:
    try:
        found = [type(fields).__name__ for _line, fields in source.rows()]
    except BrokenFile as error:
        found = ["BrokenFile"]
assert found in (["RowError"], ["BrokenFile"]), found
"""
    environment = {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "PATH": "/usr/bin:/bin"}

    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))

    subprocess.run([sys.executable, "-c", words], cwd=settings.BASE_DIR, env=environment, preexec_fn=bound, check=True)
