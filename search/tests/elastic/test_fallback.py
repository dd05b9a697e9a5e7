"""The database steps in where the node is down, silent, held up or full, and steps back when it is well."""

import os
import signal
import socket
import time

import pytest
from django.core.cache import cache
from django.db import transaction

from search import engines
from search.breaker import MOST_FAILURES, PAUSE
from search.database.engine import DatabaseEngine
from search.elastic.connection import client_of
from search.elastic.engine import ElasticEngine
from search.engine import EngineFailed, Query
from search.models import Change
from search.services import outbox
from search.services.indexing import index_changes
from search.tests import indexed
from search.wanted import Wanted, Word

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]
QUERY = Query(Wanted("hội chợ", (Word("hoi", "hội"), Word("cho", "chợ"))))


@pytest.fixture(autouse=True)
def clean_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def news(province):
    """One thing that both engines have."""
    thing = indexed.news(province)
    DatabaseEngine().put([thing])
    return thing


@pytest.fixture
def both(elastic, news, settings, monkeypatch):
    """Both engines, as with ELASTICSEARCH_URL, on indices of this test's own."""
    elastic.put([news])
    settings.ELASTICSEARCH_URL = elastic._url
    monkeypatch.setattr(engines, "ElasticEngine", lambda **options: elastic)
    return elastic


def keys(found):
    return [hit.key for hit in found.answer.hits]


def find(now=0.0):
    """Ask as a visitor does, and see that nobody waits."""
    begun = time.monotonic()
    found = engines.find(QUERY, now)
    assert time.monotonic() - begun < 1
    return found


@pytest.fixture
def refused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]


@pytest.fixture
def silent_port():
    """A server that takes every call and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield server.getsockname()[1]


def test_elasticsearch_is_preferred(both, news):
    found = find()
    assert (keys(found), found.engine, found.is_fallback) == ([news.key], "elastic", False)
    assert [engine.name for engine in engines.kept()] == ["database", "elastic"]


def test_without_an_address_the_database_answers_alone(news):
    found = find()
    assert (keys(found), found.engine, found.is_fallback) == ([news.key], "database", False)
    assert [engine.name for engine in engines.kept()] == ["database"]


@pytest.mark.parametrize("port", ["refused_port", "silent_port"])
def test_the_database_steps_in(request, settings, news, port):
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{request.getfixturevalue(port)}"
    for _ in range(MOST_FAILURES):
        found = find()
        assert (keys(found), found.engine, found.is_fallback) == ([news.key], "database", True)
    begun = time.monotonic()
    assert find().is_fallback
    # By now nobody even tries.
    assert time.monotonic() - begun < 0.3


def test_the_database_steps_in_where_there_is_no_index(both):
    cache.clear()
    engine = ElasticEngine("test-nothing", url=both._url)
    with pytest.raises(EngineFailed):
        engine.find(QUERY)


def test_a_node_that_is_held_up_and_goes_on(both, news):
    """The processes of the node stand still, as on a machine that swaps; its port takes calls all the same."""
    pid = int(os.environ.get("ELASTICSEARCH_NODE_PID", "0"))
    if not pid:
        pytest.skip("ELASTICSEARCH_NODE_PID is not set: start the node with tools/search_node.py")
    os.kill(pid, signal.SIGSTOP)
    try:
        for _ in range(MOST_FAILURES):
            assert find().engine == "database"
        assert find(PAUSE).engine == "database"
    finally:
        os.kill(pid, signal.SIGCONT)
    # Within the pause it is not asked although it is well again.
    assert find(PAUSE + 1).engine == "database"
    # It may be busy with what it missed.
    client_of(both._url).cluster.health()
    found = find(2 * PAUSE)
    assert (keys(found), found.engine, found.is_fallback) == ([news.key], "elastic", False)


def test_a_full_disk_loses_nothing(both, province, news):
    """A node whose disk is full lets indices be read and not written."""
    client = client_of(both._url)
    index = f"{both._name}-things-1"
    client.indices.put_settings(index=index, settings={"index.blocks.write": True})
    with pytest.raises(EngineFailed):
        both.put([news])
    with pytest.raises(EngineFailed):
        both.drop([news.key])
    with transaction.atomic():
        outbox.note([news.key])
    index_changes()
    assert list(Change.objects.values_list("engine", "key")) == [("elastic", news.key)]
    now = time.time()
    assert find(now).engine == "elastic"
    # It cannot tell what is new, which the database can.
    assert find(now + 600).engine == "database"
    cache.clear()
    client.indices.put_settings(index=index, settings={"index.blocks.write": False})
    index_changes()
    # No such news item is public: it was put by hand.
    assert not Change.objects.exists()
    assert list(both.digests()) == []
    assert find(now + 600).engine == "elastic"


def test_an_answer_that_is_cut_short_is_none(both):
    with pytest.raises(EngineFailed):
        ElasticEngine(both._name, url=both._url, answering=0.0).find(QUERY)
