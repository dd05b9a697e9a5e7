"""Which fields of a thing changed, from what to what; what must not be kept is only named."""

import re
from dataclasses import dataclass, field

from django.db import models

from core.text import shorten

LONGEST = 200
LONGEST_REASON = 1_000
# What an entry says instead of a value that it must not keep.
CHANGED = "changed"
# Of these an entry says that they changed, never from what to what.
SECRET = re.compile("password|secret|token|hash|salt|otp|code_key|session_key", re.IGNORECASE)


@dataclass(frozen=True)
class Watched:
    """How changes of one model are recorded."""

    # Fields that change without anybody's act, or as a consequence of another field.
    ignored: frozenset[str] = field(default_factory=frozenset)
    # Personal data that is not about rights: an entry says that they changed, and no more.
    named_only: frozenset[str] = field(default_factory=frozenset)


def without_secrets(details):
    """Return details as they may be kept for years: no secret, nothing of any length."""
    if isinstance(details, dict):
        return {str(name): _unless_secret(str(name), part) for name, part in details.items()}
    if isinstance(details, list | tuple | set | frozenset):
        return [without_secrets(part) for part in details]
    return shorten(details, LONGEST_REASON) if isinstance(details, str) else details


def _unless_secret(name, part):
    return CHANGED if SECRET.search(name) else without_secrets(part)


def recorded_fields(model: type[models.Model], watched: Watched) -> list[models.Field]:
    """Return the columns whose changes are somebody's act."""
    return [column for column in model._meta.concrete_fields if _is_recorded(column, watched)]


def _is_recorded(column, watched):
    is_link_to_parent = column.remote_field is not None and getattr(column.remote_field, "parent_link", False)
    return not (column.primary_key or is_link_to_parent or {column.name, column.attname} & watched.ignored)


def values_of(instance: models.Model, watched: Watched) -> dict:
    """Return what is compared: the columns of an instance that is or was in the database."""
    return {field.attname: field.value_from_object(instance) for field in recorded_fields(type(instance), watched)}


def stored_values(instance: models.Model, watched: Watched) -> dict | None:
    """Return the same as the database has it now; None for a thing that is not there."""
    names = [field.attname for field in recorded_fields(type(instance), watched)]
    return type(instance)._base_manager.filter(pk=instance.pk).values(*names).first()


def changes_between(before: dict, after: dict, watched: Watched) -> dict:
    """Return {field: [from, to]} of what differs; secrets and personal data are only named."""
    changed = {}
    for name, new in after.items():
        old = before.get(name)
        if _plain(old) != _plain(new):
            changed[name] = CHANGED if _is_named_only(name, watched) else [_shown(old), _shown(new)]
    return changed


def _is_named_only(name, watched):
    return name in watched.named_only or SECRET.search(name) is not None


def _shown(value):
    plain = _plain(value)
    return shorten(plain, LONGEST) if isinstance(plain, str) else plain


def _plain(value):
    """A value as JSON knows it, the same before and after a save."""
    if value is None or isinstance(value, bool | int):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)
