"""Watched things that are made, changed and deleted."""

from django.contrib.auth import get_user_model
from django.db.models.signals import post_save, pre_delete, pre_save

from audit.changes import Watched, changes_between, recorded_fields, stored_values, values_of
from audit.services import AuditEntry, describe, record_many
from audit.watched import watched_models

_BEFORE = "_audit_before"


def connect():
    for model in watched_models():
        pre_save.connect(thing_is_saved, sender=model, dispatch_uid="audit: before save")
        post_save.connect(thing_was_saved, sender=model, dispatch_uid="audit: after save")
        pre_delete.connect(thing_is_deleted, sender=model, dispatch_uid="audit: delete")


def thing_is_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """Remember what the database holds before it is written over."""
    instance.__dict__.pop(_BEFORE, None)
    watched = watched_models()[sender]
    if raw or instance.pk is None or not _touches(sender, watched, update_fields):
        return
    instance.__dict__[_BEFORE] = stored_values(instance, watched)


def _touches(model, watched, names):
    if names is None:
        return True
    return any({field.name, field.attname} & set(names) for field in recorded_fields(model, watched))


def thing_was_saved(sender, instance, created, raw=False, **kwargs):
    before = instance.__dict__.pop(_BEFORE, None)
    if raw:
        return
    if created:
        record_many([describe("object.create", instance)])
    elif before is not None:
        watched = watched_models()[sender]
        # As the database has it: a save of some fields leaves the others of the instance unwritten.
        after = stored_values(instance, watched) or values_of(instance, watched)
        entries = change_entries(instance, before, after, watched)
        if entries:
            record_many(entries)


def change_entries(instance, before: dict, after: dict, watched: Watched) -> list[AuditEntry]:
    """Return the entries of a change; letting somebody in or keeping somebody out is one of its own."""
    changes = changes_between(before, after, watched)
    entries = []
    if isinstance(instance, get_user_model()) and "is_active" in changes:
        del changes["is_active"]
        entries.append(describe("account.activate" if after["is_active"] else "account.deactivate", instance))
    if changes:
        entries.append(describe("object.change", instance, details={"changes": changes}))
    return entries


def thing_is_deleted(sender, instance, **kwargs):
    # Before the deletion, while it is still known whose the thing is; both end in one transaction.
    record_many([describe("object.delete", instance)])
