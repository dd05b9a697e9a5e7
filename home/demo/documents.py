"""Legal documents of the demo: a few for each agency, with texts and relations; all say that they are made up."""

import json
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import yaml
from django.utils import timezone

from core.text import fold
from legal_docs.importing.headings import Columns
from legal_docs.importing.lists import DocumentList
from legal_docs.importing.records import RowState
from legal_docs.importing.services import DocumentImport, Options
from legal_docs.models import Issuer, LegalDocument
from legal_docs.services import placing
from sites.enums import AgencyKind
from sites.models import Agency

from .files import pdf

_FILE = Path(__file__).parent / "data" / "documents.yaml"
# Of the data file, the field of the import.
_FIELDS = {
    "number": "number", "type": "type", "abstract": "abstract", "issued": "issued_on", "from": "effective_on",
    "text": "text", "signer": "signer", "position": "signer_position", "capacity": "signing_capacity",
    "gazette": "gazette_number", "gazette_on": "gazette_on", "replaces": "replaces", "amends": "amends",
    "partly_repeals": "partly_repeals", "guides": "guides", "refers_to": "refers_to",
}  # fmt: skip


def add_documents(agencies: list[Agency]) -> int:
    """Import the made-up documents of agencies, the province's first; return how many were added."""
    agencies = sorted(agencies, key=lambda agency: (agency.kind != AgencyKind.PROVINCE, agency.position))
    return sum(_add(agency, agencies) for agency in agencies)


def _add(agency, agencies):
    entries = _entries().get(agency.kind, ())
    issuers = {issuer.code.removeprefix(f"{agency.code}-"): issuer for issuer in Issuer.objects.filter(agency=agency)}
    # A district issues as its Committee, everybody else as the data say.
    default = issuers.get("so") or issuers.get("ubnd-tinh") or issuers.get("ubnd-huyen")
    if default is None or not default.symbol:
        return 0
    fields = "; ".join(field.name_vi for field in agency.fields_of_work.all()[:2])
    rows = [_row(entry, issuers.get(entry["issuer"], default), fields) for entry in entries]
    added = _import(agency, default, rows, entries)
    _bind(agency, [row["number"] for row, entry in zip(rows, entries, strict=True) if entry.get("binds")], agencies)
    return added


@cache
def _entries():
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def _row(entry, issuer, fields):
    names = {"symbol": issuer.symbol, "body": issuer.name_vi}
    row = {_FIELDS[name]: str(value).format(**names) for name, value in entry.items() if name in _FIELDS}
    return row | {"issuer": issuer.name_vi, "fields_of_work": fields, "source": "Văn bản dùng thử"}


def _import(agency, issuer, rows, entries):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for number, (row, entry) in enumerate(zip(rows, entries, strict=True)):
                if entry.get("file"):
                    row["files"] = f"van-ban-{number + 1}.pdf"
                    lines = fold(row["text"]).upper().replace("“", '"').replace("”", '"').splitlines()
                    archive.writestr(row["files"], pdf([line[:80] for line in lines[:35]]))
            archive.writestr("documents.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
        options = Options(owner=agency, issuer=issuer, today=timezone.localdate())
        with DocumentList(path) as source:
            results = list(DocumentImport(source, Columns(), options).run())
    return sum(result.state == RowState.CREATED for result in results)


def _bind(agency, numbers, agencies):
    """Let documents bind the other agencies, so that their portals show them, too."""
    documents = list(LegalDocument.objects.filter(owner=agency, number__in=numbers))
    through = LegalDocument.bound_agencies.through
    through.objects.bulk_create(
        (
            through(legaldocument_id=document.pk, agency_id=other.pk)
            for document in documents
            for other in agencies
            if other.pk != agency.pk
        ),
        ignore_conflicts=True,
    )
    placing.place(documents)
