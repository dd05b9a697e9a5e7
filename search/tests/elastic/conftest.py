"""A node of Elasticsearch and an empty engine on it."""

import os
from contextlib import suppress
from uuid import uuid4

import pytest

from search.database import store
from search.elastic import indices
from search.elastic.connection import client_of
from search.elastic.engine import ElasticEngine
from search.engine import EngineFailed


@pytest.fixture(scope="session")
def node():
    """The address of a running node (tools/search_node.py), which is asked for its indices alone."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        pytest.skip("ELASTICSEARCH_URL names no node: python3 tools/search_node.py .venv/bin/pytest ...")
    return url


@pytest.fixture
def elastic(node, db):
    """An engine without an index, of whose indices nothing is left."""
    name = f"test-{uuid4().hex[:12]}"
    yield ElasticEngine(name, url=node, frequencies=store.frequencies, count=store.passage_count)
    client = client_of(node)
    with suppress(EngineFailed):
        for index in client.indices.get(index=f"{name}-*", features="aliases").body:
            indices.forget(client, index)
