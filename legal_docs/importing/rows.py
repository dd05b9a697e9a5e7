"""Checks the fields of a row and makes them one form, whichever list they come from."""

import re
from datetime import date

from django.utils.translation import gettext as _

from core.importing.refusals import RowError
from core.importing.texts import check_letters
from core.text import fold, normalise
from legal_docs.document_types import status_from
from legal_docs.enums import RelationKind, Scope, SigningCapacity, Status
from legal_docs.models import LegalDocument
from legal_docs.models.documents import LONGEST_ABSTRACT
from legal_docs.namesakes import NamedNumber, parse_named
from legal_docs.numbers import DocumentNumber, NoNumber, parse_number, rejoin
from sites.models import FieldOfWork

from .articles import articles_changed_by, text_of_articles
from .dates import read_day
from .headings import RELATION_FIELDS
from .kinds import KindFinder
from .records import NamedRelation, Row
from .rules import check_days, judge

MAX_TEXT = 10_000_000
MAX_FILES = 50
MAX_RELATIONS = 500
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BETWEEN = re.compile(r"\s*[;\n|]\s*")
_PLAIN = ("expiry_reason", "signer", "signer_position", "issued_at_place", "gazette_number", "sector", "source")
_DAYS = ("effective_on", "expires_on", "gazette_on")
# A file on the old site, not one that comes with the list.
_ELSEWHERE = ("http://", "https://", "/")
_YES, _NO = {"x", "co", "yes", "true", "1"}, {"", "khong", "no", "false", "0"}
_WORDS_OF_AMENDING = {
    "sua doi": RelationKind.AMENDS,
    "bo sung": RelationKind.AMENDS,
    # The list tells what is in force: what a later document repealed of it is a part.
    "bai bo": RelationKind.PARTLY_REPEALS,
    "thay the": RelationKind.REPLACES,
    "dinh chinh": RelationKind.CORRECTS,
    "huong dan": RelationKind.GUIDES,
}


class RowReader:
    """Reads rows for one run: knows types, issuers and fields of work."""

    def __init__(self, kinds: KindFinder, *, today: date, with_text: bool = True):
        self._kinds, self._today, self._with_text = kinds, today, with_text
        self._fields = {}
        for field in FieldOfWork.objects.all():
            self._fields |= {field.slug: field.pk, fold(field.name_vi): field.pk}

    def read(self, fields: dict) -> Row:
        """Return the checked row; raise RowError with the first thing that is wrong."""
        number, abstract = _number_and_abstract(fields)
        issued_on = read_day(fields.get("issued_on"), "ngay_ban_hanh")
        if issued_on is None:
            raise RowError(_("the date of issue is missing"))
        check_days(number, issued_on, self._today)
        said = {"said_type": _line(fields, "type"), "said_issuer": _line(fields, "issuer")}
        if not abstract:
            raise RowError(_("the abstract is missing"))
        kind = self._kinds.find(number, on=issued_on, abstract=abstract, **said)
        attributes, remarks = judge(kind.type, kind.issuers[0].level, issued_on, _attributes(fields))
        keys, unknown = self._fields_of_work(fields)
        relations, broken = _relations(fields, NamedNumber.of(number, kind.type.form))
        return Row(
            number=number,
            type=kind.type.id,
            issuer=kind.issuers[0],
            co_issuers=kind.issuers[1:],
            issued_on=issued_on,
            abstract=abstract,
            attributes=attributes,
            fields_of_work=keys,
            relations=relations,
            text=_text(fields) if self._with_text else "",
            files=_files(fields),
            remarks=(*kind.remarks, *remarks, *unknown, *broken),
        )

    def _fields_of_work(self, fields):
        names = [normalise(name) for name in _BETWEEN.split(_text_of(fields, "fields_of_work")) if name.strip()]
        found = [self._fields.get(name) or self._fields.get(fold(name)) for name in names]
        unknown = [name for name, key in zip(names, found, strict=True) if key is None]
        remark = _("no field of work is called “%(name)s”") if unknown else ""
        return tuple(sorted({key for key in found if key})), [remark % {"name": name[:80]} for name in unknown]


def _text_of(fields, name):
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool | dict) or (isinstance(value, list) and not all(isinstance(one, str) for one in value)):
        raise RowError(_("“%(name)s” must be text") % {"name": name})
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "\n".join(value) if isinstance(value, list) else str(value)
    check_letters(text, name)
    return _CONTROL.sub(" ", normalise(text))


def _line(fields, name):
    return " ".join(_text_of(fields, name).split())


def _number_and_abstract(fields) -> tuple[DocumentNumber, str]:
    number, abstract = _line(fields, "number"), _line(fields, "abstract")
    try:
        parsed = parse_number(number)
    except NoNumber as refusal:
        # A list that broke the number in two has its end before the abstract.
        joined = rejoin(number, abstract) if number else None
        if joined is None:
            raise RowError(str(refusal)) from refusal
        parsed, abstract = parse_number(joined[0]), joined[1]
    if len(abstract) > LONGEST_ABSTRACT:
        raise RowError(_("the abstract has more than %(count)d letters") % {"count": LONGEST_ABSTRACT})
    return parsed, abstract[:1].upper() + abstract[1:]


