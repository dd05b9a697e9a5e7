"""An entry in words that a clerk understands."""

from collections import defaultdict

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from core.text import shorten
from sites.enums import Role

from .chain import Fault
from .enums import CheckState
from .watched import kinds
from .wording import ACTS, FACTS, FAULTS, WITH_WORDS, WITHOUT_THING

_COMMAND = "command "
_ACCOUNT = "account "
# Details that sentences name, and those that somebody wrote with an act.
_NAMED = ("group", "rights", "path", "format", "reason", "name", "told", "numbers")
_WRITTEN = ("reason", "remark", "comment")
LONGEST_WORDS = 150


def action_label(action: str) -> str:
    """Return the name of an action; one that no longer exists is shown as it was recorded."""
    if action in ACTS:
        return str(ACTS[action][0])
    return str(registry.get_action_label(action)) if registry.action_exists(action) else action


def action_choices() -> list[tuple[str, str]]:
    """Return every action that may have been recorded, by its name."""
    labels = {action: action_label(action) for action in [*ACTS, *(name for name, _label in registry.get_choices())]}
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
    if entry.actor_id is None and entry.actor_name.startswith(_COMMAND):
        return _("The server (command %(command)s)") % {"command": entry.actor_name.removeprefix(_COMMAND)}
    return entry.actor_name or _("Visitor without sign-in")


def agent_label(entry) -> str:
    """Return the browser, or the server's account under which a command ran."""
    if entry.agent.startswith(_ACCOUNT) and not entry.request_id:
        return _("account %(name)s of the server") % {"name": entry.agent.removeprefix(_ACCOUNT)}
    return entry.agent


def role_labels(roles: str) -> str:
    """Return the roles of an entry in words; what is no role any more is shown as it was recorded."""
    return ", ".join(_role_label(role) for role in roles.split(", ") if role)


def _role_label(text):
    role, _at, rest = text.partition("@")
    code, _space, is_limited = rest.partition(" ")
    if role == "operator":
        return _("operator of the system")
    name = Role(role).label if role in Role.values else role
    words = {"role": name, "agency": code}
    return _("%(role)s (%(agency)s, some sections)") % words if is_limited else _("%(role)s (%(agency)s)") % words


def thing_label(entry) -> str:
    """Return what an entry is about, by its kind and name."""
    kind = kind_label(entry.facts.get("page_type") or entry.object_type) if entry.object_type else ""
    if not entry.object_label:
        return f"{kind} {entry.object_id}".strip()
    return _("%(kind)s “%(name)s”") % {"kind": kind, "name": entry.object_label} if kind else entry.object_label


def sentence(entry) -> str:
    """Return who did what to what."""
    words = {"who": actor_label(entry), "what": thing_label(entry), **_words_of(entry)}
    if entry.action not in ACTS:
        told = _("%(who)s: %(act)s %(what)s") % {**words, "act": action_label(entry.action)}
    elif entry.action in WITHOUT_THING and not entry.object_label:
        told = str(WITHOUT_THING[entry.action])
    else:
        told = str(ACTS[entry.action][1]) % defaultdict(lambda: "–", words)
    told = _with_words(told, entry)
    changes = entry.facts.get("changes")
    if isinstance(changes, dict) and changes:
        told = _("%(told)s (%(fields)s)") % {
            "told": told,
            "fields": ", ".join(_field_label(entry.object_type, name) for name in changes),
        }
    return capfirst(told.strip())


def _with_words(told, entry):
    """What was written with an act of editing is why it was done, so it stands beside it."""
    said = next((text for name in _WRITTEN if isinstance(text := entry.facts.get(name), str) and text), "")
    if not said or not entry.action.startswith(WITH_WORDS):
        return told
    return _("%(told)s: “%(words)s”") % {"told": told, "words": shorten(said, LONGEST_WORDS)}


def _words_of(entry):
    """Details that sentences name; a damaged entry may hold anything there."""
    facts = entry.facts
    words = {name: _value(facts.get(name)) for name in _NAMED}
    result = facts.get("result")
    return words | {"result": CheckState(result).label if result in CheckState.values else _value(result)}


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
    """Return the other details, under the names that a clerk has for them."""
    facts = dict(entry.facts)
    if isinstance(facts.get("page_type"), str):
        facts["page_type"] = kind_label(facts["page_type"])
    return [(fact_label(name), _value(value)) for name, value in facts.items() if name != "changes"]


def fact_label(name: str) -> str:
    """Return what a detail is called."""
    return str(FACTS.get(name, name))


def fault_text(check) -> str:
    """Return in words what a verification found wrong with the first broken entry."""
    return str(FAULTS[Fault[check.fault]]) if check.fault in Fault.__members__ else ""


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
        return "; ".join(f"{fact_label(name)}: {_value(part)}" for name, part in value.items())
    return str(value)
