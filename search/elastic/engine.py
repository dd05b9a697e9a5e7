"""The engine on Elasticsearch."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from django.conf import settings
from elasticsearch import helpers

from search.engine import Answer, EngineFailed, Index, Query, Thing

from . import indices
from .asked import Frequencies, asked_of
from .connection import ANSWER_WITHIN, Deadline, client_of, failures
from .documents import document_of
from .finding import Finder

NAME = "congkhai"
_CHUNK = 200
_CHUNK_BYTES = 10_000_000
_PART = 5_000


def _nothing_known(terms: Iterable[str]) -> dict[str, int]:
    return dict.fromkeys(terms, 0)


class ElasticEngine:
    """Finds things in an index of Elasticsearch (search.engine.Engine).

    `prefix` begins the names of all its indices, and of the alias under which one of them answers; `within` is the time
    of an answer in seconds. `frequencies` and `count` say in how many passages terms are, and how many passages there
    are: the database's index knows both, and without them answers are as good and slower. `index` is another one than
    that which answers.
    """

    name = "elastic"

    def __init__(
        self,
        prefix: str = NAME,
        url: str = "",
        within: float = ANSWER_WITHIN,
        *,
        frequencies: Frequencies = _nothing_known,
        count: Callable[[], int] = lambda: 0,
        index: str = "",
    ):
        self._prefix = prefix
        self._within = within
        self._url = url or settings.ELASTICSEARCH_URL
        self._frequencies = frequencies
        self._count = count
        self._index = index

    @property
    def _writes(self):
        return client_of(self._url)

    @property
    def _target(self):
        return self._index or indices.alias_of(self._prefix)

    def find(self, query: Query) -> Answer:
        deadline = Deadline(self._within)
        asked = asked_of(query.wanted, self._frequencies, self._count())
        with failures():
            return Finder(self._writes, self._target, query, asked, deadline).answer()

    def has_index(self) -> bool:
        with failures():
            return bool(self._index) or indices.live_of(self._writes, self._prefix) is not None

    def put(self, things: Iterable[Thing]) -> None:
        with failures():
            if self._write({"_id": thing.key, "_source": document_of(thing)} for thing in things):
                self._writes.indices.refresh(index=self._target)

    def drop(self, keys: Iterable[str]) -> None:
        with failures():
            if self._write({"_op_type": "delete", "_id": key} for key in keys):
                self._writes.indices.refresh(index=self._target)

    def _write(self, actions, **options) -> int:
        actions = iter(actions)
        first = next(actions, None)
        if first is None:
            return 0
        self._make_sure_of_index()

        def all_actions():
            yield first
            yield from actions

        count = 0
        done = helpers.streaming_bulk(
            self._writes,
            all_actions(),
            index=self._target,
            chunk_size=_CHUNK,
            max_chunk_bytes=_CHUNK_BYTES,
            raise_on_error=False,
            **options,
        )
        errors = []
        for is_done, entry in done:
            count += 1
            # What is not there need not be taken out.
            if not is_done and entry.get("delete", {}).get("status") != 404:
                errors.append(entry)
        if errors:
            raise helpers.BulkIndexError(f"{len(errors)} not taken", errors)
        return count

    def _make_sure_of_index(self):
        if self._index or self.has_index():
            return
        if indices.is_outdated(self._writes, self._prefix):
            # An index of a few things must not answer for all.
            raise EngineFailed("elastic: the index is of another form: it must be built anew.")
        indices.begin(self._writes, self._prefix, is_live=True)

    @contextmanager
    def rebuilding(self) -> Iterator[Index]:
        with failures():
            for index in indices.abandoned(self._writes, self._prefix):
                indices.forget(self._writes, index)
            new = indices.begin(self._writes, self._prefix)
        try:
            yield _Beside(self._prefix, self._url, index=new)
            with failures():
                indices.settle(self._writes, new)
                indices.make_live(self._writes, self._prefix, new)
        except BaseException:
            with failures():
                indices.forget(self._writes, new)
            raise

    @contextmanager
    def apart(self) -> Iterator["ElasticEngine"]:
        """Give an empty engine of its own that never answers visitors, and remove it at the end: for judging."""
        with failures():
            index = indices.begin_apart(self._writes, self._prefix)
        try:
            yield _Apart(self._prefix, self._url, 40 * ANSWER_WITHIN, index=index)
        finally:
            with failures():
                indices.forget(self._writes, index)

    def settle(self) -> None:
        """Let everything that was put be found as soon as can be, as after a rebuild."""
        with failures():
            indices.settle(self._writes, self._target)

    def digests(self) -> Iterator[tuple[str, str]]:
        after = None
        while True:
            with failures():
                if not self.has_index():
                    return
                rows = self._digests_after(after)
            yield from rows
            if len(rows) < _PART:
                return
            after = rows[-1][0]

    def _digests_after(self, key):
        hits = self._writes.search(
            index=self._target,
            query={"match_all": {}},
            size=_PART,
            sort=[{"key": "asc"}],
            search_after=None if key is None else [key],
            stored_fields="_none_",
            docvalue_fields=["digest"],
            track_total_hits=False,
        )["hits"]["hits"]
        return [(hit["sort"][0], hit["fields"]["digest"][0]) for hit in hits]


class _Beside(ElasticEngine):
    """An index that is being built: nothing of it is found before its end."""

    def put(self, things: Iterable[Thing]) -> None:
        with failures():
            self._write({"_id": thing.key, "_source": document_of(thing)} for thing in things)

    def drop(self, keys: Iterable[str]) -> None:
        with failures():
            self._write({"_op_type": "delete", "_id": key} for key in keys)


class _Apart(_Beside):
    """An index for judging, whose terms are counted as things are put: the database's index has others."""

    def __init__(self, prefix: str, url: str, within: float, *, index: str):
        self._terms: Counter[str] = Counter()
        self._passages = 0
        super().__init__(prefix, url, within, frequencies=self._known, count=lambda: self._passages, index=index)

    def put(self, things: Iterable[Thing]) -> None:
        super().put(self._counted(things))

    def _counted(self, things):
        for thing in things:
            document = document_of(thing)
            for row in document["passages"]:
                self._passages += 1
                stretches = (*row.get("head", ()), *row["words"])
                self._terms.update({term for stretch in stretches for term in _terms(stretch)})
            yield thing

    def _known(self, terms):
        return {term: self._terms[term] for term in terms}


def _terms(stretch):
    words = stretch.split()
    yield from words
    yield from (f"{first}_{second}" for first, second in pairwise(words))
