"""Reads a document's text in order and yields its citations."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from .context import AMENDING, Context
from .definitions import short_names_in
from .documents import DocumentRecogniser, Named
from .elements import KINDS, Place, element_ids
from .grammar import Item, combine, start_with_form
from .names import Names
from .references import UNKNOWN, Citation, CitingDocument, DocumentReference
from .scanning import scan

_QUOTED = re.compile(r"“[^“”]*”")
_HEADING = re.compile(
    r"\s*[“\"]?\s*(?:Điều\s+\d{1,4}[a-zđ]{0,2}\s*[.:]"
    r"|(?:(?i:chương|mục|tiểu\s+mục|phần|phụ\s+lục))\s+(?:thứ\s+\w+|số\s+\d+|[IVXLC]+|\d+|[A-Z])\s*(?:$|[.:]|(?=\s+[A-ZĐÀ-Ỹ]{2,})))"
)


class Reader:
    """Finds the citations of one document, part by part in reading order, as short names are defined before use.

    The text must be in the stored form (`core.text.normalise`); positions are those of the given text.
    """

    def __init__(self, document: CitingDocument = UNKNOWN, names: Names | None = None):
        self._context = Context(document, DocumentRecogniser(document.form, names))
        if document.title:
            self._read_title(document.title)

    def read(self, text: str, at: str = "") -> list[Citation]:
        """Return the citations in the text of the element whose id is `at`; its lines may begin smaller elements."""
        self._context.go_to(Place.of_id(at))
        citations, start = [], 0
        for line in text.split("\n"):
            citations += self._read_line(line, start)
            start += len(line) + 1
        return citations

    def _read_title(self, title):
        self._read_line(title, 0)
        amended = re.search(r"(?i:sửa đổi|bổ sung|bãi bỏ).{0,80}?(?:của|bỏ)\s+(?=\w)", title)
        if amended:
            documents = _documents_in(scan(title, self._context.recogniser, amended.end()))
            if documents:
                self._context.amend(self._context.completed(documents[0]), Place())

    def _read_line(self, line, offset):
        context = self._context
        context.begin_line(line)
        heading = _HEADING.match(line)
        atoms = list(scan(line, context.recogniser, heading.end() if heading else 0))
        for document in _documents_in(atoms):
            context.remember(document)
        items = combine(line, atoms)
        is_amending = not context.is_in_quotes and AMENDING.match(line) is not None
        if is_amending:
            self._begin_amendment(line, items)
        citations = list(self._citations(line, offset, items, is_amending))
        defined = list(self._define_short_names(line, offset, citations))
        context.end_line(line)
        return sorted([*citations, *defined], key=lambda one: one.start) if defined else citations

    def _begin_amendment(self, line, items):
        """Notice what a line like "Sửa đổi khoản 2 Điều 5 Nghị định số … như sau:" amends."""
        first = next((item for item in items if not item.is_absorbed), None)
        if first is None:
            return
        document = _document_of(first)
        if first.outermost.is_document and (document is None or document.is_self):
            return
        if document is None:
            # "Bãi bỏ Mẫu số 01 tại điểm a khoản 2 Điều 9 và Mẫu số 02 tại khoản 1 Điều 11 Thông tư số …"
            until = line.find("như sau")
            documents = [_document_of(item) for item in items if until < 0 or item.start < until]
            document = next((one for one in documents if one and not one.is_self), None)
        place = Place.of_id((element_ids(_own_steps(first)) or ("",))[0]) if not first.is_document else Place()
        self._context.amend(self._context.completed(document) if document else None, place)

    def _citations(self, line, offset, items, is_amending):
        quotes = [found.span() for found in _QUOTED.finditer(line)] if self._context.amendment else []
        for item in items:
            if item.is_absorbed or not _is_citation(item):
                continue
            is_quoted = self._context.is_in_quotes or any(begin < item.start < end for begin, end in quotes)
            document, elements = self._target(item, is_amending, is_quoted)
            if not elements and (not item.is_document or document.is_nothing or item.atom.document.says_only_form):
                continue
            start, end = start_with_form(line, item), item.end
            yield Citation(
                start + offset, end + offset, line[start:end], document, elements,
                self._context.place.element_id, is_quoted,
            )  # fmt: skip

    def _target(self, item, is_amending, is_quoted) -> tuple[DocumentReference, tuple[str, ...]]:
        here, place = self._context.here(is_quoted=is_quoted)
        named = _document_of(item)
        if item.is_document:
            return self._said(named, here), ()
        steps = _own_steps(item)
        is_relative = not item.outermost.is_document and item.outermost.atom.is_relative
        if named is None and is_amending and self._context.amendment and not is_relative:
            return self._context.amendment.document, element_ids(steps)
        if named is not None:
            _add_article_before(item, steps)
            return self._said(named, here), element_ids(steps)
        _complete(steps, place, item.outermost.atom.kind)
        return here, element_ids(steps)

    def _said(self, reference, here):
        return here if reference.is_self else self._context.completed(reference)

    def _define_short_names(self, line, offset, citations) -> Iterator[Citation]:
        for definition in short_names_in(line):
            defined = definition.document_among(citations, definition.start + offset)
            if defined is None:
                continue
            self._context.define(definition.short_name, defined)
            start, end = definition.name_start + offset, definition.name_end + offset
            last = bisect_left(citations, end, key=lambda one: one.start)
            if not last or citations[last - 1].end <= start:
                yield Citation(start, end, definition.short_name, defined, (), self._context.place.element_id)


def find_citations(text: str, document: CitingDocument = UNKNOWN, at: str = "") -> list[Citation]:
    """Return the citations of one text that stands for itself."""
    return Reader(document).read(text, at)


def _documents_in(atoms):
    return [atom.document for atom in atoms if isinstance(atom, Named) and atom.document]


def _document_of(item):
    return item.outermost.atom.document if item.outermost.is_document else None


def _is_citation(item: Item) -> bool:
    """Whether the words are enough to cite by: "mục 3" is, if it says of what, and by itself it is not."""
    if item.outermost.is_document and item.outermost.atom.document is None:
        return False
    return item.is_document or item.atom.is_sure or bool(item.ancestors)


def _own_steps(item):
    return {
        part.atom.kind: part.atom.labels
        for part in [item, *item.ancestors]
        if not part.is_document and not part.atom.is_relative
    }


def _add_article_before(item, steps):
    """Give "khoản 2" of "Điều 6, khoản 2 của Luật này" its article, which stands before it."""
    if "clause" not in steps or any(kind in steps for kind in KINDS[3:]):
        return
    before = item.preceding
    while before is not None and not before.is_document:
        if before.atom.kind == "article" and not before.atom.is_relative:
            steps["article"] = before.atom.labels
            return
        before = before.preceding


def _complete(steps, place, outermost):
    """Add what stands around the text: "khoản 2" is in the article where it is said, "Điều này" is that article."""
    largest = max((KINDS.index(kind) for kind in steps), default=-1)
    for kind in KINDS[max(largest + 1, KINDS.index(outermost)) :]:
        if label := getattr(place, kind, ""):
            steps[kind] = (label,)
        elif kind == outermost and kind not in steps and "article" not in steps:
            steps.clear()
            return
