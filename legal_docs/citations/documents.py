"""Recognises a document where one is named in a text: "Nghị định số 43/2011/NĐ-CP", "Luật Đất đai", "Thông tư này"."""

import re
from dataclasses import dataclass

from .families import family
from .labels import COUNTED
from .names import Names, end_of_unknown_name, known_laws
from .numbered import NUMBER, date_after, is_known_symbol, normal_number, number_after
from .references import DocumentReference

# Longest first: the first that fits is taken.
FORMS = (
    "thông tư liên tịch", "thông tư liên bộ", "nghị quyết liên tịch", "văn bản hợp nhất", "hiến pháp", "bộ luật",
    "pháp lệnh", "nghị định", "nghị đinh", "nghị quyết", "thông tư", "quyết định", "chỉ thị", "sắc lệnh", "sắc luật",
    "công văn", "công điện", "thông báo", "kế hoạch", "quy chế", "quy định", "điều lệ", "nội quy", "quy trình",
    "quy chuẩn", "luật", "lệnh",
)  # fmt: skip
OUTSIDE = (
    r"nghị\s+định\s+thư|hiệp\s+định|công\s+ước|hiệp\s+ước|hiến\s+chương|hợp\s+đồng|bản\s+ghi\s+nhớ|chuẩn\s+mực|tiêu\s+chuẩn"
    r"|T?QC(?:XD)?VN|TC(?:XD)?(?:VN)?|ISO|IEC"
)
FORM = "|".join(form.replace(" ", r"\s+") for form in FORMS)
_ATTACHED_FORMS = frozenset(("quy chế", "quy định", "điều lệ", "nội quy", "quy trình", "quy chuẩn"))
_NAMED_FORMS = frozenset(("luật", "bộ luật", "pháp lệnh"))
_ALWAYS_DOCUMENTS = frozenset(("luật", "bộ luật", "pháp lệnh", "nghị định", "thông tư", "thông tư liên tịch"))
# Written by their number only ("Kế hoạch số 12/KH-UBND"); "Kế hoạch 5 năm" is none.
_ONLY_WITH_SYMBOL = _ATTACHED_FORMS | {"thông báo", "kế hoạch", "công văn", "công điện", "lệnh", "hiến pháp"}

_THIS = re.compile(r"\s+(?:này|nầy)(?!\w)")
_YEAR = re.compile(r"\s+(?:năm\s+|\(năm\s+)?(?P<year>(?:19|20)\d{2})(?![\w/])")
_NUMBER_OF_NAMED = re.compile(r"\s*(?:\(\s*)?(?:luật\s+)?số\s*:?\s*", re.IGNORECASE)
_AMENDING = re.compile(
    r"\s+sửa\s+đổi(?:\s*,\s*bổ\s+sung)?\s+(?:một\s+số\s+[Đđ]iều|các\s+[Đđ]iều|(?:[Đđ]iều|khoản)\s+\d+\w?)"
    r"(?:\s+và\s+[Pp]hụ\s+lục)?(?:\s+của)?\s+(?=(?:Bộ\s+)?[Ll]uật\s|Pháp\s+lệnh\s)",
    re.IGNORECASE,
)
_NAMED_FORM = re.compile(r"bộ\s+luật|luật|pháp\s+lệnh", re.IGNORECASE)
_CONSTITUTION = re.compile(
    r"(?:\s+(?:của\s+)?nước\s+Cộng\s+hòa\s+xã\s+hội\s+chủ\s+nghĩa\s+Việt\s+Nam)?(?:\s+năm\s+(?P<year>\d{4}))?"
)
_ISSUED_WITH = re.compile(r"[^.;\n]{0,300}?\s(?:kèm\s+theo|đính\s+kèm)\s", re.IGNORECASE)
_NO_LAW = re.compile(r"\s+(?:sư|gia|pháp)(?!\w)", re.IGNORECASE)
_BEFORE_FORM = re.compile(r"(\w+)\s+$")
_NO_DOCUMENT_NUMBER = frozenset(("mẫu", "biểu", "bảng", "phiếu", "đồng", "giấy", "lô", "thửa"))


@dataclass(frozen=True)
class Named:
    """A document that a text names from `start` to `end`; None for one that is not in the registry's world: a treaty,
    a technical standard, the charter of a company. Its articles are no citations.
    """

    start: int
    end: int
    document: DocumentReference | None


def outside_at(text: str, start: int, end: int) -> Named | None:
    """Return what stands there as something outside the registry, unless it was issued with a document named later."""
    if text[start].islower() and not text.startswith(("hợp", "điều"), start) or _ISSUED_WITH.match(text, end):
        return None
    return Named(start, end, None)


