"""Citations: precision and recall of the finder on passages that were labelled by reading, and its speed.

.venv/bin/python -m benchmarks.citations [LABELS] [--errors]

--errors shows what is wrong or missed in the tuning part, never in the other.
"""

import argparse
import hashlib
import json
import os
import random
import re
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from legal_docs.citations import Candidate, Citation, CitingDocument, DocumentReference, Reader, resolve
from legal_docs.citations.labels import plain_label
from legal_docs.citations.names import name_key

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("CONGKHAI_DATA") or ROOT.parent / "shared" / "data")
LABELS = ROOT / "benchmarks" / "data" / "citations.jsonl"
PARTS = ("tuning", "held_out")
THIS = "this"
_LABEL_STEPS = {
    "art": "art",
    "para": "cl",
    "point": "pt",
    "sec": "sec",
    "subsec": "subsec",
    "chp": "chp",
    "part": "part",
    "att": "app",
}


@dataclass
class Score:
    """How many links were found, are labelled, and agree; `exact` have the same span as well."""

    found: int = 0
    labelled: int = 0
    right: int = 0
    exact: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0


class IndexRegistry:
    """The documents of the real index, with a law in force until another of the same name is."""

    def __init__(self, records: list[dict]):
        self._numbers = defaultdict(list)
        named = defaultdict(list)
        for record in records:
            candidate = Candidate(record["so_ky_hieu"], _day(record["ngay_ban_hanh"]), _day(record["ngay_hieu_luc"]))
            self._numbers[record["so_ky_hieu"]].append(candidate)
            if record["loai"] in ("Luật", "Bộ luật", "Pháp lệnh") and record["trich_yeu"]:
                named[name_key(record["trich_yeu"])].append(candidate)
        self._names = {name: _in_turn(candidates) for name, candidates in named.items()}

    def with_number(self, number: str) -> list[Candidate]:
        return self._numbers.get(number) or [Candidate(number)]

    def with_name(self, key: str) -> list[Candidate]:
        return self._names.get(key, [])


def report(quick: bool) -> list[str]:
    """Score the labels that are in the project and measure the speed; return Markdown lines."""
    return measure(LABELS, quick=quick)


def measure(labels: Path, *, quick: bool = False, with_errors: bool = False) -> list[str]:
    """Return Markdown lines; the data of ../shared/data (or CONGKHAI_DATA) must be there."""
    for needed in (DATA / "legal_documents.jsonl", labels):
        if not needed.exists():
            return [f"## Citations: not measured, {needed.name} is not there (for the data set CONGKHAI_DATA)"]
    documents = _documents()
    passages = _records(labels)
    scores = _score(passages, documents, _registry(), with_errors)
    lines = [
        "## Citations",
        "",
        f"{len(passages)} passages labelled by reading. Right: the spans overlap, document and elements are the same.",
        "",
        "| part | labelled | found | right | precision | recall | same span |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(_row(part, scores[part]) for part in (*PARTS, "all")),
        "",
    ]
    return lines + _speed(list(documents.values()), quick)


def scores_of(labels: Path) -> dict[str, Score]:
    """Return the scores of the labels by part, and of "all"."""
    return _score(_records(labels), _documents(), _registry(), with_errors=False)


def _documents():
    return {record["so_ky_hieu"]: record for record in _records(DATA / "legal_documents.jsonl")}


def _registry():
    return IndexRegistry(_records(DATA / "legal_documents_index.jsonl"))


def _row(part, score):
    return (
        f"| {part} | {score.labelled} | {score.found} | {score.right} | {score.precision:.4f} | {score.recall:.4f} "
        f"| {score.exact} |"
    )


def _score(passages, documents, registry, with_errors):
    scores = {part: Score() for part in (*PARTS, "all")}
    by_document = defaultdict(list)
    for passage in passages:
        by_document[passage["document"]].append(passage)
    for number, wanted in by_document.items():
        found = citations_of(documents[number])
        for passage in wanted:
            begin, end = _where(documents[number], passage)
            inside = [one for one in found[passage["index"]] if begin <= one.start and one.end <= end]
            links = [_link(one, begin, documents[number], registry) for one in inside]
            show = with_errors and passage["part"] == "tuning"
            _compare(links, passage, (scores[passage["part"]], scores["all"]), show)
    return scores


def citations_of(record: dict) -> list[list[Citation]]:
    """Return the citations of each article of a record, read in order."""
    document = CitingDocument(form=record["loai"], number=record["so_ky_hieu"], title=record["trich_yeu"] or "")
    reader = Reader(document)
    return [_of_article(reader, article) for article in record["dieu"]]


