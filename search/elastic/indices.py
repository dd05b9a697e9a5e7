"""Indices by generations: the alias names the one that answers."""

import re
from uuid import uuid4

from elasticsearch import Elasticsearch
from elasticsearch_dsl import Index

from .connection import SETTLING
from .mapping import mapping, settings_of


def alias_of(name: str) -> str:
    return f"{name}-things"


def live_of(client: Elasticsearch, name: str) -> str | None:
    """Return the name of the index that answers, None where there is none."""
    found = client.options(ignore_status=404).indices.get_alias(name=alias_of(name)).body
    return next((index for index, entry in found.items() if isinstance(entry, dict) and "aliases" in entry), None)


def begin(client: Elasticsearch, name: str, *, is_live: bool = False) -> str:
    """Make a new empty index of the next number, and return its name."""
    numbers = [int(index.rpartition("-")[2]) for index in _all(client, name)]
    return _make(client, f"{alias_of(name)}-{max(numbers, default=0) + 1}", alias_of(name) if is_live else "")


def begin_apart(client: Elasticsearch, name: str) -> str:
    """Make an empty index that no alias will ever name."""
    return _make(client, f"{name}-apart-{uuid4().hex[:12]}", "")


def _make(client, index, alias):
    described = Index(index)
    described.settings(**settings_of())
    described.mapping(mapping())
    if alias:
        described.aliases(**{alias: {}})
    described.create(using=client)
    return index


def _all(client, name):
    found = client.options(ignore_status=404).indices.get(index=f"{alias_of(name)}-*", features="aliases").body
    pattern = re.compile(rf"{re.escape(alias_of(name))}-\d+")
    return [index for index in found if pattern.fullmatch(index)]


def abandoned(client: Elasticsearch, name: str) -> list[str]:
    """Return the indices that do not answer: of rebuilds that were killed."""
    live = live_of(client, name)
    return [index for index in _all(client, name) if index != live]


def forget(client: Elasticsearch, index: str) -> None:
    client.options(ignore_status=404).indices.delete(index=index)


def make_live(client: Elasticsearch, name: str, index: str) -> None:
    """Let an index answer from now on, in one step, and remove the former one."""
    former = live_of(client, name)
    actions = [{"add": {"index": index, "alias": alias_of(name)}}]
    if former:
        actions.append({"remove_index": {"index": former}})
    client.indices.update_aliases(actions=actions)


def settle(client: Elasticsearch, index: str) -> None:
    """Let everything that was put be found, from one segment: it is read faster."""
    client.indices.refresh(index=index)
    client.options(request_timeout=SETTLING).indices.forcemerge(index=index, max_num_segments=1)
    client.indices.refresh(index=index)
