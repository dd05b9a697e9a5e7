"""Reading of real files: source, pages, time, memory, and whether every article is found in order.

Needs no database. The files are looked for beside the checkout in ../shared/data/files, or where CONGKHAI_DATA says:

DJANGO_SETTINGS_MODULE=cms.settings.test .venv/bin/python -m benchmarks.reading
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections import Counter
from pathlib import Path

import django
import pypdfium2

from legal_docs.reading import Limits, UnreadableFile, read
from legal_docs.structure.blocks import Block, Paragraph
from legal_docs.structure.parsing import parse

ROOT = Path(__file__).resolve().parent.parent
FILES = Path(os.environ.get("CONGKHAI_DATA") or ROOT.parent / "shared" / "data") / "files"
_LONG_PAGES = 2_000
_HEADS = re.compile(r"CÔNG BÁO|Ký bởi|Người ký|Ngày ký|Thời gian ký|Cơ quan:|Email:")


def report(quick: bool) -> list[str]:
    """Read all files (quick: without the long one); return Markdown lines."""
    if not FILES.is_dir():
        return ["## Reading: not measured, the real files are not there (for their folder CONGKHAI_DATA)"]
    paths = sorted(path for path in FILES.iterdir() if path.suffix != ".json")
    return [
        "## Reading",
        "",
        "Peak memory is that of the largest process: the worker, LibreOffice or Tesseract.",
        "",
        "| file | source | pages | seconds | peak MiB | blocks | articles | what is said |",
        "|---|---|---:|---:|---:|---:|---|---|",
        *(_row(path.name, _measured(path)) for path in paths),
        *([] if quick else [_row(f"{_LONG_PAGES:,} pages (13-2022 over and over)", _long())]),
        "",
        *_words([path for path in paths if path.suffix == ".pdf"]),
    ]


def _row(name, found):
    if "reason" in found:
        return f"| {name} | refused | | {found['seconds']:.1f} | {found['mebibytes']} | | | {found['reason']} |"
    pages = found["pages"] or ""
    return (
        f"| {name} | {found['source']} | {pages} | {found['seconds']:.1f} | {found['mebibytes']} | {found['blocks']} "
        f"| {found['articles']} | {'; '.join(found['remarks'])} |"
    )


def _measured(path):
    """Return what reading a file gives and costs; each in a process of its own, whose children can be told apart."""
    command = [sys.executable, "-m", "benchmarks.reading", "--one", str(path)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout.splitlines()[-1])


def _one(path):
    django.setup()
    watch = _Watch()
    began = time.perf_counter()
    try:
        with watch:
            reading = read(path, name=path.name, limits=Limits())
    except UnreadableFile as error:
        found = {"reason": str(error)}
    else:
        numbers = [article.number for article in parse(reading.blocks).articles()]
        found = {
            "source": str(reading.source),
            "pages": reading.pages,
            "blocks": len(reading.blocks),
            "articles": _in_words(numbers),
            "remarks": reading.remarks,
        }
    return {**found, "seconds": time.perf_counter() - began, "mebibytes": watch.peak // 1024}


class _Watch(threading.Thread):
    """Looks at what the children of this process hold; the kernel's own sum counts what a fork has from its parent."""

    def __init__(self):
        super().__init__(daemon=True)
        self.peak = 0
        self._over = threading.Event()

    def __enter__(self):
        self.start()

    def __exit__(self, *error):
        self._over.set()
        self.join()

    def run(self):
        while not self._over.wait(0.02):
            for number in _below(os.getpid()):
                self.peak = max(self.peak, _high_water(number))


def _below(number):
    """Return the processes that a process started, and those that they did."""
    try:
        tasks = [task.read_text().split() for task in Path(f"/proc/{number}/task").glob("*/children")]
    except OSError:
        return []
    children = [int(child) for found in tasks for child in found]
    return children + [further for child in children for further in _below(child)]


def _high_water(number):
    """Return the most memory that a process ever held, in KiB; before it runs its own program it is its parent's."""
    try:
        if Path(f"/proc/{number}/exe").resolve() == Path(sys.executable).resolve():
            command = Path(f"/proc/{number}/cmdline").read_bytes()
            if b"legal_docs.reading.worker" not in command:
                return 0
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{number}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _in_words(numbers):
    if not numbers:
        return "none"
    in_order = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return f"1–{len(numbers)}, in order" if in_order else f"{len(numbers)}, **not in order**"


def _long():
    source = pypdfium2.PdfDocument(FILES / "13-2022-tt-bldtbxh.pdf")
    target = pypdfium2.PdfDocument.new()
    while len(target) < _LONG_PAGES:
        target.import_pages(source, range(min(len(source), _LONG_PAGES - len(target))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        target.save(path)
        # Its articles begin anew every seven pages.
        return {**_measured(path), "articles": ""}


def _words(paths):
    """Compare the words of each PDF with those that poppler finds; running heads and stamps are left out by intent."""
    if shutil.which("pdftotext") is None:
        return ["Words are not compared: pdftotext (poppler-utils) is not installed."]
    rows = []
    for path in paths:
        try:
            reading = read(path, limits=Limits())
        except UnreadableFile:
            continue
        if reading.source != "pdf":
            continue
        ours, theirs = _counted(_text(reading.blocks)), _counted(_poppler(path))
        both = sum((ours & theirs).values())
        rows.append(
            f"| {path.name} | {sum(theirs.values())} | {both / sum(theirs.values()):.4f} | {_rest(theirs - ours)} |"
        )
    return [
        "Words of PDFs against pdftotext, lines with running heads and stamps aside:",
        "",
        "| file | words | of them read | not read |",
        "|---|---:|---:|---|",
        *rows,
    ]


def _poppler(path):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return "\n".join(line for line in text.splitlines() if not _HEADS.search(line))


def _text(blocks: tuple[Block, ...]) -> str:
    texts = []
    for block in blocks:
        cells = [block] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
        texts += [cell.text for cell in cells]
    return " ".join(texts)


def _counted(text):
    return Counter(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text)))


def _rest(words):
    return " ".join(words.elements())[:120]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="without the long file")
    parser.add_argument("--one", type=Path, help="one file, as JSON; for the benchmark itself")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_one(options.one)))
    else:
        django.setup()
        print("\n".join(report(options.quick)))


if __name__ == "__main__":
    main()
