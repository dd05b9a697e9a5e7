"""The engine on Elasticsearch."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from uuid import uuid4

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import BulkIndexError, streaming_bulk
from elasticsearch_dsl import A, Q, Search

from search.engine import DEEPEST, FEW, NEAREST, Answer, EngineFailed, Hit, Index, Query, Thing
from search.enums import Facet, Sort

from .asking import ENOUGH, NEAR, Asked
from .documents import FACETS, SETTINGS, mapping, source_of

NAME = "congkhai"
# The database has to answer within the second if this does not.
ANSWER_WITHIN = 0.6
WRITE_WITHIN = 60.0
# Of an index that is judged: how slow it is shall be seen.
_PATIENT = 30.0
_BULK_BYTES = 8_000_000
_PART = 5_000
_MOST_COUNTED = 10_000
_MOST_VALUES = 60
_MOST_NUMBERED = 50
_SHOWN = 3
_WORTH = 0.4
_MOST_WITH_PASSAGES = 50
_NUMBERED = 1_000.0
_RENAMED = {"from": "from_", "_source": "source"}


@cache
def _client(url: str) -> Elasticsearch:
    # No second try: who waits for an answer gets it from the other engine.
    return Elasticsearch(url, request_timeout=ANSWER_WITHIN, max_retries=0, retry_on_timeout=False)


class ElasticEngine:
    """Keeps the contract of search.engine on Elasticsearch; `name` is that of the alias and begins those of indices."""

    name = "elastic"

    def __init__(self, alias: str = NAME, url: str = "", within: float = ANSWER_WITHIN):
        self._alias = alias
        self._url = url or settings.ELASTICSEARCH_URL
        # Seconds until an answer is given up.
        self._within = within

    @property
    def _asks(self) -> Elasticsearch:
        return _client(self._url).options(request_timeout=self._within)

    @property
    def _writes(self) -> Elasticsearch:
        return _client(self._url).options(request_timeout=WRITE_WITHIN)

    # ---- writing
    def put(self, things: Iterable[Thing]) -> None:
        with _failures():
            self._be_there()
            _write(self._writes, self._alias, ({"_id": thing.key, **source_of(thing)} for thing in things))

    def drop(self, keys: Iterable[str]) -> None:
        keys = list(keys)
        with _failures():
            if keys and self._is_there():
                gone = ({"_op_type": "delete", "_id": key} for key in keys)
                _write(self._writes, self._alias, gone, ignore_status=(404,))

    def _is_there(self) -> bool:
        return bool(self._writes.indices.exists_alias(name=self._alias))

    def _be_there(self):
        if not self._is_there():
            index = self._create()
            self._swap(index)

    def _create(self):
        index = f"{self._alias}-{uuid4().hex[:12]}"
        self._writes.indices.create(index=index, settings=SETTINGS, mappings=mapping().to_dict())
        return index

    def _swap(self, index):
        """Let the alias name this index and no other, in one act, and remove those that it named."""
        former = [name for name in self._indices() if name != index]
        actions = [{"add": {"index": index, "alias": self._alias}}]
        actions += [{"remove_index": {"index": name}} for name in former]
        self._writes.indices.update_aliases(actions=actions)

    def _indices(self):
        return list(self._writes.indices.get(index=f"{self._alias}-*", features="settings"))

    # ---- rebuilding
    def has_index(self) -> bool:
        with _failures():
            return self._is_there()

    @contextmanager
    def rebuilding(self) -> Iterator[Index]:
        with _failures():
            self._remove_abandoned()
            index = self._create()
        try:
            yield _Building(self._writes, index)
            with _failures():
                _settle(self._writes, index)
                self._swap(index)
        except BaseException:
            self._remove(index)
            raise

    def _remove_abandoned(self):
        live = list(self._writes.indices.get_alias(name=self._alias)) if self._is_there() else []
        for name in set(self._indices()) - set(live):
            self._writes.indices.delete(index=name)

    def _remove(self, index):
        with _failures():
            self._writes.indices.delete(index=index, ignore_unavailable=True)

    @contextmanager
    def apart(self) -> Iterator["ElasticEngine"]:
        """Give an empty engine with an index of its own, which is removed at the end: for judging."""
        engine = ElasticEngine(f"{self._alias}.apart-{uuid4().hex[:8]}", self._url, within=_PATIENT)
        with _failures():
            engine._be_there()
        try:
            yield engine
        finally:
            for index in engine._indices():
                engine._remove(index)

    def settle(self) -> None:
        """Make what was put findable now, and the index as small as after a rebuild."""
        with _failures():
            _settle(self._writes, self._alias)

    def digests(self) -> Iterator[tuple[str, str]]:
        with _failures():
            if not self._is_there():
                return
            self._writes.indices.refresh(index=self._alias)
        after = None
        while True:
            with _failures():
                found = self._writes.search(
                    index=self._alias, size=_PART, sort=[{"key": "asc"}], source=["digest"], search_after=after
                )
            rows = found["hits"]["hits"]
            yield from ((row["_id"], row["_source"]["digest"]) for row in rows)
            if len(rows) < _PART:
                return
            after = rows[-1]["sort"]

    # ---- finding
    def find(self, query: Query) -> Answer:
        with _failures():
            if query.wanted.is_empty:
                return self._listed(query)
            numbered = self._numbered(query) if query.wanted.numbers else []
            return self._with_passages(query, self._found(query, numbered))

    def _listed(self, query):
        asked = Asked(query)
        found = self._ask(_narrowed(asked, Q("match_all")), asked, query.offset, query.size)
        return Answer(_hits(found), *_total(found), _facets(found, query))

    def _found(self, query, numbered):
        """The numbered documents, what has the words, and behind little of it what is near."""
        asked = Asked(query)
        few = numbered[query.offset : query.offset + query.size]
        if not (query.wanted.words or query.wanted.phrases):
            return self._of_numbers(asked, numbered, few)
        offset, size = max(0, query.offset - len(numbered)), query.size - len(few)
        keys = [hit.key for hit in numbered]
        required = asked.enough_words(ENOUGH) if asked.is_question else asked.all_words()
        found = self._ask(_words(asked, required), asked, offset, size, numbered=keys)
        total, is_exact = _total(found)
        if asked.is_question:
            total, is_exact = min(total, NEAREST), total <= NEAREST
        hits = [*few, *_hits(found)][: query.size]
        facets = _facets(found, query)
        if total + len(numbered) < FEW and query.keys is None and not asked.is_question:
            near, number = self._near(asked, keys, offset - total, query.size - len(hits))
            hits, total = [*hits, *near], total + number
        return Answer(tuple(hits), total + len(numbered), is_exact, facets)

    def _with_passages(self, query, answer):
        """Say which passages of the things on a page match. Whoever reads many pages at once shows none."""
        if not answer.hits or len(answer.hits) > _MOST_WITH_PASSAGES:
            return answer
        keys = [hit.key for hit in answer.hits]
        search = Search().query(Q("bool", filter=[Q("ids", values=keys), Asked(query).shown_passages(_SHOWN)]))
        found = self._send(search[: len(keys)].extra(track_total_hits=False))
        places = {row["_id"]: _places(row) for row in found["hits"]["hits"]}
        return replace(answer, hits=tuple(replace(hit, passages=places.get(hit.key, ())) for hit in answer.hits))

    def _near(self, asked, keys, offset, size):
        inside = Q("bool", filter=[asked.enough_words(NEAR)], must_not=[asked.all_words()])
        search = _words(asked, inside)
        found = self._ask(search, asked, max(0, offset), max(0, size), numbered=keys, with_facets=False)
        number = min(_total(found)[0], NEAREST)
        return [replace(hit, is_near=True) for hit in _hits(found)], number

    def _of_numbers(self, asked, numbered, few):
        counted = self._ask(_narrowed(asked, asked.numbers()), asked, 0, 0)
        return Answer(tuple(few), len(numbered), True, _facets(counted, asked.query))

    def _numbered(self, query):
        asked = Asked(query)
        search = _narrowed(asked, asked.numbers()).sort("_score", *_by_day("desc"))[:_MOST_NUMBERED]
        found = self._send(search.post_filter(_chosen(asked)))
        return [replace(hit, score=_NUMBERED + hit.score) for hit in _hits(found)]

    def _ask(self, search, asked, offset, size, *, numbered=(), with_facets=True):
        """Ask for one page; the numbered things are counted with the rest and stand before it."""
        query = asked.query
        if query.sort == Sort.BEST and not query.wanted.is_empty:
            search = search.sort("_score", *_by_day("desc"))
        else:
            search = search.sort(*_by_day("asc" if query.sort == Sort.OLDEST else "desc"))
        end = min(offset + size, NEAREST if asked.is_question else DEEPEST)
        chosen = _chosen(asked)
        if numbered:
            chosen = chosen & ~Q("ids", values=list(numbered))
        search = search[offset : max(offset, end)].post_filter(chosen)
        if query.with_facets and with_facets:
            _count(search, asked)
        return self._send(search.extra(track_total_hits=_MOST_COUNTED))

    def _send(self, search: Search):
        # The client has names of its own for two of the parts.
        body = {_RENAMED.get(name, name): value for name, value in search.source(False).to_dict().items()}
        # Elasticsearch gives up a little before its client does, and no thread of it goes on in vain.
        within = f"{int(self._within * 900)}ms"
        found = self._asks.search(index=self._alias, timeout=within, **body)
        if found["timed_out"]:
            raise EngineFailed("Elasticsearch: it was too slow")
        return found


class _Building:
    """An index that is being filled beside the live one."""

    def __init__(self, client, index):
        self._client, self._index = client, index

    def put(self, things: Iterable[Thing]) -> None:
        with _failures():
            _write(self._client, self._index, ({"_id": thing.key, **source_of(thing)} for thing in things))

    def drop(self, keys: Iterable[str]) -> None:
        with _failures():
            gone = ({"_op_type": "delete", "_id": key} for key in keys)
            _write(self._client, self._index, gone, ignore_status=(404,))


def _write(client, index, actions, ignore_status=()):
    for _ok, _item in streaming_bulk(
        client, actions, index=index, max_chunk_bytes=_BULK_BYTES, chunk_size=300, ignore_status=ignore_status
    ):
        pass


def _settle(client, index):
    client.indices.refresh(index=index)
    client.options(request_timeout=1_800).indices.forcemerge(index=index, max_num_segments=1)


def _narrowed(asked: Asked, query) -> Search:
    return Search().query(Q("bool", must=[query], filter=_unchosen(asked), must_not=asked.excluded()))


def _words(asked: Asked, required) -> Search:
    found = Q("bool", must=[asked.in_passage(required)], should=asked.in_title())
    if asked.wanted.numbers:
        found = Q("bool", should=[found, Q("bool", filter=[asked.numbers()])])
    return _narrowed(asked, found)


def _unchosen(asked):
    """The filters that hold whatever facet is counted."""
    return Asked(replace(asked.query, facets={})).filters()


def _chosen(asked):
    return Q("bool", filter=[asked.facet(facet) for facet in asked.chosen()])


def _by_day(order):
    return {"day": {"order": order, "missing": "_last"}}, {"key": "asc"}


def _count(search, asked):
    """Ask for the numbers of each facet, under all filters but its own; of a question, among the nearest."""
    for facet, field in FACETS.items():
        others = Q("bool", filter=[asked.facet(other) for other in asked.chosen() if other != facet])
        values = A("terms", field=field, size=_MOST_VALUES)
        if asked.is_question:
            sample = A("sampler", shard_size=NEAREST)
            sample.bucket("values", values)
            search.aggs.bucket(str(facet), "filter", filter=others).bucket("sample", sample)
        else:
            search.aggs.bucket(str(facet), "filter", filter=others).bucket("values", values)


def _facets(found, query):
    if not query.with_facets:
        return {}
    counts = {}
    for facet in Facet:
        bucket = found.get("aggregations", {}).get(str(facet), {})
        rows = (bucket.get("sample") or bucket).get("values", {}).get("buckets", [])
        if rows:
            counts[facet] = {row["key"]: row["doc_count"] for row in rows}
    return counts


def _hits(found):
    return tuple(Hit(row["_id"], (), row.get("_score") or 0.0) for row in found["hits"]["hits"])


def _total(found):
    total = found["hits"]["total"]
    return total["value"], total["relation"] == "eq"


def _places(row):
    """Of the passages of a hit those that are nearly as good as its best one."""
    inner = row["inner_hits"]["passages"]["hits"]["hits"]
    return tuple(
        int(one["fields"]["passages.place"][0]) for one in inner if one["_score"] >= _WORTH * inner[0]["_score"]
    )


@contextmanager
def _failures():
    try:
        yield
    except (ApiError, TransportError, BulkIndexError) as error:
        raise EngineFailed(f"Elasticsearch: {type(error).__name__}: {str(error)[:300]}") from error
