"""One answer: what is found, in which order, how much there is of it, and which passages show why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from elasticsearch import Elasticsearch

from search.engine import DEEPEST, FEW, NEAREST, Answer, Hit, Query
from search.enums import Facet, Sort

from . import queries
from .answers import Found, counting, counts_in, found_in, ordered, read
from .asked import BUDGET, Asked
from .connection import Deadline
from .showing import elements_in, naming_element, naming_passages, passages_in

# More documents of one number than this were not meant: "số 1" alone is no question for a document.
MOST_NUMBERED = 50
_FIRST = 1_000_000.0
# Of so many of the best it is looked at word by word what they are worth.
WINDOW = 200
WINDOW_OF_QUESTION = 400
# What the rougher choice says of the rest, which stands behind the best in its order and must go on with each page.
_ROUGH = 1e-6
# A narrow filter leaves little of what rare terms find; then more of them may.
_WIDER = 10
# What has less than this share of the best one's worth is not near.
_NEAR = 0.35
_COUNTED_TO = 10_000
_WITH_ELEMENT = 5
_LONGEST_ELEMENT = 200

Facets = Mapping[Facet, Mapping[str, int]]


@dataclass
class _Part:
    """The found things from the first that is asked for, and how many there are in all; `counted` are the keys of which
    facets are still to be counted: of all, and of what a facet's own filter keeps out.
    """

    found: list[Found] = field(default_factory=list)
    total: int = 0
    is_exact: bool = True
    facets: Facets = field(default_factory=dict)
    counted: dict[Facet | None, list[str]] = field(default_factory=dict)


class Finder:
    """Finds the answer to one query in one index, within one time."""

    def __init__(self, client: Elasticsearch, index: str, query: Query, asked: Asked, deadline: Deadline):
        self._client = client
        self._index = index
        self._query = query
        self._asked = asked
        self._deadline = deadline
        self._chosen = {facet for facet, values in query.facets.items() if values}
        self._named: list[Found] = []

    def answer(self) -> Answer:
        """Return one page. The node is asked twice: what is found, and what is shown of the page."""
        query = self._query
        if query.wanted.numbers or query.wanted.laws:
            self._named = self._numbered()
        part = self._part()
        most = max(min(query.size, DEEPEST - query.offset), 0)
        page = [*self._named[query.offset :], *part.found][:most]
        facets = self._finish(page, part) if page else part.facets
        hits = tuple(Hit(one.key, one.passages, one.score, one.is_near) for one in page)
        return Answer(hits, part.total, part.is_exact, facets if query.with_facets else {})

    def _part(self) -> _Part:
        if self._query.wanted.is_empty:
            return self._with_all(queries.EVERYTHING)
        if not self._asked.is_known:
            return self._with_all(queries.NOTHING)
        if self._asked.is_question and self._query.keys is None:
            return self._nearest_alone()
        part = self._with_all(queries.matching(self._asked))
        if part.total - len(self._named) < FEW and self._query.keys is None:
            self._add_near(part)
        return part

    @property
    def _start(self) -> int:
        """Where the page begins behind the named ones."""
        return max(0, self._query.offset - len(self._named))

    # ---- asking

    def _ask(self, bodies: list[dict]) -> list[Mapping]:
        """Ask several things at once; each is whole, or all fail."""
        left = self._deadline.left
        searches: list[dict[str, Any]] = []
        for body in bodies:
            # One visitor's pages come from one copy of the index, in which equal things stand in one order.
            searches.append({"preference": "pages", "request_cache": "aggs" in body})
            searches.append({"timeout": f"{int(left * 1000)}ms", "track_total_hits": False, **body})
        client = self._client.options(request_timeout=left)
        return [read(one) for one in client.msearch(index=self._index, searches=searches)["responses"]]

    def _hits(self, query: dict, size: int, **more) -> dict:
        return {"query": query, "size": size, "stored_fields": "_none_", "docvalue_fields": ["key", "day"], **more}

    def _best(self, query: dict, size: int, window: int) -> dict:
        """The best of what a query finds, by what they are worth exactly."""
        exact = {"rescore_query": queries.worth_of(self._asked), "query_weight": _ROUGH, "rescore_query_weight": 1}
        return self._hits(query, size, rescore={"window_size": window, "query": exact})

    def _under_filters(self, query: dict, *, without: Facet | None = None, beside: list[str] | None = None) -> dict:
        return self._under(query, queries.facet_filters_of(self._query, without), beside)

    def _under(self, query, facet_filters, beside=None):
        excluded = queries.excluding(self._asked)
        if beside:
            excluded.append({"terms": {"key": beside}})
        filters = [*queries.filters_of(self._query), *facet_filters, *queries.phrase_filters(self._asked)]
        return queries.under(query, filters, excluded)

    # ---- documents of a number

    def _numbered(self) -> list[Found]:
        named = {"dis_max": {"queries": self._number_queries}}
        filters = [*queries.filters_of(self._query), *queries.facet_filters_of(self._query)]
        answers = self._ask([self._hits(queries.under(named, filters, []), 4 * MOST_NUMBERED)])
        found = [replace(one, score=_FIRST * (1 + one.score)) for one in found_in(answers[0])]
        return ordered(found, Sort.BEST)[:MOST_NUMBERED]

    @property
    def _number_queries(self):
        wanted = self._query.wanted
        return [*map(queries.numbered, wanted.numbers), *map(queries.law_of_year, wanted.laws)]

    @property
    def _named_keys(self):
        return [one.key for one in self._named]

    def _or_named(self, query):
        named = self._number_queries
        return {"bool": {"should": [query, *named], "minimum_should_match": 1}} if named else query

    # ---- all that is required

    def _with_all(self, matching: dict) -> _Part:
        query = self._query
        end = self._start + min(query.size, max(DEEPEST - query.offset, 0))
        bodies = [self._page(matching, end)]
        if query.with_facets:
            bodies.append(self._counts(matching))
        else:
            bodies[0]["track_total_hits"] = _COUNTED_TO
        answers = self._ask(bodies)
        part = self._counted(answers)
        found = found_in(answers[0])
        if self._is_ranked(matching):
            # Pages are cut from one order, in which what is equal stands by day and key.
            found = [*ordered(found[:WINDOW], Sort.BEST), *found[WINDOW:]][self._start : end]
        part.found = found
        return part

    def _is_ranked(self, matching):
        return self._query.sort == Sort.BEST and matching not in (queries.EVERYTHING, queries.NOTHING)

    def _page(self, matching, end):
        if not self._is_ranked(matching):
            listed = self._under_filters({"bool": {"filter": [matching]}}, beside=self._named_keys)
            order = queries.order_of(self._query.sort)
            return self._hits(listed, end - self._start, **{"from": self._start, "sort": order})
        chosen = {"bool": {"must": [queries.any_of(self._asked.choosing)], "filter": [matching]}}
        return self._best(self._under_filters(chosen, beside=self._named_keys), max(end, WINDOW), WINDOW)

    def _counts(self, matching):
        """The numbers of all that is found, in no order: the node keeps them until the index changes."""
        aggregations = counting(lambda facet: queries.facet_filters_of(self._query, facet), self._chosen)
        query = {"bool": {"filter": [self._under(self._or_named(matching), [])]}}
        return {"query": query, "size": 0, "aggs": aggregations}

    def _counted(self, answers) -> _Part:
        if len(answers) > 1:
            aggregations = answers[1]["aggregations"]
            return _Part(total=aggregations["total"]["doc_count"], facets=counts_in(aggregations))
        total = answers[0]["hits"]["total"]
        return _Part(total=total["value"] + len(self._named), is_exact=total["relation"] == "eq")

    def _add_near(self, part: _Part):
        """Let the nearest follow what has all of it, since that is little."""
        matching = self._under_filters({"bool": {"filter": [queries.matching(self._asked)]}}, beside=self._named_keys)
        having, near = self._near({}, [self._best(matching, FEW, WINDOW)])
        keys = {one.key for one in having}
        near = [replace(one, is_near=True) for one in near if one.key not in keys][:NEAREST]
        least = _NEAR * max([one.score for one in (*having, *near)], default=0.0)
        near = ordered([one for one in near if one.score >= least], self._query.sort)
        part.found += near[max(0, self._query.offset - part.total) :]
        if not part.total:
            # Of near ones alone there is something to narrow, too.
            part.counted = {None: [one.key for one in near]}
        part.total += len(near)

    # ---- the nearest

    def _near(self, more: Mapping[Facet, None], beside: list[dict] | None = None) -> list[list[Found]]:
        """Return what is asked beside, then the nearest, then the nearest without the filter of each facet."""
        bodies = [*(beside or []), *(self._near_body(BUDGET, facet) for facet in (None, *more))]
        answers = self._ask(bodies)
        place = len(beside or [])
        is_narrow = bool(queries.filters_of(self._query) or self._chosen)
        if is_narrow and len(answers[place]["hits"]["hits"]) < NEAREST:
            bodies = [self._near_body(_WIDER * BUDGET, facet) for facet in (None, *more)]
            answers = [*answers[:place], *self._ask(bodies)]
        return [ordered(found_in(answer), Sort.BEST) for answer in answers]

    def _near_body(self, budget, without):
        finding = queries.any_of(self._asked.finding(budget))
        finding = self._under_filters(finding, without=without, beside=self._named_keys)
        return self._best(finding, NEAREST + FEW, WINDOW_OF_QUESTION)

    def _nearest_alone(self) -> _Part:
        """Of a whole question: the nearest things are the answer."""
        facets = dict.fromkeys(sorted(self._chosen)) if self._query.with_facets else {}
        nearest, *others = (found[:NEAREST] for found in self._near(facets))
        found = ordered(nearest, self._query.sort)
        counted: dict[Facet | None, list[str]] = {None: [*self._named_keys, *(one.key for one in found)]}
        counted |= {facet: [one.key for one in other] for facet, other in zip(facets, others, strict=True)}
        total = len(found) + len(self._named)
        return _Part(found[self._start :], total, len(found) < NEAREST, counted=counted)

    # ---- the page

    def _finish(self, page: list[Found], part: _Part) -> Facets:
        """Name the passages of a page, and count what is still to be counted."""
        keys = [one.key for one in page]
        asked, query = self._asked, self._query
        bodies: dict[str | Facet | None, dict] = {}
        if query.with_passages and (asked.terms or asked.alternatives):
            bodies["passages"] = naming_passages(asked, keys)
        if query.with_passages and 0 < len(asked.wanted.eid) < _LONGEST_ELEMENT and not query.offset:
            bodies["element"] = naming_element(asked.wanted.eid, keys[:_WITH_ELEMENT])
        if query.with_facets:
            bodies |= {facet: self._counts_of(counted, facet) for facet, counted in part.counted.items()}
        if not bodies:
            return part.facets
        answers = dict(zip(bodies, self._ask(list(bodies.values())), strict=True))
        self._name(page, answers)
        facets = dict(part.facets)
        for facet in part.counted.keys() & answers.keys():
            facets |= counts_in(answers[facet]["aggregations"])
        return facets

    def _counts_of(self, keys, facet):
        """The numbers of things that are known; under other filters more may have the number that was asked for."""
        query = {"terms": {"key": keys}}
        if facet is not None:
            filters = [*queries.filters_of(self._query), *queries.facet_filters_of(self._query, facet)]
            query = queries.under(self._or_named(query), filters, [])
        wanted = counting(lambda _facet: [], self._chosen)
        name = "total" if facet is None else f"but_{facet}"
        return {"query": {"bool": {"filter": [query]}}, "size": 0, "aggs": {name: wanted[name]}}

    def _name(self, page, answers):
        passages = passages_in(answers["passages"]) if "passages" in answers else {}
        elements = elements_in(answers["element"], self._asked.wanted.eid) if "element" in answers else {}
        for one in page:
            one.passages = passages.get(one.key, ())
            if (place := elements.get(one.key)) is not None:
                one.passages = (place, *(other for other in one.passages if other != place))[:3]
