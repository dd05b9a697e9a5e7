"""Makes the registry from the files of a dump."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from legal_docs.enums import TextSource
from legal_docs.models import Attachment, FormerAddress, Issuer, LegalDocument, Relation, StoredFile, Text
from legal_docs.namesakes import parse_named
from legal_docs.numbers import parse_number
from legal_docs.services import citing, registering, rendering
from legal_docs.services.texts import ReadText, keep_texts
from legal_docs.structure.tree import from_json
from sites.models import Agency, FieldOfWork

from .columns import document_columns, issuer_columns, untold
from .manifest import BrokenDump, path_of_file, read_lines, verify

_AT_ONCE = 200
_TEXTS_AT_ONCE = 25


class NotEmpty(Exception):
    """There is a registry already."""


def rebuild(folder: Path) -> dict:
    """Make the registry from a dump and everything that follows from it; return the dump's manifest.

    Raise BrokenDump that names what is not as the manifest says, NotEmpty if there are documents already. All comes in
    or nothing, but for bytes of files, which are known by their digest and do no harm.
    """
    manifest = verify(folder)
    with transaction.atomic():
        if LegalDocument.objects.exists():
            raise NotEmpty
        try:
            _Rebuild(folder).run()
        except (KeyError, TypeError, ValueError) as error:
            raise BrokenDump(
                _("a line is not as this version writes it: %(problem)s")
                % {"problem": f"{type(error).__name__}: {error}"[:200]}
            ) from error
    rendering.render_waiting()
    return manifest


class _Rebuild:
    def __init__(self, folder):
        self._folder = folder
        self._agencies = {agency.code: agency for agency in Agency.objects.all()}
        self._fields = dict(FieldOfWork.objects.values_list("slug", "pk"))

    def run(self):
        self._issuers_of = self._make_issuers()
        self._files = {entry["sha256"]: self._keep(entry) for entry in self._lines("files")}
        for part in _parts(self._lines("documents"), _AT_ONCE):
            self._make_documents(part)
        self._keys = dict(LegalDocument.objects.values_list("slug", "pk"))
        for part in _parts(self._lines("relations"), _AT_ONCE):
            self._make_relations(part)
        for part in _parts(self._lines("texts"), _TEXTS_AT_ONCE):
            self._make_texts(part)
        self._register()

    def _lines(self, name):
        return read_lines(self._folder / f"{name}.jsonl")

    def _agency(self, code):
        if code not in self._agencies:
            raise BrokenDump(_("there is no agency “%(code)s” in this install; make it first") % {"code": code})
        return self._agencies[code]

    def _make_issuers(self):
        columns = issuer_columns()
        for entry in self._lines("issuers"):
            values = untold(entry, columns) | {"agency": self._agency(entry["agency"]) if "agency" in entry else None}
            Issuer.objects.update_or_create(code=entry["code"], defaults=values)
        return {issuer.code: issuer for issuer in Issuer.objects.all()}

    def _keep(self, entry):
        known = StoredFile.objects.filter(sha256=entry["sha256"]).first()
        if known is not None:
            return known
        stored = StoredFile(
            sha256=entry["sha256"], size=entry["bytes"], media_type=entry["media_type"], signatures=entry["signatures"]
        )
        with path_of_file(self._folder, stored.sha256).open("rb") as file:
            stored.file.save(stored.sha256, File(file), save=False)
        stored.save()
        return stored

    def _make_documents(self, entries):
        columns = document_columns()
        documents = []
        for entry in entries:
            document = LegalDocument(
                owner=self._agency(entry["owner"]), issuer=self._issuers_of[entry["issuer"]], **untold(entry, columns)
            )
            document.take_number(parse_number(document.number))
            document.has_unpublished_changes = not document.live
            documents.append(document)
        LegalDocument.objects.bulk_create(documents)
        pairs = list(zip(documents, entries, strict=True))
        self._fill("co_issuers", pairs, lambda code: {"issuer_id": self._issuers_of[code].pk})
        self._fill("fields_of_work", pairs, lambda slug: {"fieldofwork_id": self._field(slug)})
        self._fill("bound_agencies", pairs, lambda code: {"agency_id": self._agency(code).pk})
        FormerAddress.objects.bulk_create(
            FormerAddress(slug=slug, document=document)
            for document, entry in pairs
            for slug in entry.get("former_addresses", ())
        )
        Attachment.objects.bulk_create(
            Attachment(document=document, stored_file=self._files[one.pop("sha256")], **one)
            for document, entry in pairs
            for one in entry.get("attachments", ())
        )

    def _field(self, slug):
        if slug not in self._fields:
            raise BrokenDump(_("there is no field of work “%(slug)s” in this install; make it first") % {"slug": slug})
        return self._fields[slug]

    def _fill(self, name, pairs, columns_of):
        through = getattr(LegalDocument, name).through
        through.objects.bulk_create(
            through(legaldocument_id=document.pk, **columns_of(value))
            for document, entry in pairs
            for value in entry.get(name, ())
        )

    def _make_relations(self, entries):
        targets = LegalDocument.objects.in_bulk([self._keys[one["target"]] for one in entries if "target" in one])
        rows = []
        for entry in entries:
            target = targets.get(self._keys[entry["target"]]) if "target" in entry else None
            number = entry.get("target_number", "")
            rows.append(
                Relation(
                    source_id=self._keys[entry["source"]],
                    kind=entry["kind"],
                    target=target,
                    target_number=number,
                    target_key=target.number_key if target else parse_named(number).key,
                    elements=entry.get("elements", ""),
                    on=parse_date(entry.get("on", "")),
                    until=parse_date(entry.get("until", "")),
                    sort_order=entry.get("sort_order"),
                )
            )
        Relation.objects.bulk_create(rows)

    def _make_texts(self, entries):
        documents = LegalDocument.objects.in_bulk([self._keys[entry["document"]] for entry in entries])
        given = []
        for entry in entries:
            document, tree = documents[self._keys[entry["document"]]], from_json(entry["tree"])
            found = citing.find(
                tree, kind=document.kind.form if document.kind else "", number=document.number, title=document.abstract
            )
            stored = self._files.get(entry["file"])
            given.append(
                (document, ReadText(tree, found), TextSource(entry["source"]), stored, tuple(entry["remarks"]))
            )
        kept = keep_texts(given)
        for text, entry in zip(kept, entries, strict=True):
            text.first_public_at = parse_datetime(entry["first_public_at"]) if entry["first_public_at"] else None
        Text.objects.bulk_update(kept, ["first_public_at"])
        of_documents = [text for text, entry in zip(kept, entries, strict=True) if entry["is_documents"]]
        for text in of_documents:
            text.document.text = text
        LegalDocument.objects.bulk_update([text.document for text in of_documents], ["text"])
        Text.objects.filter(pk__in=[text.pk for text in of_documents if text.document.live]).update(is_current=True)

    def _register(self):
        last = 0
        while part := list(LegalDocument.objects.live().filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
            registering.register(part)
            last = part[-1].pk


def _parts(lines: Iterable[dict], count: int):
    lines = iter(lines)
    while part := list(islice(lines, count)):
        yield part
