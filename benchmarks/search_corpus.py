"""The corpus by which the search is judged: the real documents of the data set, one row for each.

.venv/bin/python -m benchmarks.search_corpus TARGET

The documents stay in the data set (CONGKHAI_DATA, or ../shared/data); the judgements name them by the keys made here.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django

from core.text import normalise
from legal_docs.document_types import possible_types
from legal_docs.numbers import NoNumber, parse_number, rejoin

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("CONGKHAI_DATA") or ROOT.parent / "shared" / "data")
# The first has what the second lists again without articles.
FILES = ("legal_documents.jsonl", "legal_documents_index.jsonl", "binhduong_documents.jsonl")
# Two documents that were issued under one number on one day are told apart by what they are about.
_TOLD_APART = 60


@dataclass(frozen=True)
class Source:
    """A row of the data with its number and abstract as they are stored by a portal."""

    number: str
    abstract: str
    row: dict

    @property
    def day(self) -> str:
        return self.row.get("ngay_ban_hanh") or ""

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.number, self.day, "" if self.row.get("loai") else self.abstract.casefold()[:_TOLD_APART]


def missing() -> str:
    """Return the name of a file of the data that is not there, "" where all are."""
    return next((name for name in FILES if not (DATA / name).is_file()), "")


def documents() -> list[dict]:
    """Return the rows of the corpus: id, so_ky_hieu, loai, co_quan, ngay_ban_hanh, trich_yeu, dieu.

    The id is the number in its one form, followed by the date ("1707/QĐ-UBND@2022-07-15") where others have that number
    too, and by a place in turn where even that is not enough.
    """
    sources = list(_first_of_each(_sources()))
    numbers = Counter(source.number for source in sources)
    days = Counter((source.number, source.day) for source in sources)
    turns = Counter()
    rows = []
    for source in sources:
        key = source.number
        if numbers[source.number] > 1:
            key += f"@{source.day or 'undated'}"
        if days[source.number, source.day] > 1:
            turns[key] += 1
            key += f"@{turns[key]}"
        rows.append(_row(key, source))
    return rows


def _sources() -> Iterator[Source]:
    for name in FILES:
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            number, abstract = _number(row.get("so_ky_hieu") or "", normalise(row.get("trich_yeu") or ""))
            if number:
                yield Source(number, abstract, row)


def _number(text, abstract):
    """Return number and abstract as an import has them; no number where a portal would refuse the row."""
    try:
        return str(parse_number(text)), abstract
    except NoNumber:
        return rejoin(text, abstract) or ("", abstract)


def _first_of_each(sources: Iterable[Source]) -> Iterator[Source]:
    seen = set()
    for source in sources:
        if source.identity not in seen:
            seen.add(source.identity)
            yield source


def _row(key, source):
    row = source.row
    articles = row.get("dieu") or []
    return {
        "id": key,
        "so_ky_hieu": source.number,
        "loai": normalise(row.get("loai") or "") or _type(source.number),
        "co_quan": normalise(row.get("co_quan_ban_hanh") or ""),
        "ngay_ban_hanh": source.day,
        "trich_yeu": source.abstract,
        "dieu": [{name: article.get(name) or "" for name in ("dieu", "tieu_de", "noi_dung")} for article in articles],
    }


def _type(number):
    """Return the type that a symbol says, "" where it says none: official letters, minutes of the Party."""
    types = possible_types(parse_number(number))
    return types[0].form if types else ""


def write(target: Path) -> int:
    """Write the corpus and return how many documents it has."""
    rows = documents()
    with target.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    absent = missing()
    if absent:
        parser.exit(1, f"{absent} is not there (for the data set CONGKHAI_DATA)\n")
    print(f"{write(options.target)} documents")


if __name__ == "__main__":
    main()
