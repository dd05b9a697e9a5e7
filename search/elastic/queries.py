"""What Elasticsearch is asked, in its own language.

One part is required and finds: all words of a short query, or the rare terms of a question. Everything else only
scores what that found. No text is asked back.
"""

from search.engine import Query
from search.enums import Facet, Sort
from search.wanted import WantedNumber

from .asked import Alternative, Asked, Group, Term
from .terms import together

# Weights, measured together: see docs/search.md.
EXACT = 0.2  # of a syllable that stands as it was typed, accents and all
TITLE = 0.5
SUMMARY = 0.25
ALTERNATIVE = 0.5  # BM25 gives about so much of a term's worth for one occurrence
# Elasticsearch takes no more at once.
MOST_VALUES = 60_000
EVERYTHING: dict = {"match_all": {}}
NOTHING: dict = {"match_none": {}}
_OWN = {Facet.KIND: "kind", Facet.AGENCY: "owner"}


def field_of(facet: Facet) -> str:
    """Return the field that has the values of a facet."""
    return _OWN.get(facet, f"facet_{facet}")


# ---- filters


def filters_of(query: Query) -> list[dict]:
    """Return the filters of a query but those of its facets."""
    found = []
    if query.portal is not None:
        found.append({"term": {"agencies": str(query.portal)}})
    days = {name: day.isoformat() for name, day in (("gte", query.since), ("lte", query.until)) if day is not None}
    if days:
        found.append({"range": {"day": days}})
    if query.keys is not None:
        found.append({"terms": {"key": sorted(query.keys)}})
    return found


def facet_filters_of(query: Query, without: Facet | None = None) -> list[dict]:
    """Return the filters of the chosen facets, one of them left out."""
    return [
        {"terms": {field_of(facet): list(chosen)[:MOST_VALUES]}}
        for facet, chosen in query.facets.items()
        if chosen and facet != without
    ]


def excluding(asked: Asked) -> list[dict]:
    """Return what no found thing may have, wherever in it."""
    if not asked.wanted.excluded:
        return []
    words = list(asked.wanted.excluded)
    return [{"terms": {"any": words}}, _within({"terms": {"passages.any": words}}, "none")]


# ---- parts


def _within(query: dict, mode: str = "max") -> dict:
    return {"nested": {"path": "passages", "query": query, "score_mode": mode}}


def _any(queries: list[dict]) -> dict:
    if not queries:
        return NOTHING
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def _all(queries: list[dict]) -> dict:
    return queries[0] if len(queries) == 1 else {"bool": {"filter": queries}}


def _constant(query: dict, boost: float) -> dict:
    return {"constant_score": {"filter": query, "boost": round(boost, 4)}}


def _term(field: str, text: str, boost: float) -> dict:
    return {"term": {field: {"value": text, "boost": round(boost, 4)}}}


def passage_terms(terms: tuple[Term, ...]) -> list[dict]:
    """Return what makes a passage worth something, term by term."""
    found = []
    for term in terms:
        field = "passages.words.pairs" if term.is_pair else "passages.words"
        found.append(_term(field, term.text, term.weight))
        found += [_term("passages.exact", exact, EXACT * term.weight) for exact in term.exact]
    return found


def passage_worth(asked: Asked, terms: tuple[Term, ...]) -> dict:
    """Return what has any of the terms, worth what it has of all."""
    return _any([*passage_terms(terms), *_alternatives(asked.alternatives, "passages.words", 1.0)])


def head_terms(terms: tuple[Term, ...]) -> list[dict]:
    """Return what the title, names and summary add."""
    found = []
    for term in terms:
        suffix = ".pairs" if term.is_pair else ""
        found.append(_term(f"title{suffix}", term.text, TITLE * term.weight))
        found.append(_term(f"summary{suffix}", term.text, SUMMARY * term.weight))
        found += [_term("exact", exact, EXACT * TITLE * term.weight) for exact in term.exact]
    return found


def _alternatives(alternatives: tuple[Alternative, ...], prefix: str, share: float) -> list[dict]:
    return [
        _constant(
            _all([{"term": {f"{prefix}{'.pairs' * ('_' in term)}": term}} for term in one.terms]),
            share * ALTERNATIVE * one.worth,
        )
        for one in alternatives
        if one.worth
    ]


