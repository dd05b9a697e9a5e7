"""Proposes relations between documents from the words of the citing one; an editor confirms them.

The preamble's "Căn cứ …" lines (Decree 34/2016/NĐ-CP, Article 61; Decree 30/2020/NĐ-CP, Appendix I) name the legal
bases; final provisions and amending articles say what is replaced, repealed, amended or guided, and from which day.
A document in the title of another one is the object of neither.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from legal_docs.enums import RelationKind

from .numbered import day_said
from .references import Citation, DocumentReference


@dataclass(frozen=True)
class ProposedRelation:
    """What a text says that its document does to another one.

    `since` is the day that the text says, None for the day on which the citing document takes effect.
    """

    kind: RelationKind
    document: DocumentReference
    elements: tuple[str, ...]
    since: date | None
    start: int
    end: int
    text: str


_AFTER_VERB = (
    r"(?:\s+(?:toàn\s+bộ|một\s+số\s+(?:điều|khoản|điểm|nội\s+dung|quy\s+định)|các|những|cho|hiệu\s+lực|nội\s+dung|quy\s+định"
    r"|của|tại|và\s+hướng\s+dẫn|thi\s+hành|văn\s+bản|tên|sau\s+đây|sau)\b,?)*"
)
_VERBS = (
    (RelationKind.REPLACES, r"thay\s+thế"),
    (RelationKind.REPEALS, r"(?:bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ)"),
    (RelationKind.CORRECTS, r"đính\s+chính"),
    (RelationKind.SUSPENDS, r"(?:ngưng\s+hiệu\s+lực|đình\s+chỉ\s+(?:việc\s+)?thi\s+hành)"),
    (RelationKind.AMENDS, r"(?:sửa\s+đổi(?:\s*,\s*bổ\s+sung)?|bổ\s+sung)"),
    (RelationKind.GUIDES, r"(?:quy\s+định\s+chi\s+tiết|hướng\s+dẫn)"),
)
_VERB = {kind: re.compile(rf"(?<!\w){words}{_AFTER_VERB}", re.IGNORECASE) for kind, words in _VERBS}
_EXPIRES = re.compile(r"hết\s+hiệu\s+lực", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:được|bị|đã|việc|về|quyền)\s+$", re.IGNORECASE)
_BASIS = re.compile(r"\s*(?:[-–]\s*)?căn\s+cứ\s+(?:vào\s+)?(?:các\s+)?", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\n]+?(?:\.(?=\s+[A-ZĐÀ-Ỹ])|(?=\n)|$)")
_NEXT_ITEM = re.compile(r"(?:;\s*(?:và\s+)?|,\s*(?:và\s+)?|\svà\s+|\shoặc\s+)(?:các\s+|của\s+|tại\s+)*$")
_AFTER_SEMICOLON = re.compile(r";\s*(?:và\s+)?(?:các\s+)?$")
_ITEM_LINE = re.compile(r"\s*(?:[a-zđ]\d?\s?\)|[-–+])")
_SINCE = re.compile(r"(?:kể\s+)?từ\s+(?:ngày\s+)?")
_EFFECTIVE = re.compile(r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s*(?:kể\s+)?từ\s+(?:ngày\s+)?", re.IGNORECASE)
_ACCORDING_TO = re.compile(r"(?<!\w)(?:theo|căn\s+cứ|trái|phù\s+hợp)(?!\w)", re.IGNORECASE)
_PROVISIONS = re.compile(r"\s*(?:\d{1,3}\s?\.\s*)?(?:những|các|một\s+số)\s+(?:nội\s+dung|quy\s+định)", re.IGNORECASE)
_FARTHEST_OBJECT = 40


def legal_bases(text: str, citations: list[Citation]) -> list[ProposedRelation]:
    """Return the documents that the lines beginning with "Căn cứ" of a preamble name as bases."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        basis = _BASIS.match(line[0])
        if basis:
            inside = _within(citations, line.start(), line.end())
            found += [
                _relation(RelationKind.BASED_ON, one, None)
                for one in _objects(text, inside, line.start() + basis.end())
            ]
    return found


