"""What Elasticsearch is asked, in its own language.

One part is required and finds: all words of a short query, or the rare terms of a question. Everything else only
scores what that found. No text is asked back.
"""

from search.engine import Query
from search.enums import Facet, Sort
from search.wanted import WantedLaw, WantedNumber

from .asked import Alternative, Asked, Group
from .mapping import HEAD
from .terms import together

# Weights, measured together: see docs/search.md.
EXACT = 0.2  # of a syllable that stands as it was typed, accents and all
TITLE = 0.5
SUMMARY = 0.25
ALTERNATIVE = 0.5  # BM25 gives about so much of a term's worth for one occurrence
# Elasticsearch takes no more at once.
MOST_VALUES = 60_000
ANY = "passages.any"
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
    return [_within({"terms": {ANY: words}}, "none")]


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


def _passage_terms(asked: Asked, has_exact: bool) -> list[dict]:
    """What makes a passage worth something, term by term."""
    found = []
    for term in asked.terms:
        field = "passages.words.pairs" if term.is_pair else "passages.words"
        found.append(_term(field, term.text, term.weight))
        if has_exact:
            found += [_term("passages.exact", exact, EXACT * term.weight) for exact in term.exact]
    return [*found, *_alternatives(asked.alternatives, "passages.words", 1.0)]


def _head_terms(asked: Asked, has_exact: bool) -> list[dict]:
    """What the title, names and summary add."""
    found = []
    for term in asked.terms:
        suffix = ".pairs" if term.is_pair else ""
        found.append(_term(f"title{suffix}", term.text, TITLE * term.weight))
        found.append(_term(f"summary{suffix}", term.text, SUMMARY * term.weight))
        if has_exact:
            found += [_term("exact", exact, EXACT * TITLE * term.weight) for exact in term.exact]
    found += _alternatives(asked.alternatives, "title", TITLE)
    return [*found, *_alternatives(asked.alternatives, "summary", SUMMARY)]


def passage_worth(asked: Asked) -> dict:
    """Return what has any of the terms, worth what it has of all."""
    return _any(_passage_terms(asked, has_exact=False))


def _alternatives(alternatives: tuple[Alternative, ...], prefix: str, share: float) -> list[dict]:
    return [
        _constant(
            _all([{"term": {f"{prefix}{'.pairs' * ('_' in term)}": term}} for term in one.terms]),
            share * ALTERNATIVE * one.worth,
        )
        for one in alternatives
        if one.worth
    ]


def _has(terms: tuple[str, ...]) -> dict:
    return _all([{"term": {ANY: term}} for term in terms])


def _required(groups: tuple[Group, ...]) -> list[dict]:
    return [_any([_has(terms) for terms in group]) for group in groups]


def _pairs_of_phrases(asked: Asked) -> list[dict]:
    return [_has(together(phrase)) for phrase in asked.wanted.phrases]


# ---- whole queries


def matching(asked: Asked) -> dict:
    """Return what has all that is required, in one passage with its head; worth nothing."""
    return _within(_all(_all_required(asked)), "none")


def _all_required(asked):
    groups = () if asked.is_question else asked.required
    return [*_required(groups), *_pairs_of_phrases(asked)]


def any_of(asked: Asked) -> dict:
    """Return what has any of the terms, worth about what it is: Elasticsearch passes over what cannot be among the
    best, so this costs little even of common words.
    """
    return _any([_within(passage_worth(asked)), *_head_terms(asked, has_exact=False)])


def worth_of(asked: Asked) -> dict:
    """Return what the best are worth exactly. Of a question the rest of its words says which word was meant; in a short
    query the accents do.
    """
    has_exact = not asked.is_question
    terms = _passage_terms(asked, has_exact)
    heads = _head_terms(asked, has_exact)
    if asked.is_question:
        return _any([_within(_any(terms)), *heads])
    # A passage that has all words tells more than one that has one of them often.
    whole = _constant(_all(_all_required(asked)), 0.1)
    return _any([_within({"bool": {"should": [*terms, whole]}}), *heads])


def phrase_filters(asked: Asked) -> list[dict]:
    """Return the words in quotation marks as filters: whatever else is found must have them side by side."""
    found = []
    for phrase in asked.wanted.phrases:
        if asked.is_question:
            found.append(_within(_has(together(phrase)), "none"))
        if len(phrase) > 2:
            # Its pairs are in the passage; whether they stand in one row, their places say.
            row = " ".join(phrase)
            found.append(_within({"match_phrase": {"passages.words": row}}, "none"))
    return found


def numbered(wanted: WantedNumber) -> dict:
    """Return the documents of a number, as far as it was given: those first of the body that was named, then those
    whose whole symbol it is, then those that have the year in their number.
    """
    conditions = [{"term": {"number": wanted.number}}]
    if wanted.year is not None:
        conditions.append({"term": {"years": str(wanted.year)}})
    conditions += [{"term": {"parts": part}} for part in wanted.parts]
    if wanted.form:
        conditions.append({"term": {"form": wanted.form}})
    better = [_constant({"term": {"part_count": len(wanted.parts)}}, 2.0)]
    if wanted.issuers:
        better.append(_constant({"terms": {"parts": list(wanted.issuers)}}, 4.0))
    if wanted.year is not None:
        better.append(_constant({"term": {"own_year": str(wanted.year)}}, 1.0))
    return {"bool": {"filter": conditions, "should": better}}


def law_of_year(wanted: WantedLaw) -> dict:
    """Return the documents that are a law of a year: those first that have the year in their number, then those that
    have least beside its name.
    """
    groups = tuple(tuple(together(way) for way in ways) for ways in wanted.words)
    conditions = [{"terms": {"form": list(wanted.forms)}}, {"term": {"years": str(wanted.year)}}]
    better = [_constant({"term": {"own_year": str(wanted.year)}}, 1.0)]
    # BM25 of a name is far below a hundred: it only says which of two is shorter.
    named = {term for group in groups for terms in group for term in terms}
    better += [_term(f"title{'.pairs' * ('_' in term)}", term, 0.001) for term in sorted(named)]
    in_head = _within(_all([{"term": {"passages.place": HEAD}}, *_required(groups)]), "none")
    return {"bool": {"filter": [*conditions, in_head], "should": better}}


def under(query: dict, filters: list[dict], excluded: list[dict]) -> dict:
    """Return a query under filters."""
    if not filters and not excluded:
        return query
    return {"bool": {"must": [query], "filter": filters, "must_not": excluded}}


def order_of(sort: Sort) -> list[dict]:
    """Return an order by day in which no two things stand alike."""
    day = {"order": "asc" if sort == Sort.OLDEST else "desc", "missing": "_last"}
    return [{"day": day}, {"key": "asc"}]
