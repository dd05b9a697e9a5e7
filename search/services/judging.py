"""How good the search is: a corpus with questions and what answers them, asked as the portals ask.

The corpus goes into an index of its own through the mapping, the terms and the query builder that visitors get; no
switch of this module changes a ranking.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import log2
from pathlib import Path
from statistics import quantiles

from core.importing.jsonl import read_jsonl
from core.importing.refusals import RowError
from core.text import fold, normalise
from legal_docs.numbers import NoNumber, parse_number
from search.contents.documents import names_of
from search.contents.passages import passages_of
from search.engine import Engine, Number, Query, Thing
from search.enums import Facet

from .answering import read

DEPTH = 100
_OWNER = 1
# A line of a corpus may be a whole code.
_LONGEST_LINE = 50_000_000


class BadInput(Exception):
    """A file that cannot be judged by; the words say which line and why."""


@dataclass(frozen=True)
class Question:
    """A question and the keys of what answers it, with how well (1 is the rule)."""

    key: str
    text: str
    answers: dict[str, float]


@dataclass
class Figures:
    """What was measured: shares of questions and means from 0 to 1; times of a query in milliseconds."""

    questions: int = 0
    ranks: list[list[str]] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
    p50: float = 0.0
    p95: float = 0.0


def things_of(path: Path) -> Iterator[Thing]:
    """Yield the things of a corpus; raise BadInput for a line that is none."""
    seen = set()
    with path.open("rb") as file:
        for number, row in read_jsonl(file, longest=_LONGEST_LINE):
            if isinstance(row, RowError):
                raise BadInput(f"{path.name}, line {number}: {row}")
            key = _text(row, "id")
            if not key:
                raise BadInput(f"{path.name}, line {number}: “id” is missing")
            if key in seen:
                raise BadInput(f"{path.name}, line {number}: “{key}” came before")
            seen.add(key)
            yield thing_of(key, row)


def thing_of(key: str, row: dict) -> Thing:
    """Return a row of a corpus as what a portal would have of it: a document where it has a number, else a text."""
    kind, signed = _text(row, "loai"), _text(row, "so_ky_hieu")
    abstract = _text(row, "trich_yeu")
    title = _text(row, "title") or f"{kind} {signed}".strip() or abstract or key
    day = _day(_text(row, "ngay_ban_hanh"))
    return Thing(
        key=f"document:{key}",
        title=title,
        owner=_OWNER,
        places={_OWNER: "/"},
        summary=abstract if abstract != title else "",
        names=names_of(kind, abstract),
        number=_number(signed, kind, day),
        day=day,
        facets={Facet.YEAR: (str(day.year),)} if day else {},
        passages=tuple(_passages(row)),
    )


def _text(row, name):
    value = row.get(name)
    return normalise(str(value)) if isinstance(value, (str, int)) else ""


def _day(text):
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _number(text, kind, day):
    try:
        number = parse_number(text)
    except NoNumber:
        return None
    years = tuple(dict.fromkeys(filter(None, (number.year, day.year if day else None))))
    parts = tuple(fold(part) for part in number.parts)
    return Number(number.number.lstrip("0").upper(), years, parts, fold(kind))


def _passages(row):
    articles = row.get("dieu")
    if isinstance(articles, list):
        for article in articles:
            if isinstance(article, dict):
                label, heading = f"Điều {_text(article, 'dieu')}", _text(article, "tieu_de")
                text = _text(article, "noi_dung") or _text(article, "text")
                yield from passages_of(text.split("\n"), label=label, heading=heading)
    label = f"Điều {articles}" if isinstance(articles, (str, int)) and articles != "" else ""
    for name in ("text", "body"):
        lines = [line for line in _text(row, name).split("\n") if line.strip()]
        if lines and label and len(lines) > 1 and len(lines[0]) < 200:
            # The first line of an article is what it is about.
            yield from passages_of(lines[1:], label=label, heading=lines[0])
        elif lines:
            yield from passages_of(lines, label=label)


def questions_of(queries: Path, qrels: Path) -> list[Question]:
    """Return the questions that have an answer; raise BadInput for a line that is none of either file."""
    answers = _answers(qrels)
    questions = []
    with queries.open("rb") as file:
        for number, row in read_jsonl(file):
            if isinstance(row, RowError):
                raise BadInput(f"{queries.name}, line {number}: {row}")
            key, text = _text(row, "id"), row.get("text")
            if not key or not isinstance(text, str):
                raise BadInput(f"{queries.name}, line {number}: “id” or “text” is missing")
            if key in answers:
                questions.append(Question(key, text, answers[key]))
    if not questions:
        raise BadInput(f"no question of {queries.name} has an answer in {qrels.name}")
    return questions


def _answers(path):
    answers = defaultdict(dict)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        cells = line.split("\t")
        try:
            grade = float(cells[2]) if len(cells) > 2 else 1.0
            query, document = cells[0], cells[1]
        except (IndexError, ValueError) as error:
            raise BadInput(f"{path.name}, line {number}: not query, tab, document, tab, grade") from error
        if grade > 0:
            answers[query.strip()][normalise(document.strip())] = grade
    return answers


def as_is(text: str, place: int) -> str:
    return text


def folded(text: str, place: int) -> str:
    """As it is typed without accents."""
    return fold(text)


def half(text: str, place: int) -> str:
    """Every second question without accents."""
    return fold(text) if place % 2 else text


VARIANTS: dict[str, Callable[[str, int], str]] = {"as-is": as_is, "folded": folded, "half": half}


def judge(engine: Engine, questions: Iterable[Question], variant: str = "as-is") -> Figures:
    """Ask an engine every question and return the figures."""
    figures = Figures()
    times = []
    questions = list(questions)
    for place, question in enumerate(questions):
        text = VARIANTS[variant](question.text, place)
        begun = time.perf_counter()
        answer = engine.find(Query(read(text), size=DEPTH))
        times.append((time.perf_counter() - begun) * 1000)
        figures.ranks.append([hit.key.partition(":")[2] for hit in answer.hits])
    figures.questions = len(questions)
    figures.values = measures(figures.ranks, [question.answers for question in questions])
    cuts = quantiles(times, n=20) if len(times) > 1 else times * 19
    figures.p50, figures.p95 = cuts[9], cuts[18]
    return figures


def measures(ranks: list[list[str]], answers: list[dict[str, float]]) -> dict[str, float]:
    """Return the means over all questions of S@1 (one that is right stands first), the share of what is right among
    the first 10 and 100, the reciprocal rank of the first that is right (10 at most), and nDCG@10 (Järvelin and
    Kekäläinen, 2002).
    """
    rows = [_measures(found, right) for found, right in zip(ranks, answers, strict=True)]
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}


def _measures(found, right):
    first = next((place for place, key in enumerate(found[:10], start=1) if key in right), None)
    gain = sum(right.get(key, 0) / log2(place + 1) for place, key in enumerate(found[:10], start=1))
    best = sum(
        grade / log2(place + 1) for place, grade in enumerate(sorted(right.values(), reverse=True)[:10], start=1)
    )
    return {
        "S@1": float(first == 1),
        "R@10": len(right.keys() & set(found[:10])) / len(right),
        "R@100": len(right.keys() & set(found[:100])) / len(right),
        "MRR@10": 1 / first if first else 0.0,
        "nDCG@10": gain / best,
    }
