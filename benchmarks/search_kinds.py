"""How long the database's engine takes for each kind of query among 100,000 documents.

.venv/bin/python -m benchmarks.search_kinds [--documents 100000] [--articles 6] [--fill]

DATABASE_URL names a database whose search index may be replaced; it is filled with --fill, or where it has none. One
index is asked over and over, so that two states of the code can be put side by side. The documents are the real ones
over and over (benchmarks.search), spread over portals, types, bodies and states as a province has them.
"""

import argparse
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from statistics import quantiles
from zlib import crc32

import django
from django.core.management import call_command

from benchmarks import search, search_corpus

# Portal 1 is the province's and shows what each second of the others has; the others share what is left.
PROVINCE = 1
_AGENCIES = 20
_ROUNDS = 2
_MOST = 60
_WORDS = 5
COMMON = (
    "quy định", "nhà nước", "điều", "thông tư", "ủy ban nhân dân", "cơ quan", "tổ chức thực hiện", "quyết định",
    "trách nhiệm thi hành", "bộ trưởng", "có hiệu lực", "việc quản lý", "công chức", "và các", "theo quy định",
    "hướng dẫn thi hành nghị định", "của bộ", "tổ chức", "doanh nghiệp", "thông tư quy định về quản lý",
    "dinh", "cua nha nuoc", "bao cao", "kinh phí", "cơ quan nhà nước có thẩm quyền", "hồ sơ", "ban hành", "thực hiện",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """Queries of one kind: texts, each under each of the filters."""

    name: str
    texts: tuple[str, ...] = ("",)
    filters: tuple[dict, ...] = field(default_factory=lambda: ({},))

    def queries(self) -> Iterator:
        from search.engine import Query
        from search.services.answering import read

        for text in self.texts:
            for filters in self.filters:
                yield Query(wanted=read(text), **filters)


def things(rows: list[dict], documents: int, articles: int) -> Iterator:
    """Yield documents as portals have them; a document with text has articles of so many documents."""
    for place, thing in enumerate(search.multiplied(list(_longer(rows, articles)), documents)):
        yield _placed(thing, rows[place % len(rows)], place)


def _longer(rows, articles):
    """Give rows the articles of those behind them as well: those of the data set are few for a law."""
    told = [row["dieu"] for row in rows if row["dieu"]]
    at = 0
    for row in rows:
        if row["dieu"]:
            more = [told[(at + turn) % len(told)] for turn in range(articles)]
            row = {**row, "dieu": [article for own in more for article in own]}
            at += 1
        yield row


def _placed(thing, row, place):
    from search.enums import Facet

    # Its key and not a chance: each making is the same.
    drawn = crc32(thing.key.encode())
    owner = PROVINCE if drawn % 10 < 4 else 2 + drawn % _AGENCIES
    shown = {owner, PROVINCE} if place % 2 else {owner}
    values = {
        Facet.TYPE: row["loai"], Facet.ISSUER: row["co_quan"], Facet.STATUS: "in_force" if drawn % 4 else "expired",
        Facet.FIELD: f"field-{drawn % 31}",
    }  # fmt: skip
    facets = {**thing.facets, **{facet: (value,) for facet, value in values.items() if value}}
    return replace(thing, owner=owner, places=dict.fromkeys(sorted(shown), "/"), facets=facets)


def kinds(rows: list[dict]) -> list[Kind]:
    """Return what is asked, by kinds."""
    from search.enums import Facet, Sort

    questions = search._questions({row["id"] for row in rows})
    texts = {group: tuple(one.text for one in questions if one.group == group)[:_MOST] for group in _GROUPS}
    requests = (search_corpus.DATA / "citizen_requests.jsonl").read_text(encoding="utf-8").splitlines()
    abstracts = [row["trich_yeu"] for row in rows[:: max(1, len(rows) // _MOST)]][:_MOST]
    on_portal = ({"portal": PROVINCE},)
    deep = {"offset": 980}
    values = ({Facet.STATUS: ("in_force",)}, {Facet.KIND: ("document",)}, {Facet.YEAR: ("2018", "2019", "2020")})
    return [
        Kind("questions", texts["question"]),
        Kind("questions, the province's portal", texts["question"], on_portal),
        Kind("questions, a narrow portal", texts["question"], ({"portal": 7},)),
        Kind("topics", texts["topic"]),
        Kind("requests", tuple(json.loads(line)["cau_hoi"] for line in requests)[:_MOST]),
        Kind("fragments of abstracts", tuple(_fragment(text) for text in abstracts)),
        Kind("very common words", COMMON),
        Kind("very common words, the province's portal", COMMON, on_portal),
        Kind("very common words, a value", COMMON, ({"facets": values[0]},)),
        Kind("very common words, newest first", COMMON, ({"sort": Sort.NEWEST},)),
        Kind("numbers", texts["number"]),
        Kind("numbers alone", tuple(row["so_ky_hieu"] for row in rows[:: len(rows) // _MOST])[:_MOST]),
        Kind("listing, all portals", filters=({}, deep, {"sort": Sort.OLDEST})),
        Kind("listing, the province's portal", filters=(*on_portal, on_portal[0] | deep)),
        Kind("listing, one value", filters=tuple({"facets": one} for one in values)),
        Kind("listing, a portal and a value", filters=tuple({"facets": one, **on_portal[0]} for one in values)),
        Kind("listing, two values", filters=({"facets": values[0] | values[1]}, {"facets": values[0] | values[2]})),
    ]


_GROUPS = ("question", "topic", "number")


def _fragment(text):
    words = re.findall(r"[^\W_]+", text)
    first = crc32(text.encode()) % max(1, len(words) - _WORDS)
    return " ".join(words[first : first + _WORDS])


def timed(engine, kind: Kind) -> list[float]:
    """Return the milliseconds of each query of a kind, after a first round."""
    from search.engine import EngineFailed

    queries = list(kind.queries())
    times = []
    # What is asked in a moment is asked more often.
    for turn in range(1 + _ROUNDS * max(1, 20 // len(queries))):
        for query in queries:
            begun = time.perf_counter()
            # What took too long is no answer, and counts with the time it took.
            with suppress(EngineFailed):
                engine.find(query)
            if turn:
                times.append((time.perf_counter() - begun) * 1000)
    return times


def lines(engine, rows: list[dict], only: str = "") -> Iterator[str]:
    """Yield a table in Markdown."""
    yield from ("| milliseconds | queries | p50 | p95 | longest |", "|---|---:|---:|---:|---:|")
    for kind in kinds(rows):
        if only in kind.name:
            times = timed(engine, kind)
            cuts = quantiles(times, n=100)
            yield f"| {kind.name} | {len(times)} | {cuts[49]:.0f} | {cuts[94]:.0f} | {max(times):.0f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=search.DOCUMENTS)
    parser.add_argument("--articles", type=int, default=6, help="documents whose articles one has: passages in all")
    parser.add_argument("--fill", action="store_true", help="make the index anew")
    parser.add_argument("--only", default="", help="kinds whose name has these letters")
    options = parser.parse_args()
    if not os.environ.get("DATABASE_URL"):
        parser.exit(2, "DATABASE_URL must name a database whose search index may be replaced\n")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    from search.database.engine import DatabaseEngine

    engine, rows = DatabaseEngine(), search_corpus.documents()
    if options.fill or not engine.has_index():
        search._fill(engine, things(rows, options.documents, options.articles))
    for line in lines(engine, rows, options.only):
        print(line, flush=True)


if __name__ == "__main__":
    main()
