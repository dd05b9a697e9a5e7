"""Which passages of the things of one page show why they were found."""

from collections.abc import Mapping
from dataclasses import replace

from .asked import Asked
from .mapping import HEAD
from .queries import passage_worth

_SHOWN = 3
# What has less than this share of the best passage's worth does not show why.
_WORTH_NAMING = 0.4
# Terms by which the passages are chosen, those that are worth most.
_MOST_TERMS = 12
# Parts of one long article.
_MOST_PARTS = 60
_IN_HEAD = {"term": {"passages.place": HEAD}}


def naming_passages(asked: Asked, keys: list[str]) -> dict:
    """Return the search for the best passages of things."""
    terms = tuple(sorted(asked.terms, key=lambda term: -term.worth)[:_MOST_TERMS])
    # The head is shown anyway.
    parts = {"bool": {"must": [passage_worth(replace(asked, terms=terms))], "must_not": [_IN_HEAD]}}
    return _naming(parts, keys, _SHOWN, ["passages.place"])


def naming_element(eid: str, keys: list[str]) -> dict:
    """Return the search for the passages that may be an element: it, what is around it, and its parts."""
    anchors = [{"terms": {"passages.anchor": _around(eid)}}, {"prefix": {"passages.anchor": f"{eid}__"}}]
    inside = {"bool": {"should": anchors}}
    return _naming(inside, keys, _MOST_PARTS, ["passages.place", "passages.anchor"])


def _around(eid):
    steps = eid.split("__")
    return ["__".join(steps[:end]) for end in range(len(steps), 0, -1)]


def _naming(inside, keys, size, fields):
    inner = {"size": size, "_source": False, "stored_fields": "_none_", "docvalue_fields": fields}
    nested = {"nested": {"path": "passages", "query": inside, "score_mode": "none", "inner_hits": inner}}
    return {
        "query": {"bool": {"filter": [{"terms": {"key": keys}}], "should": [nested]}},
        "size": len(keys),
        "sort": ["_doc"],
        "stored_fields": "_none_",
        "docvalue_fields": ["key"],
        "track_total_hits": False,
    }


def passages_in(response: Mapping) -> dict[str, tuple[int, ...]]:
    """Return the places of the best passages by the keys of their things."""
    found = {}
    for key, inner in _inner_of(response):
        best = inner[0]["_score"] if inner else 0.0
        found[key] = tuple(_place(one) for one in inner if one["_score"] >= _WORTH_NAMING * best)
    return found


def elements_in(response: Mapping, eid: str) -> dict[str, int]:
    """Return the place of the passage that is an element, or the nearest around it, or its first part."""
    found = {}
    for key, inner in _inner_of(response):
        places: dict[str, int] = {}
        for one in sorted(inner, key=_place):
            places.setdefault(one["fields"]["passages.anchor"][0], _place(one))
        # A long article is divided: its first part tells where it begins.
        parts = [place for anchor, place in places.items() if anchor.startswith(f"{eid}__")]
        chosen = [places[anchor] for anchor in _around(eid) if anchor in places] or parts
        if chosen:
            found[key] = chosen[0]
    return found


def _inner_of(response):
    for hit in response["hits"]["hits"]:
        yield hit["fields"]["key"][0], hit["inner_hits"]["passages"]["hits"]["hits"]


def _place(inner):
    return inner["fields"]["passages.place"][0]
