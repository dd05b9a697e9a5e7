"""An entry in words that a clerk understands."""

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry

from .chain import Fault
from .watched import kinds

ACTIONS = {
    "object.create": gettext_lazy("Created"),
    "object.change": gettext_lazy("Changed"),
    "object.delete": gettext_lazy("Deleted"),
    "rights.join": gettext_lazy("Added to a group"),
    "rights.leave": gettext_lazy("Removed from a group"),
    "rights.grant": gettext_lazy("Right given"),
    "rights.revoke": gettext_lazy("Right taken away"),
    "session.sign_in": gettext_lazy("Signed in"),
    "session.sign_out": gettext_lazy("Signed out"),
    "session.sign_in_failed": gettext_lazy("Sign-in failed"),
    "session.throttled": gettext_lazy("Sign-in held up after too many attempts"),
    "session.ended": gettext_lazy("Session ended"),
    "account.activate": gettext_lazy("Account opened"),
    "account.deactivate": gettext_lazy("Account closed"),
    "account.second_factor": gettext_lazy("Second factor changed"),
    "account.identity": gettext_lazy("Identity for single sign-on changed"),
    "account.recovery_code": gettext_lazy("Recovery code used"),
    "access.refused": gettext_lazy("Access refused"),
    "audit.export": gettext_lazy("Audit trail exported"),
    "audit.verify": gettext_lazy("Audit trail verified"),
    "audit.sign_again": gettext_lazy("Audit trail signed again"),
}
FAULTS = {
    Fault.CHANGED: gettext_lazy("It was changed after it was sealed."),
    Fault.UNLINKED: gettext_lazy("It does not follow the entry before it: one of the two was replaced."),
    Fault.MISSING: gettext_lazy("It is missing."),
    Fault.DOUBLED: gettext_lazy("It stands there twice."),
    Fault.OUT_OF_ORDER: gettext_lazy("It stands in the wrong place."),
    Fault.UNREADABLE: gettext_lazy("It cannot be read."),
    Fault.HEAD: gettext_lazy("It is not the entry that was signed or noted."),
    Fault.UNSIGNED_HEAD: gettext_lazy("The signature of the end of the chain is wrong."),
    Fault.BEYOND_HEAD: gettext_lazy("It lies beyond the signed end of the chain."),
}


def action_label(action: str) -> str:
    """Return the name of an action; one that no longer exists is shown as it was recorded."""
    if action in ACTIONS:
        return str(ACTIONS[action])
    return str(registry.get_action_label(action)) if registry.action_exists(action) else action


def action_choices() -> list[tuple[str, str]]:
    """Return every action that may have been recorded, by its name."""
    labels = {action: action_label(action) for action in [*ACTIONS, *(name for name, _label in registry.get_choices())]}
    return sorted(labels.items(), key=lambda pair: pair[1].lower())


def kind_label(kind: str) -> str:
    """Return the name of a kind of object."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of objects that are watched, by their names."""
    labels = {model._meta.label_lower: capfirst(str(model._meta.verbose_name)) for model in kinds()}
    return sorted(labels.items(), key=lambda pair: pair[1].lower())


def actor_label(entry) -> str:
    """Return who acted: a person, a command on the server, or a visitor who had not signed in."""
    if entry.actor_id is None and entry.actor_name.startswith("command "):
        return _("Server: %(command)s") % {"command": entry.actor_name.removeprefix("command ")}
    return entry.actor_name or _("Visitor without sign-in")


def sentence(entry) -> str:
    """Return what was done to what."""
    act = _act(entry)
    if not entry.object_label:
        return act
    words = {"act": act, "kind": kind_label(entry.object_type), "name": entry.object_label}
    return _("%(act)s: %(kind)s “%(name)s”") % words


def _act(entry):
    facts = entry.facts
    if entry.action in ("rights.join", "rights.leave") and facts.get("group"):
        text = _("Added to the group “%(group)s”") if entry.action == "rights.join" else _("Removed from “%(group)s”")
        return text % {"group": facts["group"]}
    if entry.action in ("rights.grant", "rights.revoke") and isinstance(facts.get("rights"), list):
        return f"{action_label(entry.action)} ({', '.join(map(str, facts['rights']))})"
    if entry.action == "object.change" and isinstance(facts.get("changes"), dict):
        names = [_field_label(entry.object_type, name) for name in facts["changes"]]
        return f"{action_label(entry.action)} ({', '.join(names)})"
    return action_label(entry.action)


def change_rows(entry) -> list[tuple[str, str, str]]:
    """Return (field, from, to) of a change; of what is personal or secret it is only said that it changed."""
    changes = entry.facts.get("changes")
    if not isinstance(changes, dict):
        return []
    rows = []
    for name, change in changes.items():
        old, new = change if isinstance(change, list) and len(change) == 2 else ("…", "…")
        rows.append((_field_label(entry.object_type, name), _value(old), _value(new)))
    return rows


def fact_rows(entry) -> list[tuple[str, str]]:
    """Return the other details, under their technical names."""
    return [(name, _value(value)) for name, value in entry.facts.items() if name != "changes"]


def _field_label(kind, name):
    try:
        model = apps.get_model(kind)
        field = next(field for field in model._meta.concrete_fields if name in (field.attname, field.name))
    except (LookupError, ValueError, StopIteration):
        return name
    return str(field.verbose_name)


def _value(value):
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_value(part)}" for name, part in value.items())
    return str(value)
