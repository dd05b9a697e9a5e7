"""The table of properties (thuộc tính): every attribute of a document that is filled, in the order of reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from legal_docs.enums import SigningCapacity
from legal_docs.models import LegalDocument
from legal_docs.models import Text as FullText

from .standing import Standing


@dataclass(frozen=True)
class Property:
    """A line of the table; `machine` is the value for programs where the shown one is a day."""

    name: str
    value: str
    machine: str = ""

    @property
    def is_address(self) -> bool:
        return self.value.startswith(("https://", "http://")) and " " not in self.value


def properties_of(document: LegalDocument, standing: Standing) -> list[Property]:
    """Return the filled attributes of a document."""
    rows = [
        _row(_("Number and symbol"), document.number),
        _row(_("Type"), str(document.kind or "")),
        _row(_("Issuing body"), ", ".join(_issuers(document))),
        _row(_("Signer"), _signer(document)),
        _row(_("Date of issue"), document.issued_on),
        _row(_("Place of issue"), document.issued_at_place),
        _row(_("Effective date"), document.effective_on),
        _row(_("Expiry date"), document.ended_on or document.expires_on),
        _row(_("Reason of expiry"), document.expiry_reason),
        _row(_("Status"), capfirst(standing.words)),
        _row(_("Posted on"), document.posted_at),
        _row(_("Gazette"), _gazette(document)),
        _row(_("Fields of work"), _listed(document.fields_of_work.all())),
        _row(_("Scope"), capfirst(document.get_scope_display() or "")),
        _row(_("Sector"), document.sector),
        _row(_("Agencies it binds"), _listed(document.bound_agencies.all())),
        _row(_("Made in a shortened procedure"), _("yes") if document.is_shortened else ""),
        _row(_("Text read from"), _source(document.text)),
        _row(_("Source"), document.source),
        _row(_("Kept by"), document.owner.body_name if document.owner_id else ""),
    ]
    return [row for row in rows if row.value]


def _row(name, value):
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return Property(name, date_format(local, "d/m/Y"), local.isoformat(timespec="minutes"))
    if isinstance(value, date):
        return Property(name, date_format(value, "d/m/Y"), value.isoformat())
    return Property(name, value or "")


def _issuers(document):
    first = [document.issuer.name_vi] if document.issuer_id else []
    return first + [issuer.name_vi for issuer in document.co_issuers.all()]


def _signer(document):
    capacity = SigningCapacity(document.signing_capacity).value if document.signing_capacity else ""
    return ", ".join(part for part in (f"{capacity} {document.signer}".strip(), document.signer_position) if part)


def _gazette(document):
    parts = [_("no. %(number)s") % {"number": document.gazette_number}] if document.gazette_number else []
    if document.gazette_on:
        parts.append(_("of %(day)s") % {"day": date_format(document.gazette_on, "d/m/Y")})
    return " ".join(parts)


def _listed(things: Iterable):
    return ", ".join(sorted(str(thing) for thing in things))


def _source(text: FullText | None):
    return capfirst(str(text.get_source_display())) if text is not None else ""
