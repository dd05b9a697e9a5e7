"""One answer: what is found, in which order, how much there is of it, and which passages show why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from elasticsearch import Elasticsearch

from search.engine import DEEPEST, FEW, NEAREST, Answer, Hit, Query
from search.enums import Facet, Sort

from . import queries
from .answers import Found, counting, counts_in, found_in, ordered, read
from .asked import BUDGET, BUDGET_IN_FILTER, Asked
from .connection import Deadline
from .showing import elements_in, naming_element, naming_passages, passages_in

# More documents of one number than this were not meant: "số 1" alone is no question for a document.
MOST_NUMBERED = 50
_FIRST = 1_000_000.0
# What has less than this share of the best one's worth is not near.
_NEAR = 0.35
_COUNTED_TO = 10_000
_WITH_ELEMENT = 5
_LONGEST_ELEMENT = 200


@dataclass
class _Part:
    """Found things from the one that is asked for; `counted` are those whose facets are still to be counted."""

    found: list[Found] = field(default_factory=list)
    total: int = 0
    is_exact: bool = True
    facets: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
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
        if query.wanted.numbers:
            self._named = self._numbered()
        part = self._part()
        start = min(query.offset, len(self._named))
        end = max(min(query.offset + query.size, DEEPEST) - query.offset, 0)
        page = [*self._named[start:], *part.found][:end]
        facets = self._finish(page, part) if page else part.facets
        hits = tuple(Hit(one.key, one.passages, one.score, one.is_near) for one in page)
        return Answer(hits, part.total, part.is_exact, facets if query.with_facets else {})

    def _part(self) -> _Part:
        if self._query.wanted.is_empty:
            return self._with_all(queries.EVERYTHING, queries.EVERYTHING)
        if not self._asked.is_known:
            return self._with_all(queries.NOTHING, queries.NOTHING)
        if self._asked.is_question and self._query.keys is None:
            return self._nearest_alone()
        return self._with_all(
            queries.matching(self._asked, is_scored=self._query.sort == Sort.BEST),
            queries.matching(self._asked, is_scored=False),
        )

    # ---- asking

    def _ask(self, bodies: list[dict]) -> list[Mapping]:
        """Ask several things at once; each is whole, or all fail."""
        left = self._deadline.left
        searches: list[dict[str, Any]] = []
        for body in bodies:
            # One visitor's pages come from one copy of the index, in which equal things stand in one order.
            searches.append({"preference": "pages", "request_cache": "aggs" in body})
            searches.append({"timeout": f"{int(left * 1000)}ms", **body})
        client = self._client.options(request_timeout=left)
        return [read(one) for one in client.msearch(index=self._index, searches=searches)["responses"]]

    def _under_filters(self, query, without: Facet | None = None, beside: list[str] | None = None, is_open=False):
        filters = queries.filters_of(self._query)
        if not is_open:
            filters += queries.facet_filters_of(self._query, without)
        excluded = queries.excluding(self._asked)
        if beside:
            excluded.append({"terms": {"key": beside}})
        return queries.under(query, [*filters, *queries.phrase_filters(self._asked)], excluded)

    def _hits(self, query: dict, size: int, start: int = 0, sort: Sort | None = None) -> dict:
        return {
            "query": query,
            "from": start,
            "size": size,
            "sort": queries.order_of(self._query.sort if sort is None else sort),
            "stored_fields": "_none_",
            "track_total_hits": False,
        }

    # ---- documents of a number

    def _numbered(self) -> list[Found]:
        named = {"dis_max": {"queries": [queries.numbered(one) for one in self._query.wanted.numbers]}}
        filters = [*queries.filters_of(self._query), *queries.facet_filters_of(self._query)]
        body = self._hits(queries.under(named, filters, []), MOST_NUMBERED, sort=Sort.BEST)
        found = found_in(self._ask([body])[0])
        return [replace(one, score=_FIRST * (1 + one.score)) for one in found]

    @property
    def _named_keys(self):
        return [one.key for one in self._named]

    # ---- all that is required

    def _with_all(self, scored: dict, plain: dict) -> _Part:
        query = self._query
        start = max(0, query.offset - len(self._named))
        size = max(0, min(query.offset + query.size, DEEPEST) - max(query.offset, len(self._named)))
        body = self._hits(self._under_filters(scored, beside=self._named_keys), size, start)
        bodies = [body, self._counts(plain)] if query.with_facets else [body]
        if not query.with_facets:
            body["track_total_hits"] = _COUNTED_TO
        answers = self._ask(bodies)
        part = self._counted(answers)
        part.found = found_in(answers[0])
        if (
            part.total - len(self._named) < FEW
            and query.keys is None
            and scored not in (queries.EVERYTHING, queries.NOTHING)
        ):
            self._add_near(part)
        return part

    def _counts(self, plain):
        """The numbers of all that is found, in no order: the node keeps them until the index changes."""
        aggregations = counting(lambda facet: queries.facet_filters_of(self._query, facet), self._chosen)
        query = {"bool": {"filter": [self._under_filters(self._or_named(plain), is_open=True)]}}
        return {"query": query, "size": 0, "track_total_hits": False, "aggs": aggregations}

    def _counted(self, answers) -> _Part:
        if len(answers) > 1:
            aggregations = answers[1]["aggregations"]
            return _Part(total=aggregations["total"]["doc_count"], facets=counts_in(aggregations))
        total = answers[0]["hits"]["total"]
        return _Part(total=total["value"] + len(self._named), is_exact=total["relation"] == "eq")

    def _add_near(self, part: _Part):
        """Let the nearest follow what has all of it, since that is little."""
        few = part.total - len(self._named)
        bodies = [self._hits(self._near_query(), NEAREST + FEW, sort=Sort.BEST)]
        if few and (self._query.offset or len(part.found) < few or self._query.sort != Sort.BEST):
            all_scored = queries.matching(self._asked, is_scored=True)
            bodies.append(self._hits(self._under_filters(all_scored, beside=self._named_keys), FEW, sort=Sort.BEST))
        answers = self._ask(bodies)
        having = found_in(answers[1]) if len(answers) > 1 else part.found
        keys = {one.key for one in having}
        near = [one for one in found_in(answers[0], is_near=True) if one.key not in keys][:NEAREST]
        least = _NEAR * max([one.score for one in (*having, *near)], default=0.0)
        near = ordered([one for one in near if one.score >= least], self._query.sort)
        part.found += near[max(0, self._query.offset - part.total) :]
        if not part.total:
            # Of near ones alone there is something to narrow, too.
            part.counted = {None: [one.key for one in near]}
        part.total += len(near)

    # ---- the nearest

    def _near_query(self, without: Facet | None = None):
        has_filter = bool(queries.filters_of(self._query) or self._chosen)
        near = queries.nearest(self._asked, BUDGET_IN_FILTER if has_filter else BUDGET)
        return self._under_filters(near, without, self._named_keys)

    def _nearest_alone(self) -> _Part:
        """Of a whole question: the nearest things are the answer."""
        facets = sorted(self._chosen) if self._query.with_facets else []
        queries_ = [self._near_query(), *map(self._near_query, facets)]
        answers = self._ask([self._hits(query, NEAREST, sort=Sort.BEST) for query in queries_])
        found = ordered(found_in(answers[0]), self._query.sort)
        counted: dict[Facet | None, list[str]] = {None: [*self._named_keys, *(one.key for one in found)]}
        counted |= {
            facet: [one.key for one in found_in(answer)] for facet, answer in zip(facets, answers[1:], strict=True)
        }
        start = max(0, self._query.offset - len(self._named))
        total = len(found) + len(self._named)
        return _Part(found[start:], total, len(found) < NEAREST, counted=counted)

    # ---- the page

    def _finish(self, page: list[Found], part: _Part) -> Mapping[Facet, Mapping[str, int]]:
        """Name the passages of a page, and count what is still to be counted."""
        keys = [one.key for one in page]
        asked = self._asked
        bodies: dict[str | Facet | None, dict] = {}
        if asked.terms or asked.alternatives:
            bodies["passages"] = naming_passages(asked, keys)
        if 0 < len(asked.wanted.eid) < _LONGEST_ELEMENT and not self._query.offset:
            bodies["element"] = naming_element(asked.wanted.eid, keys[:_WITH_ELEMENT])
        if self._query.with_facets:
            for facet, counted in part.counted.items():
                bodies[facet] = self._counts_of(counted, facet)
        if not bodies:
            return part.facets
        answers = dict(zip(bodies, self._ask(list(bodies.values())), strict=True))
        self._name(page, answers)
        facets = dict(part.facets)
        for facet in part.counted:
            if facet in answers:
                facets |= counts_in(answers[facet]["aggregations"])
        return facets

    def _counts_of(self, keys, facet):
        """The numbers of things that are known; under other filters more may have the number that was asked for."""
        query = {"terms": {"key": keys}}
        if facet is not None and self._query.wanted.numbers:
            query = self._or_named(query)
            query = queries.under(
                query, [*queries.filters_of(self._query), *queries.facet_filters_of(self._query, facet)], []
            )
        wanted = counting(lambda _facet: [], self._chosen)
        name = "total" if facet is None else f"but_{facet}"
        body = {"query": {"bool": {"filter": [query]}}, "size": 0, "track_total_hits": False}
        return body | {"aggs": {name: wanted[name]}}

    def _or_named(self, query):
        named = [queries.numbered(one) for one in self._query.wanted.numbers]
        return {"bool": {"should": [query, *named], "minimum_should_match": 1}} if named else query

    def _name(self, page, answers):
        passages = passages_in(answers["passages"]) if "passages" in answers else {}
        for one in page:
            one.passages = passages.get(one.key, ())
        if "element" in answers:
            elements = elements_in(answers["element"], self._asked.wanted.eid)
            for one in page:
                if (place := elements.get(one.key)) is not None:
                    one.passages = (place, *(other for other in one.passages if other != place))[:3]