def _required(groups: tuple[Group, ...], field: str) -> list[dict]:
    return [_any([_all([{"term": {field: term}} for term in terms]) for terms in group]) for group in groups]


def _pairs_of_phrases(asked: Asked, field: str) -> list[dict]:
    return [_all([{"term": {field: term}} for term in together(phrase)]) for phrase in asked.wanted.phrases]


# ---- whole queries


def matching(asked: Asked, *, is_scored: bool) -> dict:
    """Return what has all that is required, in one passage with its head or in the head."""
    groups = () if asked.is_question else asked.required
    inside = [*_required(groups, "passages.any"), *_pairs_of_phrases(asked, "passages.any")]
    head = [*_required(groups, "any"), *_pairs_of_phrases(asked, "any")]
    passage: dict = {"bool": {"filter": inside}}
    if is_scored:
        passage["bool"]["should"] = [
            *passage_terms(asked.terms),
            *_alternatives(asked.alternatives, "passages.words", 1.0),
        ]
    found = {"bool": {"should": [_within(passage, "max" if is_scored else "none"), {"bool": {"filter": head}}]}}
    if not is_scored:
        return found
    return {"bool": {"must": [found], "should": _head_scores(asked)}}


def _head_scores(asked, terms: tuple[Term, ...] | None = None):
    return [
        *head_terms(asked.terms if terms is None else terms),
        *_alternatives(asked.alternatives, "title", TITLE),
        *_alternatives(asked.alternatives, "summary", SUMMARY),
    ]


def nearest(asked: Asked, budget: int) -> dict:
    """Return what has any of the rare terms, worth what it has of all."""
    rare, common = asked.rare(budget)
    passage = {"bool": {"must": [passage_worth(asked, rare)], "should": passage_terms(common)}}
    heads = _head_scores(asked, rare)
    return {"bool": {"must": [_any([_within(passage), *heads])], "should": head_terms(common)}}


def phrase_filters(asked: Asked) -> list[dict]:
    """Return the words in quotation marks as filters: whatever else is found must have them side by side."""
    found = []
    for phrase in asked.wanted.phrases:
        if asked.is_question:
            pairs = [[{"term": {f"{field}any": term}} for term in together(phrase)] for field in ("passages.", "")]
            found.append(_any([_within(_all(pairs[0]), "none"), _all(pairs[1])]))
        if len(phrase) > 2:
            # Its pairs are in the passage; whether they stand in one row, their places say.
            row = " ".join(phrase)
            heads = [{"match_phrase": {field: row}} for field in ("title", "summary")]
            found.append(_any([_within({"match_phrase": {"passages.words": row}}, "none"), *heads]))
    return found


def numbered(wanted: WantedNumber) -> dict:
    """Return the documents of a number, as far as it was given: those first whose whole symbol it is, then those that
    have the year in their number.
    """
    conditions = [{"term": {"number": wanted.number}}]
    if wanted.year is not None:
        conditions.append({"term": {"years": str(wanted.year)}})
    conditions += [{"term": {"parts": part}} for part in wanted.parts]
    if wanted.form:
        conditions.append({"term": {"form": wanted.form}})
    better = [_constant({"term": {"part_count": len(wanted.parts)}}, 2.0)]
    if wanted.year is not None:
        better.append(_constant({"term": {"own_year": str(wanted.year)}}, 1.0))
    return {"bool": {"filter": conditions, "should": better}}


def under(query: dict, filters: list[dict], excluded: list[dict]) -> dict:
    """Return a query under filters."""
    if not filters and not excluded:
        return query
    return {"bool": {"must": [query], "filter": filters, "must_not": excluded}}


def order_of(sort: Sort) -> list[dict]:
    """Return an order in which no two things stand alike."""
    newest = {"day": {"order": "desc", "missing": "_last"}}
    if sort == Sort.NEWEST:
        return [newest, {"key": "asc"}]
    if sort == Sort.OLDEST:
        return [{"day": {"order": "asc", "missing": "_last"}}, {"key": "asc"}]
    return [{"_score": "desc"}, newest, {"key": "asc"}]
