"""Writes the registry to files."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from legal_docs.models import Attachment, FormerAddress, Issuer, LegalDocument, Relation, StoredFile, Text

from .columns import document_columns, issuer_columns, told
from .manifest import FORMAT, LISTS, NAME, VERSION, ListWriter, finished_folder, path_of_file

_AT_ONCE = 200


def dump(folder: Path, *, everything: bool = False) -> dict:
    """Write the registry into a new folder and return its manifest; without `everything` only what is public.

    Raise FileExistsError if the folder has something in it. All lists show one moment.
    """
    with finished_folder(folder) as part, transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        manifest = _Dump(part, everything).write()
        (part / NAME).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return manifest


class _Dump:
    def __init__(self, folder, everything):
        self._folder, self._everything = folder, everything
        self._shown = LegalDocument.objects.all() if everything else LegalDocument.objects.live()

    def write(self):
        lists = {}
        for name in LISTS:
            with ListWriter(self._folder / name) as writer:
                for thing in getattr(self, f"_{name.removesuffix('.jsonl')}")():
                    writer.add(thing)
            lists[name] = writer.entry()
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "is_public": not self._everything,
            "lists": lists,
        }

    def _issuers(self):
        columns = issuer_columns()
        for issuer in Issuer.objects.select_related("agency").order_by("code"):
            yield told(issuer, columns) | ({"agency": issuer.agency.code} if issuer.agency else {})

    def _files(self):
        """Yield the files, and write the bytes of each beside."""
        wanted = StoredFile.objects.filter(attachments__document__in=self._shown)
        if self._everything:
            wanted = StoredFile.objects.all()
        for stored in wanted.distinct().order_by("sha256").iterator(_AT_ONCE):
            place = path_of_file(self._folder, stored.sha256)
            place.parent.mkdir(parents=True, exist_ok=True)
            with stored.file.open("rb") as source, place.open("wb") as target:
                shutil.copyfileobj(source, target)
            yield {
                "sha256": stored.sha256,
                "bytes": stored.size,
                "media_type": stored.media_type,
                "signatures": stored.signatures,
            }

    def _documents_in_parts(self) -> Iterator[list[LegalDocument]]:
        last = 0
        documents = self._shown.select_related("owner", "issuer").order_by("pk")
        while part := list(documents.filter(pk__gt=last)[:_AT_ONCE]):
            yield part
            last = part[-1].pk

    def _documents(self):
        for part in self._documents_in_parts():
            yield from self._told(part)

    def _told(self, part):
        columns = document_columns()
        sets = {
            "co_issuers": _set(LegalDocument.co_issuers.through, part, "issuer__code"),
            "fields_of_work": _set(LegalDocument.fields_of_work.through, part, "fieldofwork__slug"),
            "bound_agencies": _set(LegalDocument.bound_agencies.through, part, "agency__code"),
            "former_addresses": _grouped(
                FormerAddress.objects.filter(document__in=part).order_by("slug").values_list("document", "slug")
            ),
            "attachments": _attachments(part),
        }
        for document in part:
            data = told(document, columns) | {"owner": document.owner.code, "issuer": document.issuer.code}
            yield data | {name: values[document.pk] for name, values in sets.items() if values[document.pk]}

    def _relations(self):
        rows = Relation.objects.filter(source__in=self._shown).select_related("source", "target")
        for row in rows.order_by("source", "sort_order", "pk").iterator(_AT_ONCE):
            # What is not public is known by its number alone.
            is_told = row.target is not None and (row.target.live or self._everything)
            number = row.target_number or (str(row.target.named_number) if row.target else "")
            data = {
                "source": row.source.slug, "kind": row.kind, "target": row.target.slug if is_told else "",
                "target_number": row.target_number if is_told else number, "elements": row.elements,
                "on": row.on.isoformat() if row.on else "", "until": row.until.isoformat() if row.until else "",
                "sort_order": row.sort_order,
            }  # fmt: skip
            yield {name: value for name, value in data.items() if value not in ("", None)}

    def _texts(self):
        rows = Text.objects.filter(document__in=self._shown).select_related("document", "stored_file").defer("html")
        if not self._everything:
            rows = rows.filter(is_current=True)
        for row in rows.order_by("document", "pk").iterator(20):
            yield {
                "document": row.document.slug,
                "source": row.source,
                "file": row.stored_file.sha256 if row.stored_file and self._is_told(row) else "",
                "is_documents": row.document.text_id == row.pk,
                "first_public_at": row.first_public_at.isoformat() if row.first_public_at else "",
                "remarks": row.remarks,
                "tree": row.tree,
            }

    def _is_told(self, row):
        return (
            self._everything or Attachment.objects.filter(document=row.document, stored_file=row.stored_file).exists()
        )


def _set(through, part, column):
    return _grouped(
        through.objects.filter(legaldocument__in=part).order_by(column).values_list("legaldocument", column)
    )


def _grouped(pairs):
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _attachments(part):
    rows = Attachment.objects.filter(document__in=part).select_related("stored_file").order_by("sort_order", "pk")
    return _grouped(
        (
            row.document_id,
            {
                "sha256": row.stored_file.sha256,
                "kind": row.kind,
                "title": row.title,
                "name": row.name,
                "sort_order": row.sort_order,
            },
        )
        for row in rows
    )
