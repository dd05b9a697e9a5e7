"""A node of Elasticsearch for tests: that of ELASTICSEARCH_URL, as tools/search_node.py starts one."""

import os
from uuid import uuid4

import pytest

from search.elastic.engine import ElasticEngine

# A build server is slower than a server of search.
_PATIENT = 20.0


class RefreshedEngine(ElasticEngine):
    """Elasticsearch whose writes can be found at once, where others find them within a second."""

    def put(self, things):
        super().put(things)
        self._refresh()

    def drop(self, keys):
        super().drop(keys)
        self._refresh()

    def _refresh(self):
        if self.has_index():
            self._writes.indices.refresh(index=self._alias)


@pytest.fixture
def node():
    """An engine with nothing in it, on a node that runs."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        pytest.skip("no Elasticsearch: python3 tools/search_node.py .venv/bin/pytest -m elasticsearch")
    engine = RefreshedEngine(f"test-{uuid4().hex[:8]}", url, within=_PATIENT)
    yield engine
    for index in engine._indices():
        engine._remove(index)
