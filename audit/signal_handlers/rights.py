"""Rights that a group gets or loses on pages, collections and sites."""

from django.db.models.signals import post_save, pre_delete

from audit.services import AuditEntry, describe, record_many
from audit.watched import right_models


def connect():
    for model in right_models():
        post_save.connect(right_was_saved, sender=model, dispatch_uid="audit: right saved")
        pre_delete.connect(right_is_taken, sender=model, dispatch_uid="audit: right taken")


def right_was_saved(instance, raw=False, **kwargs):
    if not raw:
        record_many([right_entry("rights.grant", instance)])


def right_is_taken(instance, **kwargs):
    record_many([right_entry("rights.revoke", instance)])


def right_entry(action: str, right) -> AuditEntry:
    """Return the entry of a group's right on a page, collection or site."""
    target = next(name for name in ("page", "collection", "site") if hasattr(right, f"{name}_id"))
    details = {"rights": [right.permission.codename], target: getattr(right, f"{target}_id")}
    return describe(action, right.group, details=details)
