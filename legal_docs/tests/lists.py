"""Lists of documents for tests of the import, made where they are needed."""

import csv
import io
import json
import zipfile
from io import StringIO

import openpyxl
from django.core.management import CommandError, call_command

ROW = {
    "so_ky_hieu": "12/2019/NĐ-CP",
    "loai": "Nghị định",
    "trich_yeu": "quy định về sổ ghi chép",
    "co_quan_ban_hanh": "Chính phủ",
    "ngay_ban_hanh": "2019-03-05",
    "ngay_hieu_luc": "2019-05-01",
}


def row(number="12/2019/NĐ-CP", **more):
    """Return a row of a decree; None takes a column away."""
    fields = ROW | {"so_ky_hieu": number} | more
    return {name: value for name, value in fields.items() if value is not None}


def articles(*contents):
    return [
        {"dieu": str(number), "tieu_de": f"Nội dung {number}", "chuong": "Chương I QUY ĐỊNH CHUNG", "noi_dung": content}
        for number, content in enumerate(contents, start=1)
    ]


def jsonl(path, *rows):
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")
    return path


def csv_of(path, rows, delimiter=",", encoding="utf-8"):
    headings = list(dict.fromkeys(name for one in rows for name in one))
    text = io.StringIO()
    table = csv.DictWriter(text, headings, delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx(path, rows):
    book = openpyxl.Workbook()
    headings = list(dict.fromkeys(name for one in rows for name in one))
    book.active.append(headings)
    for one in rows:
        book.active.append([one.get(name) for name in headings])
    book.save(path)
    return path


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def run(path, *words, agency="binhduong", **options):
    """Import a list without further processes; return what was said, and the report by lines."""
    report = path.with_suffix(".report.csv")
    out, options = StringIO(), {"workers": 0, "agency": agency} | options
    try:
        call_command("import_legal_docs", path, *words, report=report, stdout=out, stderr=StringIO(), **options)
        said = out.getvalue()
    except CommandError as error:
        said = f"{out.getvalue()}\n{error}"
    rows = list(csv.DictReader(report.open(encoding="utf-8-sig"))) if report.exists() else []
    return said, [(int(one["line"]), one["state"], one["reason"]) for one in rows]


def states(path, *words, **options):
    return [state for _line, state, _reason in run(path, *words, **options)[1]]
