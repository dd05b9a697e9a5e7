"""Which things are found, in which order, and which of their passages show why."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from search.engine import FEW, NEAREST, Query
from search.enums import Facet, Sort

from .asked import Asked, asked_of, is_question
from .candidates import MOST_MATCHING, Candidates, gather, matching
from .counting import passages_of, rows_of
from .filters import condition_of
from .scoring import Scorer
from .store import frequencies_in, passage_count_of
from .tables import Tables

# Passages that are looked at word by word.
MOST_SCORED = 240
# What has less than this share of the best one's worth is not near.
_NEAR = 0.35
# What further passages of a thing add to its best one.
_FURTHER = (0.1, 0.05)
_SHOWN = 3


@dataclass
class Found:
    """A thing with its score and the positions of the passages that tell of it, the best first."""

    thing: int
    score: float = 0.0
    passages: tuple[int, ...] = ()
    is_near: bool = False
    key: str = ""
    day: date | None = None


@dataclass
class Ranking:
    """The found things in their order; `counted` are those of which facets are counted."""

    found: list[Found] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    is_exact: bool = True


def rank(tables: Tables, query: Query) -> Ranking:
    """Return what a query of words finds."""
    asked = _asked(tables, query)
    if not asked.terms:
        return Ranking()
    condition = condition_of(tables, query)
    candidates = gather(tables, asked, query, condition)
    if is_question(asked.wanted) and query.keys is None:
        return _nearest(tables, query, asked, candidates)
    rows = matching(tables, asked, query, condition) if asked.required else []
    candidates.add(rows, 0.0)
    return _with_all(tables, query, asked, candidates, rows)


def things_without(tables: Tables, query: Query, facet: Facet) -> list[int]:
    """Return what is found when the filter of one facet is left out, for counting its other values."""
    asked = _asked(tables, query)
    condition = condition_of(tables, query, without=facet)
    if asked.terms and asked.required and not is_question(asked.wanted):
        return list({thing: None for _passage, thing, _position in matching(tables, asked, query, condition)})
    candidates = gather(tables, asked, query, condition) if asked.terms else Candidates()
    return _things_of(candidates, candidates.best(MOST_SCORED))[:NEAREST]


def _asked(tables, query):
    return asked_of(query.wanted, lambda terms: frequencies_in(tables, terms), passage_count_of(tables))


def _things_of(candidates, passages):
    return list(dict.fromkeys(candidates.places[passage][0] for passage in passages))


def _nearest(tables, query, asked, candidates):
    """Of a whole question: the nearest things are the answer."""
    found = _ordered(_score(tables, asked, candidates, candidates.best(MOST_SCORED)), query.sort)[:NEAREST]
    return Ranking(found, [one.thing for one in found], is_exact=len(found) < NEAREST)


def _with_all(tables, query, asked, candidates, rows):
    """Of few words: what has all of them, and the nearest behind it where that is little."""
    having = {thing: None for _passage, thing, _position in rows}
    among = Candidates({key: place for key, place in candidates.places.items() if place[0] in having}, candidates.worth)
    found = _score(tables, asked, among, among.best(MOST_SCORED))
    scored = {one.thing for one in found}
    found += _unscored(tables, [thing for thing in having if thing not in scored])
    found = _ordered(found, query.sort)
    ranking = Ranking(found, list(having), is_exact=len(rows) < MOST_MATCHING)
    if len(having) < FEW and query.keys is None:
        near = _near(tables, asked, candidates, having, found)
        ranking.found += _ordered(near, query.sort)
        # Of near ones alone there is something to narrow, too.
        ranking.counted = ranking.counted or [one.thing for one in near]
    return ranking


def _near(tables, asked, candidates, having, found):
    others = Candidates(
        {key: place for key, place in candidates.places.items() if place[0] not in having}, candidates.worth
    )
    near = _ordered(_score(tables, asked, others, others.best(MOST_SCORED)), Sort.BEST)
    least = _NEAR * max([one.score for one in (*found, *near)], default=0.0)
    return [replace(one, is_near=True) for one in near[:NEAREST] if one.score >= least]


def _score(tables, asked: Asked, candidates: Candidates, passages: list[int]) -> list[Found]:
    rows = rows_of(tables, _things_of(candidates, passages))
    scorer = Scorer(asked)
    by_thing = defaultdict(list)
    for thing, position, title, text in passages_of(tables, passages):
        if thing in rows:
            by_thing[thing].append((scorer.score(rows[thing][2], title, text), scorer.score("", title, text), position))
    return [_found(thing, scored, rows[thing]) for thing, scored in by_thing.items()]


def _found(thing, scored, row):
    scored.sort(key=lambda entry: (-entry[0], entry[2]))
    score = scored[0][0] + sum(share * entry[0] for share, entry in zip(_FURTHER, scored[1:], strict=False))
    own = [(worth, position) for _score, worth, position in scored if position and worth]
    # Positions in the table begin behind the head.
    shown = tuple(position - 1 for _worth, position in sorted(own, key=lambda entry: (-entry[0], entry[1])))
    return Found(thing, score, shown[:_SHOWN], key=row[0], day=row[1])


def _unscored(tables, things):
    rows = rows_of(tables, things)
    return [Found(thing, key=rows[thing][0], day=rows[thing][1]) for thing in things if thing in rows]


def _ordered(found: list[Found], sort: Sort) -> list[Found]:
    """Order by score, or by day; what is equal stands newest first and then by its key, the same on each page."""
    by_key = sorted(found, key=lambda one: one.key)
    if sort == Sort.OLDEST:
        return sorted(by_key, key=lambda one: one.day or date.max)
    newest = sorted(by_key, key=lambda one: one.day or date.min, reverse=True)
    return newest if sort == Sort.NEWEST else sorted(newest, key=lambda one: -one.score)
