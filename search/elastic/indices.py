"""Indices by generations: the alias names the one that answers."""

import re
from uuid import uuid4

from elasticsearch import Elasticsearch
from elasticsearch_dsl import Index

from .connection import SETTLING
from .mapping import mapping, settings_of


def live_of(client: Elasticsearch, alias: str) -> str | None:
    """Return the name of the index that answers, None where there is none."""
    found = client.options(ignore_status=404).indices.get_alias(name=alias).body
    return next((index for index, entry in found.items() if isinstance(entry, dict) and "aliases" in entry), None)


def begin(client: Elasticsearch, alias: str, *, is_live: bool = False) -> str:
    """Make a new empty index of the next number, and return its name."""
    numbers = [int(index.rpartition("-")[2]) for index in all_of(client, alias)]
    return _make(client, f"{alias}-things-{max(numbers, default=0) + 1}", alias if is_live else "")


def begin_apart(client: Elasticsearch, alias: str) -> str:
    """Make an empty index that no alias will ever name."""
    return _make(client, f"{alias}-apart-{uuid4().hex[:12]}", "")


def _make(client, index, alias):
    described = Index(index)
    described.settings(**settings_of())
    described.mapping(mapping())
    if alias:
        described.aliases(**{alias: {}})
    described.create(using=client)
    return index


def all_of(client: Elasticsearch, alias: str) -> list[str]:
    """Return the names of all indices of an alias, whether they answer or not."""
    found = client.options(ignore_status=404).indices.get(index=f"{alias}-things-*", features="aliases").body
    pattern = re.compile(rf"{re.escape(alias)}-things-\d+")
    return [index for index in found if pattern.fullmatch(index)]


def abandoned(client: Elasticsearch, alias: str) -> list[str]:
    """Return the indices that do not answer: of rebuilds that were killed."""
    live = live_of(client, alias)
    return [index for index in all_of(client, alias) if index != live]


def forget(client: Elasticsearch, index: str) -> None:
    client.options(ignore_status=404).indices.delete(index=index)


def make_live(client: Elasticsearch, alias: str, index: str) -> None:
    """Let an index answer from now on, in one step, and remove the former one."""
    former = live_of(client, alias)
    actions = [{"add": {"index": index, "alias": alias}}]
    if former:
        actions.append({"remove_index": {"index": former}})
    client.indices.update_aliases(actions=actions)


def settle(client: Elasticsearch, index: str) -> None:
    """Let everything that was put be found, from one segment: it is read faster."""
    client.indices.refresh(index=index)
    client.options(request_timeout=SETTLING).indices.forcemerge(index=index, max_num_segments=1)
    client.indices.refresh(index=index)
