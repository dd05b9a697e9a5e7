"""Wagtail's own log: every entry of it becomes one of ours, whatever wrote it."""

from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, PageLogEntry

from audit.context import current_request, has_noted, note_thing
from audit.services import record
from audit.watched import watched_models

PAGE = "wagtailcore.page"
# What these say of a watched thing is heard when it is saved or deleted, with more detail.
_TOLD_BY_SIGNALS = frozenset(
    {"wagtail.create", "wagtail.delete"}
    | {f"people.{word}" for word in ("add", "roles", "group", "mail", "second_factor", "identity")}
)


def connect():
    post_save.connect(page_was_logged, sender=PageLogEntry, dispatch_uid="audit: page log")
    post_save.connect(model_was_logged, sender=ModelLogEntry, dispatch_uid="audit: model log")


def page_was_logged(instance, created, raw=False, **kwargs):
    if not created or raw:
        return
    # Wagtail tells the first draft of a new page as a change of it.
    if instance.action == "wagtail.edit" and has_noted("wagtail.create", instance.page_id):
        return
    _record(instance, instance.page, kind=PAGE, pk=instance.page_id)
    note_thing(instance.action, instance.page_id)


def model_was_logged(instance, created, raw=False, **kwargs):
    if created and not raw:
        content_type = instance.content_type
        model = content_type.model_class() if content_type else None
        thing = model._base_manager.filter(pk=instance.object_id).first() if model else None
        kind = f"{content_type.app_label}.{content_type.model}" if content_type else "unknown"
        if model in watched_models() and _is_told_already(instance, kind):
            return
        _record(instance, thing, kind=kind, pk=instance.object_id)


def _is_told_already(entry, kind):
    """Tags, say, change without a change of the thing's row: then Wagtail's line is all there is."""
    if entry.action == "wagtail.edit":
        return current_request.get() is None or has_noted(kind, entry.object_id)
    return entry.action in _TOLD_BY_SIGNALS


def _record(entry, thing, **what):
    # What was written with the act stands for itself; what Wagtail tells of its own tables stands behind it.
    plain = {name: value for name, value in entry.data.items() if not isinstance(value, dict)}
    rest = {name: value for name, value in entry.data.items() if isinstance(value, dict)}
    details = plain | ({"log": rest} if rest else {})
    if entry.revision_id:
        details["revision"] = entry.revision_id
    if entry.content_type_id and what["kind"] == PAGE:
        details["page_type"] = f"{entry.content_type.app_label}.{entry.content_type.model}"
    record(entry.action, thing, user=entry.user, label=entry.label, details=details, **what)
