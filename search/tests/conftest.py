"""A node of Elasticsearch for tests: that of ELASTICSEARCH_URL, as tools/search_node.py starts one."""

import os
from uuid import uuid4

import pytest

from search.elastic import indices
from search.elastic.connection import client_of
from search.elastic.engine import ElasticEngine

# A build server is slower than a server of search.
_PATIENT = 20.0


@pytest.fixture
def node():
    """An engine with nothing in it, on a node that runs."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        pytest.skip("no Elasticsearch: python3 tools/search_node.py .venv/bin/pytest -m elasticsearch")
    engine = ElasticEngine(f"test-{uuid4().hex[:8]}", url, _PATIENT)
    yield engine
    client = client_of(url)
    for index in indices.all_of(client, engine._prefix):
        indices.forget(client, index)
