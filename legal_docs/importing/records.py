"""What passes between the readers of a list, the workers and the writing: a row, what became of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from legal_docs.document_types import DocumentType, document_types
from legal_docs.enums import RelationKind
from legal_docs.models import Issuer
from legal_docs.namesakes import NamedNumber, form_beside
from legal_docs.numbers import DocumentNumber

HEADINGS = ("line", "state", "number", "reason")


class RowState(models.TextChoices):
    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    MERGED = "merged", _("merged with an earlier row")
    REFUSED = "refused", _("refused")
    # Of relations, which are made when all rows are in.
    RELATED = "related", _("relation made")
    WAITING = "waiting", _("relation waits for its document")


@dataclass(frozen=True)
class NamedRelation:
    """What a row says of another document, known by its number: the row's document does it, or suffers it."""

    kind: RelationKind
    number: NamedNumber
    on: date | None = None
    elements: str = ""
    is_inverse: bool = False

    @property
    def words(self) -> str:
        """The relation as one comparable text."""
        return "|".join((self.kind, self.number.identity, self.on.isoformat() if self.on else "", self.elements))


@dataclass(frozen=True)
class Row:
    """One document as the list tells it: checked, in one form, its issuer and type found."""

    number: DocumentNumber
    type: str
    issuer: Issuer
    issued_on: date
    abstract: str
    co_issuers: tuple[Issuer, ...] = ()
    # Whatever else the list says of it, by names of fields of LegalDocument; what it does not say is absent.
    attributes: dict = field(default_factory=dict)
    fields_of_work: tuple[int, ...] = ()
    relations: tuple[NamedRelation, ...] = ()
    text: str = ""
    files: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def kind(self) -> DocumentType:
        return document_types()[self.type]

    @property
    def identity(self) -> tuple[int, str, int, str]:
        """By what a document is known again: as LegalDocument.identity."""
        return self.issuer.pk, self.number.key, self.issued_on.year, form_beside(self.number, self.kind.form)

    def values(self) -> dict:
        """Return what it says of the document's own columns."""
        return {
            "number": str(self.number),
            "type": self.type,
            "abstract": self.abstract,
            "issued_on": self.issued_on,
            **self.attributes,
        }

    def told(self, file_marks: list[str]) -> dict:
        """Return all that the row tells, as plain data: what the next import of a corrected list compares with."""
        told = {name: value.isoformat() if isinstance(value, date) else value for name, value in self.values().items()}
        told |= {
            "co_issuers": sorted(issuer.code for issuer in self.co_issuers),
            "fields_of_work": sorted(self.fields_of_work),
            "relations": sorted(one.words for one in self.relations if not one.is_inverse),
            "files": sorted(file_marks),
        }
        if self.text:
            told["text"] = hashlib.sha256(self.text.encode()).hexdigest()
        return {name: value for name, value in told.items() if value not in ("", None, [])}


@dataclass(frozen=True)
class SuppliedFile:
    """A file that came with the list, unpacked."""

    path: Path
    name: str


@dataclass
class RowResult:
    """What became of a row, as the report says it."""

    line: int
    state: RowState
    number: str = ""
    reasons: list[str] = field(default_factory=list)

    @property
    def reason(self) -> str:
        return "; ".join(str(reason) for reason in self.reasons)

    @property
    def cells(self) -> tuple[object, ...]:
        """The row of the report, under HEADINGS."""
        return self.line, self.state.value, self.number, self.reason
