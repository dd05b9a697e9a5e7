"""All addresses of the admin, filled with the keys of somebody's objects."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import get_resolver
from django.urls.resolvers import RoutePattern, URLPattern
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from sites.doors import NAMES, verdict

# Words of addresses that name no object, and a value that leads somewhere.
WORDS = {
    "content_type_app_name": ["home"],
    "content_type_model_name": ["newspage"],
    "app_name": ["agency_sites"],
    "filter_spec": ["width-400"],
    "action_name": ["approve", "reject"],
    "task_id": None,
    "uidb64": ["MQ"],
    "uidb36": ["1"],
    "token": ["abc-123"],
    "key": ["abc-123"],
    "provider_id": ["tinh"],
    "revision_id_a": ["earliest"],
    "revision_id_b": ["latest"],
    "position": [1],
    "sha256": ["0" * 64],
}
# Addresses whose words stand for a model in themselves.
OF_SETTINGS = {"app_name": ["agency_sites"], "model_name": ["portalsettings"]}
OF_PAGES = {"app_label": ["wagtailcore"], "model_name": ["page"]}
OF_DOCUMENTS = {"app_label": ["legal_docs"], "model_name": ["legaldocument"]}
OF_NEWS = {"app_label": ["home"], "model_name": ["newspage"]}
# What addresses name that the gate does not look up: their views look among the own things of who asks.
OF_ONESELF = {
    "own_presence": {"session_id": "wagtailadmin.EditingSession"},
    "wagtailadmin_editing_sessions:release": {"session_id": "wagtailadmin.EditingSession"},
    "wagtailusers_users:end_session": {"session_id": "usersessions.UserSession"},
    "account_end_session": {"pk": "usersessions.UserSession"},
}
# Keys of nothing: deleted or never there, and more digits than any number has.
ABSENT = (987_654_321, 10**399)


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver below /admin/."""

    name: str
    parts: tuple[str, ...]
    words: tuple[str, ...]
    pattern: URLPattern
    model: object = None

    def __str__(self):
        return self.name or "".join(self.parts)


def all_addresses(*beginnings) -> list[Address]:
    """Return every pattern below /admin/ that has a name, as the resolver has them, without doubles."""
    found = {}
    for address in _walk(get_resolver().url_patterns, (), ""):
        begins = address.parts and address.parts[0].startswith(beginnings or "admin/")
        if begins and not address.name.endswith("?"):
            found.setdefault((address.name, "".join(address.parts)), address)
    return list(found.values())


def walked_addresses() -> list[Address]:
    """Return those that a request can reach, with those of people's own accounts: of two at one place, the first."""
    found = {}
    for address in all_addresses("admin/", "tai-khoan/"):
        found.setdefault("".join(address.parts), address)
    return list(found.values())


def _walk(patterns, parts, namespace) -> Iterator[Address]:
    for entry in patterns:
        here = (*parts, str(entry.pattern))
        if isinstance(entry, URLPattern):
            name = f"{namespace}:{entry.name or '?'}".lstrip(":")
            model = (getattr(entry.callback, "view_initkwargs", None) or {}).get("model")
            yield Address(name, here, tuple(entry.pattern.converters) or _groups(entry), entry, model)
        else:
            inner = f"{namespace}:{entry.namespace}" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, here, inner)


def _groups(entry):
    return () if isinstance(entry.pattern, RoutePattern) else tuple(entry.pattern.regex.groupindex)


def fill(address: Address, belongings) -> list[dict]:
    """Return ways to fill an address's words with keys of an agency; empty if the agency has nothing to name."""
    door = verdict(address.name, address.model)
    labels = NAMES | dict(door.names if door else {}) | OF_ONESELF.get(address.name, {})
    if address.name == "wagtail_bulk_action":
        return [
            {"app_label": app, "model_name": model, "action": action}
            for app, models in _bulk_actions().items()
            for model, actions in models.items()
            for action in actions
        ]
    choices = []
    for word in address.words:
        if word in labels:
            is_record = "things" in "".join(address.parts)
            kind = ("legal_docs", "LegalDocument") if is_record else ("wagtailcore", "Page")
            label = labels[word].format(app_label=kind[0], model_name=kind[1])
            values = belongings.keys.get(label, [])
        else:
            values = _values(address, word)
        choices.append([(word, value) for value in values or []])
    ways = [{}]
    for choice in choices:
        # One object after the other in the first word, the first one in the rest.
        ways = [{**way, **dict([pair])} for way in ways for pair in (choice if len(ways) == 1 else choice[:1])]
    return ways


def _values(address, word):
    if word in ("app_label", "model_name", "app_name"):
        for words, part in (
            (OF_SETTINGS, "settings"),
            (OF_PAGES, "editing-sessions"),
            (OF_DOCUMENTS, "things"),
            (OF_NEWS, "pages"),
        ):
            if part in "".join(address.parts) and word in words:
                return words[word]
    return WORDS.get(word, ["1"])


def _bulk_actions():
    bulk_action_registry._scan_for_bulk_actions()
    return bulk_action_registry.actions


def needs_object(address: Address) -> bool:
    """Say whether an address names an object at all."""
    door = verdict(address.name, address.model)
    return any(word in NAMES or word in (door.names if door else {}) for word in address.words)


def offers(address: Address, words, belongings) -> bool:
    """Say whether an address may open because all it names is public, and public things are chosen there."""
    door = verdict(address.name, address.model)
    if not (door and door.offers_public):
        return False
    return all((label, words[word]) in belongings.public for word, label in door.names.items() if word in words)