def proposed_relations(text: str, citations: list[Citation]) -> list[ProposedRelation]:
    """Return what the text does to other documents, in order and without repeats."""
    found, introduced = {}, None
    for sentence in _SENTENCE.finditer(text):
        begin, end = sentence.span()
        inside = [one for one in _within(citations, begin, end) if not one.is_quoted]
        if introduced and not _ITEM_LINE.match(sentence[0]):
            introduced = None
        kinds = list(_of_sentence(text, begin, end, inside))
        if not kinds and introduced:
            start = begin + _ITEM_LINE.match(sentence[0]).end()
            kinds = [(introduced[0], introduced[1], one) for one in _objects(text, inside, start)]
        for kind, since, citation in kinds:
            relation = _relation(kind, citation, since)
            named = relation.document.number or relation.document.name
            found.setdefault((relation.kind, named, relation.elements), relation)
        if sentence[0].rstrip().endswith(":") and not kinds:
            introduced = _introduction(sentence[0]) or introduced
    return list(found.values())


def effective_on(text: str) -> date | None:
    """Return the day from which the text says that its document is in force: "có hiệu lực thi hành từ ngày …"."""
    found = _EFFECTIVE.search(text)
    return day_said(text, found.end()) if found else None


def _of_sentence(text, begin, end, inside) -> Iterator[tuple[RelationKind, date | None, Citation]]:
    others = [one for one in inside if not one.document.is_self]
    if not others:
        return
    if expires := _EXPIRES.search(text, begin, end):
        before = [one for one in inside if one.end <= expires.start()]
        since = _since(text, expires.end(), end)
        kind = RelationKind.PARTLY_REPEALS if _PROVISIONS.match(text, begin) else RelationKind.REPEALS
        yield from ((kind, since, one) for one in _objects(text, before, others[0].start))
        inside = [one for one in inside if one.start >= expires.end()]
        begin = expires.end()
    for kind, pattern in _VERB.items():
        for verb in pattern.finditer(text, begin, end):
            if not _is_own(kind, text, begin, verb, inside):
                continue
            after = [one for one in inside if one.start >= verb.end() - 1]
            yield from ((kind, None, one) for one in _objects(text, after, verb.end()))
            break


def _is_own(kind, text, begin, verb, inside):
    """Whether the citing document itself does it, not a document that is named before with its title."""
    before = [one for one in inside if one.end <= verb.start()]
    is_passive = _PASSIVE.search(text, max(0, verb.start() - 8), verb.start())
    if is_passive or any(not one.document.is_self for one in before):
        return False
    said_before = text[begin : verb.start()].strip()
    if kind in (RelationKind.AMENDS, RelationKind.GUIDES):
        itself = [one for one in before if not one.elements and not text[one.end : verb.start()].strip(" ,")]
        return bool(itself) or len(said_before) < 8
    return True


def _introduction(sentence):
    """Return (kind, day) of a sentence that a list of documents follows: "Các văn bản sau đây hết hiệu lực …:"."""
    if expires := _EXPIRES.search(sentence):
        return RelationKind.REPEALS, _since(sentence, expires.end(), len(sentence))
    for kind in (RelationKind.REPLACES, RelationKind.REPEALS):
        if _VERB[kind].search(sentence):
            return kind, None
    return None


def _objects(text, citations, start):
    """Return the citations that a verb ending at start is about: those of its list, not those in titles."""
    objects, previous, is_object = [], None, False
    for citation in citations:
        gap = text[previous.end if previous else start : citation.start]
        if previous is None:
            is_object = len(gap) <= _FARTHEST_OBJECT and not _ACCORDING_TO.search(gap)
        elif _AFTER_SEMICOLON.search(gap[-12:]):
            is_object = True
        elif not _is_list(gap, previous, citation):
            is_object = False
        if is_object and not citation.document.is_self:
            objects.append(citation)
        previous = citation
    return objects


def _is_list(gap, previous, citation):
    if not _NEXT_ITEM.search(gap[-20:]):
        return False
    # "Luật A và Luật B" after a title belong to the title, "… quy định về X và Nghị định số B" does not.
    return len(gap) < 20 or bool(citation.document.number) or previous.document == citation.document


def _relation(kind, citation, since):
    if citation.elements and kind in (RelationKind.REPLACES, RelationKind.REPEALS):
        kind = RelationKind.PARTLY_REPEALS
    return ProposedRelation(
        kind, citation.document, citation.elements, since, citation.start, citation.end, citation.text
    )


def _since(text, position, end):
    found = _SINCE.search(text, position, min(end, position + 40))
    return day_said(text, found.end()) if found else None


def _within(citations, begin, end):
    first = bisect_left(citations, begin, key=lambda one: one.start)
    until = bisect_left(citations, end, key=lambda one: one.start)
    return [one for one in citations[first:until] if one.end <= end]
