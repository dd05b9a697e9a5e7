"""Decides what is to be done with each row: make a document, correct one, leave it, merge or refuse the row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.importing.refusals import RowError
from legal_docs.models import LegalDocument, StoredFile

from .journal import last_told
from .lists import DocumentList
from .records import Row, RowResult, RowState
from .revisions import is_worked_on
from .seen import Seen, are_alike
from .workers import Outcome, Pool

# What a row says and no column of a document has by itself.
_APART = {"co_issuers", "fields_of_work", "relations", "files", "text", "amended_by"}


@dataclass
class Plan:
    """A row and what is to be done with it."""

    result: RowResult
    row: Row | None = None
    # What the row tells, and those parts of it that are new since the last import of this document.
    told: dict = field(default_factory=dict)
    changed: dict = field(default_factory=dict)
    former: dict = field(default_factory=dict)
    document: LegalDocument | None = None
    # How to get the text that a worker reads, and the name of the file that it is in, if it is in one.
    reading: Callable[[], Outcome] | None = None
    file_with_text: str = ""
    stored_file: StoredFile | None = None
    # Documents to which a relation was that the corrected list has no more.
    targets_before: set = field(default_factory=set)

    @property
    def is_to_write(self) -> bool:
        return self.result.state in (RowState.CREATED, RowState.UPDATED)


class Planner:
    """Plans batches of rows against the registry as it is."""

    def __init__(self, source: DocumentList, seen: Seen, pool: Pool, *, with_text: bool):
        self._source, self._seen, self._pool, self._with_text = source, seen, pool, with_text

    def plan(self, read: Iterable[tuple[RowResult, Row | None]]) -> list[Plan]:
        """Return what is to be done with rows; begin to read the texts that are needed."""
        plans = [Plan(result, row) for result, row in read]
        rows = [plan for plan in plans if plan.row is not None and self._is_first(plan)]
        known = self._known(rows)
        told = last_told(known.values())
        for plan in rows:
            try:
                self._decide(plan, known.get(plan.row.identity), told)
                if plan.is_to_write and self._with_text:
                    self._begin_to_read(plan)
            except RowError as error:
                plan.result.state, plan.result.reasons = RowState.REFUSED, [str(error)]
        return plans

    def _is_first(self, plan):
        """Say whether no earlier row of the list names the same document; judge the row if one does."""
        first = self._seen.first(plan.row)
        if first is None:
            self._seen.add(plan.result.line, plan.row)
            return True
        facts = {"line": first.line, "day": f"{first.issued_on:%d/%m/%Y}"}
        if not are_alike(first.abstract, plan.row.abstract):
            plan.result.state = RowState.REFUSED
            plan.result.reasons = [
                _("another document has this number, body and year already: line %(line)d, issued on %(day)s") % facts
            ]
            return False
        plan.result.state = RowState.MERGED
        plan.result.reasons = [_("the same document as in line %(line)d") % facts]
        if first.issued_on != plan.row.issued_on:
            plan.result.reasons.append(_("there it was issued on %(day)s, please check") % facts)
        if " ".join(first.abstract.casefold().split()) != " ".join(plan.row.abstract.casefold().split()):
            plan.result.reasons.append(_("there its abstract has other words"))
        return False

    def _known(self, plans):
        keys = {plan.row.number.key for plan in plans}
        found = LegalDocument.objects.filter(number_key__in=keys).select_related("owner", "issuer")
        return {document.identity: document for document in found}

    def _decide(self, plan, document, told):
        row = plan.row
        marks = [self._source.mark_of(name) for name in row.files]
        plan.told = row.told([mark for mark in marks if mark])
        plan.document = document
        if document is None:
            plan.changed = plan.told
            plan.result.state = RowState.CREATED
        else:
            self._compare(plan, document, told.get(document.pk))
        plan.result.reasons += row.remarks
        plan.result.reasons += [
            _("the file “%(name)s” did not come with the list") % {"name": name[:100]}
            for name, mark in zip(row.files, marks, strict=True)
            if not mark
        ]

    def _compare(self, plan, document, former):
        row = plan.row
        if (row.issued_on != document.issued_on or row.type != document.type) and not are_alike(
            row.abstract, document.abstract
        ):
            raise RowError(
                _("another document has this number, body and year already: %(document)s, issued on %(day)s")
                % {"document": document, "day": f"{document.issued_on:%d/%m/%Y}"}
            )
        plan.former = former or {}
        if former is None:
            plan.changed = self._what_is_missing(plan, document)
        else:
            plan.changed = {name: value for name, value in plan.told.items() if former.get(name) != value}
        plan.result.state = RowState.UPDATED if plan.changed else RowState.UNCHANGED
        if plan.changed and is_worked_on(document):
            raise RowError(
                _("%(document)s is being worked on (draft or lock); publish or discard that first")
                % {"document": document}
            )

    def _what_is_missing(self, plan, document):
        """Return what the row adds to a document that came by hand: an import completes, the hand knew better."""
        missing = {}
        for name, value in plan.told.items():
            if name == "text":
                has_it, differs = document.text_id is not None, False
            elif name in _APART:
                # Sets may grow by an import; whether two lists say the same is compared when they are written.
                has_it, differs = False, False
            else:
                there = getattr(document, name)
                has_it = there not in ("", None, False) and not (name == "stated_status" and there == "unknown")
                differs = has_it and str(there) != str(value)
            if not has_it:
                missing[name] = value
            if differs:
                plan.result.reasons.append(_("“%(name)s” was kept as it is in the registry") % {"name": name})
        return missing

    def _begin_to_read(self, plan):
        row, job = plan.row, {}
        if "text" in plan.changed:
            job = {"text": row.text}
        elif "files" in plan.changed and not row.text and (plan.document is None or plan.document.text_id is None):
            job = self._file_with_text(plan)
        if job:
            about = {"kind": row.kind.form, "number": str(row.number), "abstract": row.abstract}
            plan.reading = self._pool.submit(**about, **job)

    def _file_with_text(self, plan):
        """Return the file from which the text is read: the one for editing before the signed one."""
        names = [name for name in plan.row.files if self._source.mark_of(name)]
        order = (".docx", ".doc", ".rtf", ".odt", ".txt", ".pdf")
        names = [name for name in names if name.lower().endswith(order)]
        if not names:
            return {}
        name = min(names, key=lambda name: order.index("." + name.lower().rpartition(".")[2]))
        file, plan.file_with_text = self._source.unpack(name), name
        return {"path": str(file.path), "file_name": file.name}
