"""What the finder remembers while it reads a document: its place, documents named before, what is being amended."""

import re
from dataclasses import dataclass, replace

from .documents import DocumentRecogniser
from .elements import Place
from .families import family
from .references import THIS_DOCUMENT, CitingDocument, DocumentReference

_ARTICLE = re.compile(r"\s*[“\"]?\s*Điều\s+(\d{1,4}[a-zđ]{0,2})\s*[.:]")
_CLAUSE = re.compile(r"\s*[“\"]?\s*(\d{1,3}[a-zđ]?)\s?[.]\s?(?![\d])")
_POINT = re.compile(r"\s*[“\"]?\s*([a-zđ]\d{0,2})\s?\)")
_AMENDING_VERB = (
    r"(?:sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|thay\s+thế|thay|bỏ|đính\s+chính|chuyển|hết\s+hiệu\s+lực)"
)
AMENDING = re.compile(
    rf"\s*(?:Điều\s+\d+\w?\s*[.:]\s*)?(?:\d{{1,3}}[a-zđ]?\s?\.\s?|[a-zđ]\s?\)\s?)?{_AMENDING_VERB}"
    rf"(?:\s*(?:,|và|hoặc|,\s*và)\s*{_AMENDING_VERB})*\s+"
    r"(?=một số|các|tên|cụm|từ|điểm|khoản|điều|mục|chương|phần|phụ lục|tiêu đề|đoạn|nội dung|mẫu|luật|bộ luật"
    r"|nghị|thông|quyết|pháp|quy)",
    re.IGNORECASE,
)
_LEVELS = ("document", "article", "clause", "point")


@dataclass
class Amendment:
    """What a text amends at some level of it: the document, and the element whose new wording follows in quotes."""

    document: DocumentReference
    place: Place = Place()


class Context:
    """The state of reading one document from its beginning to its end."""

    def __init__(self, document: CitingDocument, recogniser: DocumentRecogniser):
        self.document = document
        self.recogniser = recogniser
        self.place = self._entered = Place()
        self.quoted_place = Place()
        self.is_in_quotes = False
        self._amendments: dict[str, Amendment] = {}
        self._latest: dict[str, DocumentReference] = {}
        self._seen: dict[tuple[str, str], set[DocumentReference]] = {}

    @property
    def amendment(self) -> Amendment | None:
        """The innermost amendment that is going on here."""
        return next((self._amendments[level] for level in reversed(_LEVELS) if level in self._amendments), None)

    def here(self, *, is_quoted: bool) -> tuple[DocumentReference, Place]:
        """The document and place that "this" refers to: in quoted new wording those of the amended document."""
        if is_quoted and self.amendment:
            return self.amendment.document, self.quoted_place
        return THIS_DOCUMENT, self.place

    def go_to(self, place: Place) -> None:
        """Set the place of the text that is read next; amendments of an element that was left are over."""
        if place.article != self.place.article or place.attachment != self.place.attachment:
            self._forget("article")
        elif place.clause != self.place.clause:
            self._forget("clause")
        if place != self._entered:
            self.is_in_quotes = False
        self.place = self._entered = place

    def begin_line(self, line: str) -> None:
        """Follow the numbers at the beginning of a line: "2." is a clause, "a)" a point, in quotes as well."""
        begins_quote = bool(self.amendment) and line.lstrip()[:1] in ("“", '"')
        if begins_quote:
            self.is_in_quotes = True
        if self.is_in_quotes:
            self.quoted_place = _moved(self.quoted_place, line)
            return
        moved = _moved(self.place, line)
        for level in ("article", "clause", "point"):
            if getattr(moved, level) != getattr(self.place, level):
                self._forget(level)
                break
        self.place = moved

    def end_line(self, line: str) -> None:
        """Notice where quoted new wording ends."""
        closing = line.rstrip(" .;,")[-1:]
        if self.is_in_quotes and closing in ("”", '"') and line.count("“") <= line.count("”"):
            self.is_in_quotes = False

    def amend(self, document: DocumentReference | None, place: Place) -> None:
        """Remember what the line amends; without a document it is the one that is amended already."""
        level = next((name for name in reversed(_LEVELS[1:]) if getattr(self.place, name)), "document")
        current = self.amendment
        document = document or (current.document if current else None)
        if document is not None:
            self._amendments[level] = Amendment(document, place)
            self.quoted_place = place

    def _forget(self, level):
        for inner in _LEVELS[_LEVELS.index(level) :]:
            self._amendments.pop(inner, None)

    def remember(self, reference: DocumentReference) -> None:
        """Remember a document, so that "Nghị định 43", or "Nghị định này" in a circular, can mean it later."""
        if not (reference.is_self or reference.says_only_form or reference.is_nothing):
            self._latest[family(reference.form)] = reference
        if reference.is_complete:
            for beginning in _beginnings(reference.number):
                self._seen.setdefault((family(reference.form), beginning), set()).add(_bare(reference))

    def completed(self, reference: DocumentReference) -> DocumentReference:
        """Return the reference with the number that an unfinished one ("43/2011") has earlier in the document."""
        if reference.is_nothing:
            return self._latest.get(family(reference.form), reference)
        if not reference.number or reference.is_complete:
            return reference
        seen = self._seen.get((family(reference.form), reference.number), set())
        numbers = {one.number for one in seen}
        if len(numbers) != 1:
            return reference
        return replace(reference, number=numbers.pop(), name=reference.name)

    def define(self, short_name: str, reference: DocumentReference) -> None:
        """Remember a short name that the document gives to another one."""
        self.recogniser.short_names.add(short_name, _bare(reference))


def _moved(place, line):
    if article := _ARTICLE.match(line):
        return place.entering("article", article[1])
    if clause := _CLAUSE.match(line):
        return place.entering("clause", clause[1])
    if point := _POINT.match(line):
        return place.entering("point", point[1])
    return place


def _bare(reference):
    return replace(reference, issued_on=None)


def _beginnings(number):
    """Return what "43/2011/NĐ-CP" may be shortened to: "43/2011" and "43"."""
    parts = number.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
