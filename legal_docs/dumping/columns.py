"""Which columns of a document are told as they are, and which follow from others or belong to this install alone."""

from legal_docs.models import Issuer, LegalDocument

# Derived from number, type, date and abstract; kept by services; of Wagtail's work on drafts.
_LEFT_OUT = {
    "id", "number_key", "year", "number_form", "name_key", "folded_words", "ended_on", "text", "owner", "issuer",
    "has_unpublished_changes", "locked", "locked_at", "locked_by", "latest_revision", "live_revision", "go_live_at",
    "expire_at", "expired",
}  # fmt: skip
_LEFT_OUT_OF_ISSUERS = {"id", "agency", "folded_names"}


def document_columns() -> list:
    """Return the columns of a document that a dump tells; a new column is told without anybody thinking of it."""
    return [field for field in LegalDocument._meta.concrete_fields if field.name not in _LEFT_OUT]


def issuer_columns() -> list:
    """Return the columns of a body that a dump tells."""
    return [field for field in Issuer._meta.concrete_fields if field.name not in _LEFT_OUT_OF_ISSUERS]


def told(thing, columns) -> dict:
    """Return columns as plain data; what is empty is left out."""
    values = {field.name: getattr(thing, field.name) for field in columns}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
        if value not in ("", None, [])
    }


def untold(data: dict, columns) -> dict:
    """Return the values of columns from plain data."""
    return {field.name: field.to_python(data[field.name]) for field in columns if field.name in data}
