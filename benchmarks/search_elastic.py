"""Elasticsearch by itself: what the portals' engine adds to the questions it asks and to the documents it loads.

The same searches and the same documents are given to the node with nothing around them, one after the other in one
run: a machine that is busy is busy for both.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from statistics import median, quantiles
from unittest.mock import patch

from elasticsearch import Elasticsearch, helpers

# How many times as long as its searches alone a question may take, and what share of a plain load must be reached.
LONGEST, SLOWEST = 1.5, 0.6
TURNS = 3
# As many as a rebuild puts at once.
AT_ONCE = 500
_CHUNK = 200
_CHUNK_BYTES = 10_000_000


@dataclass
class Added:
    """Times of questions in milliseconds: from what was typed to a page of results, and of its searches alone."""

    whole: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """How many times as long the whole takes, in the middle of all questions."""
        return median(whole / alone for whole, alone in zip(self.whole, self.alone, strict=True))


@dataclass(frozen=True)
class Loaded:
    """Documents in a second, by the engine and by a plain bulk load of what it sends; the medians of some turns."""

    engine: float
    plain: float

    @property
    def share(self) -> float:
        return self.engine / self.plain


def added(texts: Iterable[str]) -> Added:
    """Ask each text as the portals do and send its searches again, in turn first and last."""
    from search.engine import Query
    from search.services.answering import answer

    times, client = Added(), _client()
    for place, text in enumerate(texts):
        with _recorded() as searches:
            # Also what the node keeps of a question is then there for both.
            answer(text, Query())
        acts = [lambda text=text: answer(text, Query()), lambda: _send(client, searches)]
        order = (0, 1) if place % 2 else (1, 0)
        taken = {which: _milliseconds(acts[which]) for which in order}
        if searches:
            times.whole.append(taken[0])
            times.alone.append(taken[1])
    return times


@contextmanager
def _recorded():
    """Give the list into which go all searches that are sent meanwhile."""
    sent = []
    original = Elasticsearch.msearch

    def msearch(client, **options):
        sent.append({"index": options["index"], "searches": options["searches"]})
        return original(client, **options)

    with patch.object(Elasticsearch, "msearch", msearch):
        yield sent


def _send(client, searches):
    for one in searches:
        client.msearch(**one)


def loaded(things: Callable[[], Iterable]) -> Loaded:
    """Load things by the engine, which makes documents of them, and by a plain bulk load, turn by turn.

    The plain one has the documents made beforehand; both end when everything can be found, before segments are merged.
    """
    from search import engines
    from search.elastic.documents import document_of

    engine = next(one for one in engines.kept() if one.name == "elastic")
    documents = [document_of(thing) for thing in things()]
    by_engine, plain = [], []
    for _turn in range(TURNS):
        by_engine.append(len(documents) / _seconds_of_engine(engine, things))
        plain.append(len(documents) / _seconds_of_plain(documents))
    return Loaded(median(by_engine), median(plain))


class _Enough(Exception):
    """Ends a rebuild whose index nobody wants."""


def _seconds_of_engine(engine, things):
    with suppress(_Enough), engine.rebuilding() as index:
        begun = time.perf_counter()
        waiting = iter(things())
        while batch := list(islice(waiting, AT_ONCE)):
            index.put(batch)
        _client().indices.refresh(index="congkhai-things-*")
        taken = time.perf_counter() - begun
        raise _Enough
    return taken


def _seconds_of_plain(documents):
    from search.elastic import indices

    client = _client()
    name = indices.begin_apart(client, "congkhai")
    actions = ({"_id": document["key"], "_source": document} for document in documents)
    try:
        begun = time.perf_counter()
        helpers.bulk(client, actions, index=name, chunk_size=_CHUNK, max_chunk_bytes=_CHUNK_BYTES)
        client.indices.refresh(index=name)
        return time.perf_counter() - begun
    finally:
        indices.forget(client, name)


def _client():
    from django.conf import settings

    from search.elastic.connection import client_of

    return client_of(settings.ELASTICSEARCH_URL)


def _seconds(act):
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _milliseconds(act):
    return _seconds(act) * 1000


def lines(times: Added, rates: Loaded) -> Iterable[str]:
    """Yield what was measured, in Markdown."""
    whole, alone = (quantiles(part, n=100) for part in (times.whole, times.alone))
    yield (
        f"The same searches sent to the node directly, in turn: p50 {whole[49]:.0f} ms against {alone[49]:.0f} ms, "
        f"p95 {whole[94]:.0f} ms against {alone[94]:.0f} ms; in the middle of all questions {times.ratio:.2f} times as "
        "long with all that is around them."
    )
    yield (
        f"Loading: {rates.engine:.0f} documents in a second by the engine, {rates.plain:.0f} by a plain bulk load of "
        f"the same documents made beforehand: {rates.share:.0%}."
    )


def complaints(beside: Mapping[str, float]) -> Iterable[str]:
    """Yield what is beyond the bounds that the project sets itself."""
    if beside.get("ratio", 0) > LONGEST:
        yield f"elastic: {beside['ratio']:.2f} times as long as the searches alone"
    if beside.get("loading", 1) < SLOWEST:
        yield f"elastic: loads {beside['loading']:.0%} of what a plain bulk load does"