def _of_article(reader, article):
    chapter = re.match(r"Chương ([IVXLC]+)\b", article["chuong"] or "")
    at = f"chp_{plain_label(chapter[1])}__art_{article['dieu']}" if chapter else f"art_{article['dieu']}"
    reader.read(f"Điều {article['dieu']}. {article['tieu_de'] or ''}", at)
    return reader.read(article["noi_dung"] or "", at)


def _where(record, passage):
    """Return the span of a passage in its article; raise ValueError if the data has other words there."""
    begin, end = passage["begin"], passage["begin"] + passage["length"]
    words = record["dieu"][passage["index"]]["noi_dung"][begin:end]
    if not hashlib.sha256(words.encode()).hexdigest().startswith(passage["sha256"]):
        raise ValueError(f"passage {passage['id']} is not in the data")
    return begin, end


def _link(citation, offset, record, registry):
    day = _day(record["ngay_ban_hanh"]) or _day(record["ngay_hieu_luc"]) or date(2020, 1, 1)
    key = resolve(citation.document, day, registry, THIS)
    if key is None and citation.document.name:
        key = resolve(citation.document, _day(record["ngay_hieu_luc"]) or day, registry, THIS)
    if key == record["so_ky_hieu"]:
        key = THIS
    elements = frozenset(label_path(element) for element in citation.elements)
    return (citation.start - offset, citation.end - offset, key, elements, citation)


def label_path(element_id: str) -> str:
    """Return the path that the labels use for an element id: "art_10/cl_2/pt_đ" for "art_10__para_2__point_dd"."""
    steps = []
    for step in element_id.split("__"):
        name, _, label = step.partition("_")
        label = label.replace("dd", "đ").replace("-", ".")
        steps.append(f"{_LABEL_STEPS[name]}_{label}" if label else _LABEL_STEPS[name])
    return "/".join(steps)


def _compare(links, passage, scores, show):
    labels = passage["citations"]
    unmatched = list(range(len(labels)))
    right, exact, wrong = 0, 0, []
    for link in links:
        match = next((index for index in unmatched if _is_same(link, labels[index], passage["document"])), None)
        if match is None:
            wrong.append(link)
            continue
        unmatched.remove(match)
        right += 1
        exact += (link[0], link[1]) == (labels[match]["start"], labels[match]["end"])
        if show and (link[0], link[1]) != (labels[match]["start"], labels[match]["end"]):
            print(f"{passage['id']:4} span    {link[4].text!r} / {labels[match]['text']!r}")
    for score in scores:
        score.found += len(links)
        score.labelled += len(labels)
        score.right += right
        score.exact += exact
    if show:
        for start, _, key, elements, citation in wrong:
            print(f"{passage['id']:4} wrong   {start} {citation.text!r} {key} {sorted(elements)} {citation.document}")
        for index in unmatched:
            label = labels[index]
            print(
                f"{passage['id']:4} missed  {label['start']} {label['text']!r} {label['document']} {label['elements']}"
            )


def _is_same(link, label, own_number):
    start, end, key, elements, citation = link
    if start >= label["end"] or label["start"] >= end or elements != frozenset(label["elements"]):
        return False
    wanted = THIS if label["document"] == own_number else label["document"]
    return key == wanted or (key is None and _is_same_unresolved(citation.document, label))


def _is_same_unresolved(reference: DocumentReference, label):
    """A law that the index does not hold: the same name counts."""
    if label["document"] == reference.number:
        return True
    return bool(reference.name and label.get("name")) and name_key(reference.name) == name_key(label["name"])


def _speed(documents, quick):
    articles = [article for document in documents for article in document["dieu"] if article["noi_dung"]]
    random.Random(5).shuffle(articles)
    wanted = 100_000 if quick else 1_000_000
    text, size = [], 0
    while size < wanted:
        text.append(articles[len(text)]["noi_dung"])
        size += len(text[-1])
    started = time.perf_counter()
    count = len(Reader(CitingDocument("Luật")).read("\n".join(text)))
    return [
        f"{size:,} characters of real articles read in {time.perf_counter() - started:.1f} s, {count:,} citations.",
        "",
    ]


def _in_turn(candidates):
    ordered = sorted(candidates, key=lambda one: one.effective_on or date.min)
    ends = [one.effective_on for one in ordered[1:]] + [None]
    return [Candidate(one.key, one.issued_on, one.effective_on, end) for one, end in zip(ordered, ends, strict=True)]


def _records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _day(text):
    return date.fromisoformat(text) if text else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", nargs="?", type=Path, default=LABELS)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    print("\n".join(measure(options.labels, with_errors=options.errors)))


if __name__ == "__main__":
    main()
