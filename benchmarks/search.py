"""Search: how well each engine answers the judged set of benchmarks/data/search, and how fast among 100,000 documents.

make bench ARGS="--only search"
.venv/bin/python -m benchmarks.search [--documents 100000] [--misses]     DATABASE_URL names an empty database

The search is asked as the portals ask it, spelling included. Relevance is compared with the newest figures that were
kept (benchmarks/results/*-search.json): a run that is worse, by more than what one question in a hundred makes out,
ends with the code 1, and so does one in which a number or a citation does not stand first. --misses shows questions
whose answer does not stand first; --keep keeps the figures.
"""

import argparse
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from math import log2
from pathlib import Path
from statistics import quantiles
from unittest.mock import patch

import django
from django.core.management import call_command

from benchmarks import search_corpus, search_elastic

ROOT = Path(__file__).resolve().parent.parent
JUDGED = ROOT / "benchmarks" / "data" / "search"
RESULTS = ROOT / "benchmarks" / "results"
MEASURES = ("R@1", "R@5", "MRR", "nDCG@10")
# What a single question more or less makes out is no difference.
MARGIN = 0.01
# Typed without accents, the answers are as good.
ACCENTS = 0.01
# Without Elasticsearch people find nearly as well.
BEHIND = 0.06
# Whoever names a document gets it.
EXACT = ("number", "citation")
DOCUMENTS = 100_000
# Loading is measured with fewer: it goes on as it begins.
_LOADED = 10_000
_DEPTH = 100
_AT_ONCE = 500
_WORSE = "**Worse:**"


@dataclass(frozen=True)
class Asked:
    """A question of the judged set, the keys of all that answers it, and what was found, best first."""

    key: str
    text: str
    group: str
    accents: bool
    answers: frozenset[str]
    found: tuple[str, ...] = ()
    milliseconds: float = 0.0

    @property
    def rank(self) -> int:
        """The place of the first that is right, 0 for none."""
        return next((place for place, key in enumerate(self.found, start=1) if key in self.answers), 0)