def _attributes(fields):
    found = {name: _fitting(name, _line(fields, name)) for name in _PLAIN}
    found |= {name: read_day(fields.get(name), name) for name in _DAYS}
    found["stated_status"] = _status(_line(fields, "stated_status"))
    found["is_shortened"] = _yes(_line(fields, "is_shortened"))
    found["signing_capacity"] = _choice(SigningCapacity, fields, "signing_capacity")
    found["scope"] = _choice(Scope, fields, "scope")
    found["sector"] = found["sector"] or _topics(fields.get("topics"))
    found["source"] = found["source"] or _address(fields)
    return {name: value for name, value in found.items() if value not in ("", None, False)}


def _fitting(name, text):
    limit = LegalDocument._meta.get_field(name).max_length
    if len(text) > limit:
        raise RowError(_("“%(name)s” has more than %(count)d letters") % {"name": name, "count": limit})
    return text


def _status(words):
    if not words:
        return ""
    found = status_from(words) or next((one for one in Status if words in (one.value, one.label)), None)
    if found is None:
        raise RowError(_("“%(words)s” is no status of a document that is known here") % {"words": words[:60]})
    return "" if found == Status.UNKNOWN else found.value


def _yes(words):
    plain = fold(words)
    if plain not in _YES | _NO:
        raise RowError(_("“%(words)s” is neither yes nor no") % {"words": words[:60]})
    return plain in _YES


def _choice(choices, fields, name):
    words = _line(fields, name)
    for choice in choices:
        if words and fold(words).rstrip(".") in (fold(choice.value).rstrip("."), fold(str(choice.label))):
            return choice.value
    if words:
        raise RowError(_("“%(name)s” cannot be “%(words)s”") % {"name": name, "words": words[:60]})
    return ""


def _topics(topics):
    """Return as many topics of the codification as fit: [{"so": "15.3", "ten": "Hộ tịch"}]."""
    if isinstance(topics, list):
        topics = [one.get("ten", "") if isinstance(one, dict) else one for one in topics]
    words = _text_of({"topics": topics}, "topics")
    limit, kept = LegalDocument._meta.get_field("sector").max_length, ""
    for name in filter(None, (" ".join(line.split()) for line in words.split("\n"))):
        if len(kept) + len(name) + 2 <= limit:
            kept = f"{kept}; {name}" if kept else name
    return kept


def _address(fields):
    """Return the web address of the source or of the original, which is not fetched."""
    limit = LegalDocument._meta.get_field("source").max_length
    for name in ("url", "files"):
        text = _text_of(fields, name).split("\n")[0].strip()
        if text.startswith(_ELSEWHERE) and len(text) <= limit:
            return text
    return ""


def _text(fields):
    text = _text_of(fields, "text")
    articles = fields.get("articles")
    if not text and articles:
        text = normalise(articles if isinstance(articles, str) else text_of_articles(articles))
        check_letters(text, "dieu")
    if len(text) > MAX_TEXT:
        raise RowError(_("the text has more than %(count)d million letters") % {"count": MAX_TEXT // 1_000_000})
    return text


def _files(fields):
    names = [name for name in _BETWEEN.split(_text_of(fields, "files")) if name]
    if len(names) > MAX_FILES:
        raise RowError(_("more than %(count)d files") % {"count": MAX_FILES})
    return tuple(dict.fromkeys(name for name in names if not name.startswith(_ELSEWHERE)))


def _relations(fields, own):
    """Return relations, and what the report says of those that name no document."""
    found, remarks = [], []
    for kind, is_inverse, form, words, on, elements in (*_amendments(fields), *_columns_of_relations(fields)):
        try:
            found.append(NamedRelation(kind, parse_named(words, form), on, elements, is_inverse))
        except NoNumber as refusal:
            # The document itself is whole; the other one's number is what the list has broken.
            remarks.append(_("left out: %(relation)s “%(words)s”. %(problem)s") % {
                "relation": kind.inverse if is_inverse else kind.label, "words": words[:60], "problem": refusal,
            })  # fmt: skip
    if len(found) > MAX_RELATIONS:
        raise RowError(_("more than %(count)d relations") % {"count": MAX_RELATIONS})
    return tuple(dict.fromkeys(one for one in found if not one.number.may_be(own))), remarks


def _columns_of_relations(fields):
    for name, (kind, is_inverse) in RELATION_FIELDS.items():
        for words in filter(None, _BETWEEN.split(_text_of(fields, name))):
            yield kind, is_inverse, "", words, None, ""


def _amendments(fields):
    """Yield what the list says later documents did to this one."""
    told = fields.get("amended_by") or []
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        for words in filter(None, _BETWEEN.split(_text_of(fields, "amended_by"))):
            yield RelationKind.AMENDS, True, "", words, None, ""
        return
    changed = articles_changed_by(fields["articles"]) if isinstance(fields.get("articles"), list) else {}
    for one in told:
        words = one.get("noi_dung") or ["sửa đổi"]
        kinds = {_WORDS_OF_AMENDING.get(fold(str(word)), RelationKind.AMENDS) for word in words}
        on = read_day(one.get("ngay_hieu_luc"), "sua_doi_bo_sung_boi")
        # Which article suffered which of two things is not said.
        elements = _eids(changed.get(str(one.get("so_ky_hieu")), ())) if len(kinds) == 1 else ""
        for kind in sorted(kinds):
            yield kind, True, _line(one, "loai"), _text_of(one, "so_ky_hieu"), on, elements


def _eids(articles):
    eids = " ".join(f"art_{article.lower().replace('đ', 'dd')}" for article in articles)
    return eids if len(eids) <= 1000 else ""
