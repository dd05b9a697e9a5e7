"""Indices by generations: an alias names the one that answers.

The alias carries the form of the index, so that one of an earlier form, made by an earlier version of this program,
does not answer: its fields are not those that are asked.
"""

import re
from uuid import uuid4

from elasticsearch import Elasticsearch
from elasticsearch_dsl import Index

from .connection import SETTLING
from .mapping import FORM, mapping, settings_of


def alias_of(prefix: str) -> str:
    """Return the alias under which an index of today's form answers."""
    return f"{prefix}-form-{FORM}"


def live_of(client: Elasticsearch, prefix: str) -> str | None:
    """Return the name of the index that answers, None where there is none."""
    return next(_with_alias(client, alias_of(prefix)), None)


def is_outdated(client: Elasticsearch, prefix: str) -> bool:
    """Say whether the only index that ever answered is of another form."""
    return live_of(client, prefix) is None and any(_with_alias(client, f"{prefix},{prefix}-form-*"))


def _with_alias(client, aliases):
    found = client.options(ignore_status=404).indices.get_alias(name=aliases).body
    return (index for index, entry in found.items() if isinstance(entry, dict) and "aliases" in entry)


def begin(client: Elasticsearch, prefix: str, *, is_live: bool = False) -> str:
    """Make a new empty index of the next number, and return its name."""
    numbers = [int(index.rpartition("-")[2]) for index in all_of(client, prefix)]
    return _make(client, f"{prefix}-things-{max(numbers, default=0) + 1}", alias_of(prefix) if is_live else "")


def begin_apart(client: Elasticsearch, prefix: str) -> str:
    """Make an empty index that no alias will ever name."""
    return _make(client, f"{prefix}-apart-{uuid4().hex[:12]}", "")


def _make(client, index, alias):
    described = Index(index)
    described.settings(**settings_of())
    described.mapping(mapping())
    if alias:
        described.aliases(**{alias: {}})
    described.create(using=client)
    return index


def all_of(client: Elasticsearch, prefix: str) -> list[str]:
    """Return the names of all indices with a prefix, whether they answer or not."""
    found = client.options(ignore_status=404).indices.get(index=f"{prefix}-things-*", features="aliases").body
    pattern = re.compile(rf"{re.escape(prefix)}-things-\d+")
    return [index for index in found if pattern.fullmatch(index)]


def abandoned(client: Elasticsearch, prefix: str) -> list[str]:
    """Return the indices that do not answer: of rebuilds that were killed, and of other forms."""
    live = live_of(client, prefix)
    return [index for index in all_of(client, prefix) if index != live]


def forget(client: Elasticsearch, index: str) -> None:
    client.options(ignore_status=404).indices.delete(index=index)


def make_live(client: Elasticsearch, prefix: str, index: str) -> None:
    """Let an index answer from now on, in one step, and remove the former one."""
    former = live_of(client, prefix)
    actions = [{"add": {"index": index, "alias": alias_of(prefix)}}]
    if former:
        actions.append({"remove_index": {"index": former}})
    client.indices.update_aliases(actions=actions)


def settle(client: Elasticsearch, index: str) -> None:
    """Let everything that was put be found, from one segment: it is read faster."""
    client.indices.refresh(index=index)
    client.options(request_timeout=SETTLING).indices.forcemerge(index=index, max_num_segments=1)
    client.indices.refresh(index=index)