@dataclass
class Run:
    """What one engine did with the judged set, and among many documents."""

    engine: str
    asked: list[Asked] = field(default_factory=list)
    indexed_per_second: float = 0.0
    speed: dict[str, float] = field(default_factory=dict)
    beside: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def report(quick: bool) -> list[str]:
    """Judge every engine and time it (quick: among a tenth); return Markdown lines, keep the figures of a whole run."""
    return measure(DOCUMENTS // 10 if quick else DOCUMENTS, is_kept=not quick)


def measure(documents: int, *, is_kept: bool = False, with_misses: bool = False) -> list[str]:
    """Return Markdown lines; `documents` 0 leaves the speed out."""
    absent = search_corpus.missing()
    if absent:
        return [f"## Search: not measured, {absent} is not there (for the data set CONGKHAI_DATA)"]
    from search import engines

    rows = search_corpus.documents()
    questions = _questions({row["id"] for row in rows})
    runs = _runs(engines.kept(), rows, questions, documents)
    figures = {run.engine: _figures(run) for run in runs}
    lines = ["## Search", "", _what(rows, questions), ""]
    for run in runs:
        lines += [*_table(run, figures[run.engine]), *_speed_lines(run, documents), *run.notes, ""]
        lines += _misses(run) if with_misses else []
    lines += [f"{_WORSE} {sentence}" for sentence in _complaints(figures, _last_kept())]
    if is_kept:
        _keep(figures)
    return lines


def is_worse(lines: Iterable[str]) -> bool:
    """Whether a report tells of something that got worse."""
    return any(line.startswith(_WORSE) for line in lines)


def _questions(known):
    answers = defaultdict(set)
    for line in (JUDGED / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, _grade = line.split("\t")
        answers[query].add(document)
    gone = set().union(*answers.values()) - known
    if gone:
        raise SystemExit(f"{len(gone)} answers are not in the data, such as {sorted(gone)[0]}")
    lines = (JUDGED / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Asked(row["id"], row["text"], row["group"], row["accents"], frozenset(answers[row["id"]]))
        for row in map(json.loads, lines)
    ]


def _runs(engines, rows, questions, documents):
    """Judge all engines on the real documents, then time all among many: each one knows what the others know, as on a
    portal, where the database's index says how common words are.
    """
    runs = [Run(engine.name) for engine in engines]
    for engine in engines:
        _fill(engine, _numbered(rows))
    names = {str(place): row["id"] for place, row in enumerate(rows, start=1)}
    for engine, run in zip(engines, runs, strict=True):
        with _alone(engine):
            run.asked = [_ask(question, names) for question in questions]
    if documents:
        for engine, run in zip(engines, runs, strict=True):
            begun = time.perf_counter()
            _fill(engine, multiplied(rows, documents))
            run.indexed_per_second = documents / (time.perf_counter() - begun)
        for engine, run in zip(engines, runs, strict=True):
            with _alone(engine):
                run.speed = _speed(questions)
                if engine.name == "elastic":
                    _compare(run, rows, questions, documents)
    return runs


def _compare(run, rows, questions, documents):
    """Put beside the engine what its node does alone."""
    times = search_elastic.added(question.text for question in questions)
    rates = search_elastic.loaded(lambda: multiplied(rows, min(documents, _LOADED)))
    run.beside = {"ratio": times.ratio, "loading": rates.share}
    run.notes = [*search_elastic.lines(times, rates)]


def _fill(engine, things):
    with engine.rebuilding() as index:
        waiting = []
        for thing in things:
            waiting.append(thing)
            if len(waiting) == _AT_ONCE:
                index.put(waiting)
                waiting = []
        index.put(waiting)


def _numbered(rows) -> Iterator:
    """Yield the things of the rows with keys that are numbers, as those of documents are."""
    from search.services.judging import thing_of

    for place, row in enumerate(rows, start=1):
        yield replace(thing_of(row["id"], row), key=f"document:{place}")


def multiplied(rows: list[dict], documents: int) -> Iterator:
    """Yield so many things: the real documents over and over, each time under other numbers and, from the second time
    on, on other days of the same year and with their articles in another order.

    What is common and what is rare in the language stays as it is; a number is as often given as in the real list.
    """
    from search.services.judging import thing_of

    for place in range(documents):
        turn, row = divmod(place, len(rows))
        source = rows[row]
        yield replace(thing_of(source["id"], _varied(source, turn)), key=f"document:{place + 1}")


def _varied(row, turn):
    if not turn:
        return row
    digits = re.match(r"\d+", row["so_ky_hieu"])[0]
    number = f"{(int(digits) + 131 * turn) % 6000 + 1:02d}{row['so_ky_hieu'][len(digits) :]}"
    articles = row["dieu"]
    cut = turn % len(articles) if articles else 0
    day = f"{row['ngay_ban_hanh'][:4]}-{turn % 12 + 1:02d}-{turn % 28 + 1:02d}" if row["ngay_ban_hanh"] else ""
    return {**row, "so_ky_hieu": number, "ngay_ban_hanh": day, "dieu": articles[cut:] + articles[:cut]}


def _alone(engine):
    """Let one engine answer, without one that steps in."""
    from search import engines

    return patch.object(engines, "answering", return_value=[engine])


def _ask(question, names):
    from search.engine import Query
    from search.services.answering import answer

    begun = time.perf_counter()
    hits = answer(question.text, Query(size=_DEPTH)).answer.hits
    milliseconds = (time.perf_counter() - begun) * 1000
    found = tuple(names[hit.key.partition(":")[2]] for hit in hits)
    return replace(question, found=found, milliseconds=milliseconds)


def _speed(questions):
    """Return how long a page of results takes to find and show, in milliseconds, after a first round."""
    from search.engine import Query
    from search.services.answering import answer

    times = []
    for turn in range(2):
        for question in questions:
            begun = time.perf_counter()
            answer(question.text, Query())
            if turn:
                times.append((time.perf_counter() - begun) * 1000)
    cuts = quantiles(times, n=100)
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "longest": max(times)}


def measures(asked: list[Asked]) -> dict[str, float]:
    """Return the means over questions: R@1 and R@5 (one that is right stands that high), MRR, nDCG@10."""
    rows = [_measures(one) for one in asked]
    return {name: sum(row[name] for row in rows) / len(rows) for name in MEASURES}


def _measures(one):
    gain = sum(1 / log2(place + 1) for place, key in enumerate(one.found[:10], start=1) if key in one.answers)
    best = sum(1 / log2(place + 1) for place in range(1, min(len(one.answers), 10) + 1))
    return {
        "R@1": float(one.rank == 1),
        "R@5": float(1 <= one.rank <= 5),
        "MRR": 1 / one.rank if one.rank else 0.0,
        "nDCG@10": gain / best,
    }


def _figures(run):
    parts = {"all": run.asked}
    for name in dict.fromkeys(one.group for one in run.asked):
        parts[name] = [one for one in run.asked if one.group == name]
    parts["with accents"] = [one for one in run.asked if one.accents]
    parts["without accents"] = [one for one in run.asked if not one.accents]
    relevance = {name: measures(asked) | {"questions": len(asked)} for name, asked in parts.items()}
    speed = {"speed": run.speed, "indexed_per_second": run.indexed_per_second}
    return {"relevance": relevance, **speed, "beside": run.beside}


def _complaints(figures, kept):
    for engine, now in figures.items():
        relevance = now["relevance"]
        for name in EXACT:
            if relevance[name]["R@1"] < 1:
                yield f"{engine}: {relevance[name]['R@1']:.1%} of the {name}s stand first, not all"
        for measure_ in MEASURES:
            gap = relevance["with accents"][measure_] - relevance["without accents"][measure_]
            if abs(gap) > ACCENTS:
                yield f"{engine}: accents make a difference of {gap:+.3f} in {measure_}"
        yield from search_elastic.complaints(now.get("beside", {}))
        yield from _declines(engine, relevance, kept.get(engine, {}).get("relevance", {}))
    yield from _gaps(figures)


def _gaps(figures):
    mean = {engine: now["relevance"]["all"]["MRR"] for engine, now in figures.items()}
    if len(mean) > 1 and mean["elastic"] - mean["database"] > BEHIND:
        yield f"database: MRR {mean['database']:.3f} is more than {BEHIND} behind {mean['elastic']:.3f} of elastic"


def _declines(engine, now, before):
    for part, values in now.items():
        for name in MEASURES:
            was = before.get(part, {}).get(name)
            # One question of a small group weighs more than the margin.
            margin = max(MARGIN, 1 / values["questions"])
            if was is not None and was - values[name] > margin:
                yield f"{engine}, {part}: {name} {values[name]:.3f} after {was:.3f}"


def _last_kept():
    paths = sorted(RESULTS.glob("*-search.json"))
    return json.loads(paths[-1].read_text(encoding="utf-8")) if paths else {}


def _keep(figures):
    path = RESULTS / f"{date.today():%Y-%m-%d}-search.json"
    path.write_text(json.dumps(_rounded(figures), indent=1) + "\n", encoding="utf-8")


def _rounded(value):
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return round(value, 4) if isinstance(value, float) else value


def _what(rows, questions):
    groups = ", ".join(f"{count} {name}" for name, count in Counter(one.group for one in questions).items())
    return (
        f"{len(questions)} judged questions ({groups}; every second one without accents) over {len(rows):,} real "
        "documents, asked as the portals ask, with corrected spelling. R@n: an answer is among the first n."
    )


def _table(run, figures):
    yield from (f"### {run.engine}", "", f"| | questions | {' | '.join(MEASURES)} |", f"|---|{'---:|' * 5}")
    for name, values in figures["relevance"].items():
        yield f"| {name} | {values['questions']} | {' | '.join(f'{values[one]:.3f}' for one in MEASURES)} |"
    yield ""


def _speed_lines(run, documents):
    if not run.speed:
        return
    times = ", ".join(f"{name} {value:.0f} ms" for name, value in run.speed.items())
    yield (
        f"Among {documents:,} documents (the real ones over and over under varied numbers): {times} from a question "
        f"to twenty shown results; {run.indexed_per_second:.0f} documents indexed in a second."
    )
    yield ""


def _misses(run):
    for one in run.asked:
        if one.rank != 1:
            yield f"    {one.key} {one.text!r}: {one.rank or 'none'}; found {', '.join(one.found[:4])}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="among how many to time; 0 for no timing")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    if not os.environ.get("DATABASE_URL"):
        parser.exit(2, "DATABASE_URL must name an empty database; what is in its search index is replaced\n")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    lines = measure(options.documents, is_kept=options.keep, with_misses=options.misses)
    print("\n".join(lines))
    sys.exit(int(is_worse(lines)))


if __name__ == "__main__":
    main()