class DocumentRecogniser:
    """Recognises documents in the text of one citing document, which knows its own form and defines short names."""

    def __init__(self, form: str = "", names: Names | None = None):
        self._family = family(form)
        self._names = names or known_laws()
        self.short_names = Names()

    def at(self, text: str, start: int, form: str) -> Named | None:
        """Return the document that is named from start on, where `form` stands, or None."""
        kind, end = " ".join(form.lower().split()), start + len(form)
        return (
            self._this(text, start, end, kind)
            or self._numbered(text, start, end, kind)
            or self._constitution(text, start, end, kind)
            or self._short(text, start)
            or self._law_by_name(text, start, end, kind)
            or self._nothing_said(text, start, end, kind)
        )

    def short_name_at(self, text: str, start: int) -> Named | None:
        """Return the document whose short name, defined earlier in the document, begins here."""
        return self._short(text, start)

    @staticmethod
    def number_at(text: str, start: int) -> Named | None:
        """Return the document whose number stands alone, as in a list: "và số 113/2011/NĐ-CP"."""
        found = NUMBER.match(text, start)
        if not found or not found["symbol"] or not is_known_symbol(found["symbol"]):
            return None
        label = re.compile(r"số\s*:?\s*$", re.IGNORECASE).search(text, max(0, start - 6), start)
        begin = label.start() if label else start
        before = _BEFORE_FORM.search(text, max(0, begin - 12), begin)
        if (before and before[1].lower() in _NO_DOCUMENT_NUMBER) or not (found["year"] or label):
            return None
        return _named(text, begin, found.end(), "", found)

    def _this(self, text, start, end, kind):
        found = _THIS.match(text, end)
        is_own = not self._family or family(kind) == self._family
        is_written_small = is_own and kind in _ALWAYS_DOCUMENTS and _may_be_law(text, start)
        if found is None or not (text[start].isupper() or is_written_small):
            return None
        # At the beginning of a sentence "Quyết định này", "Quy định này" may be any decision or rule.
        is_surely_document = is_own or (kind in _ALWAYS_DOCUMENTS and kind not in _ATTACHED_FORMS)
        if not is_surely_document and text[max(0, start - 2) : start].rstrip()[-1:] in ("", ".", ";", ":"):
            return None
        is_self = is_own or kind in _ATTACHED_FORMS
        return Named(start, found.end(), DocumentReference(form=text[start:end], is_self=is_self))

    def _nothing_said(self, text, start, end, kind):
        """Only the form: "Điều 39 của Pháp lệnh" names an article, and of what the editor must find out."""
        if kind in _ATTACHED_FORMS:
            return outside_at(text, start, end)
        is_law = kind in _ALWAYS_DOCUMENTS and text[start].isupper() and not _NO_LAW.match(text, end)
        form, is_own = text[start:end], bool(self._family) and family(kind) == self._family
        return Named(start, end, DocumentReference(form, name=form, is_self=is_own)) if is_law else None

    @staticmethod
    def _numbered(text, start, end, kind):
        found = number_after(text, end, with_issuer=kind not in _ONLY_WITH_SYMBOL)
        if found is None:
            return None
        is_no_number = kind in _ONLY_WITH_SYMBOL or not text[start].isupper() or COUNTED.match(text, found.end())
        if not found["symbol"] and is_no_number:
            return None
        return _named(text, start, found.end(), text[start:end], found)

    @staticmethod
    def _constitution(text, start, end, kind):
        if kind != "hiến pháp" or not text[start].isupper():
            return None
        found = _CONSTITUTION.match(text, end)
        year = int(found["year"]) if found["year"] else None
        issued_on = date_after(text, found.end())
        return Named(start, found.end(), DocumentReference("Hiến pháp", "", "Hiến pháp", year, issued_on))

    def _short(self, text, start):
        found = self.short_names.longest_at(text, start) if text[start].isupper() else None
        if found is None:
            return None
        end, reference = found
        # "Luật" may be the short name of one law; "Luật sư" never is.
        if end - start < 6 and re.match(r"\s+(?:sư|gia|khác|số|của)(?!\w)", text[end : end + 8]):
            return None
        year = _YEAR.match(text, end)
        return None if year and reference.year and int(year["year"]) != reference.year else Named(start, end, reference)

    def _law_by_name(self, text, start, end, kind):
        if kind not in _NAMED_FORMS or not _may_be_law(text, start):
            return None
        amended = _AMENDING.match(text, end)
        name_from = _NAMED_FORM.match(text, amended.end()).end() if amended else end
        name_end = self._end_of_name(text, start, name_from)
        return self._with_year(text, start, name_end, text[start:end]) if name_end else None

    def _end_of_name(self, text, start, position):
        known = self._names.longest_at(text, position) if text[position : position + 1].isspace() else None
        if known:
            end = known[0]
            return end + 1 if text[end : end + 1] == ")" and "(" in text[start:end] else end
        return end_of_unknown_name(text, position) if text[start].isupper() else None

    @staticmethod
    def _with_year(text, start, end, form):
        name, year, number = text[start:end], None, ""
        if found := _YEAR.match(text, end):
            is_in_parentheses = "(" in found[0] and text.startswith(")", found.end())
            year, end = int(found["year"]), found.end() + is_in_parentheses
        elif label := _NUMBER_OF_NAMED.match(text, end):
            numbered = NUMBER.match(text, label.end())
            if numbered and numbered["symbol"]:
                number, end = normal_number(numbered), numbered.end()
        issued_on = date_after(text, end)
        reference = DocumentReference(form, number, name, year or (issued_on.year if issued_on else None), issued_on)
        return Named(start, end, reference)


def _may_be_law(text, start):
    if text[start].isupper():
        return True
    before = _BEFORE_FORM.search(text, max(0, start - 12), start)
    return not (before and before[1].lower() in ("pháp", "kỷ", "kỉ", "quy", "định", "dự", "bộ"))


def _named(text, start, end, form, found):
    issued_on = date_after(text, end)
    year = int(found["year"]) if found["year"] else issued_on.year if issued_on else None
    return Named(start, end, DocumentReference(form, normal_number(found), "", year, issued_on))
