"""Type and issuer of a row: from what the list says, else from the number, and from both where they disagree."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.importing.refusals import RowError
from core.text import fold
from legal_docs.dates import violations
from legal_docs.document_types import DocumentType, abbreviations, document_types, possible_types
from legal_docs.enums import Level
from legal_docs.models import Issuer
from legal_docs.numbers import DocumentNumber
from legal_docs.services.issuers import IssuerFinder

# Since then a normative document has its year in its number (Law of 12 November 1996 on legal documents, in force from
# 1 January 1997); before, the number does not tell.
_YEARS_IN_NUMBERS = date(1997, 1, 1)


@dataclass(frozen=True)
class Kind:
    """What a document is and who issued it, with what the reader of the report should look at."""

    type: DocumentType
    issuers: tuple[Issuer, ...]
    remarks: tuple[str, ...] = ()


class KindFinder:
    """Finds types and issuers without asking the database each time."""

    def __init__(self, default: Issuer | None = None):
        self.default = default
        self._finder = IssuerFinder()
        self._local = {}
        if default is not None:
            own = list(Issuer.objects.filter(agency=default.agency).exclude(agency=None).order_by("pk"))
            departments = Issuer.objects.filter(level=Level.DEPARTMENT).order_by("pk")
            for issuer in (default, *own, *departments):
                if issuer.symbol:
                    self._local.setdefault(_plain(issuer.symbol), issuer)

    def find(self, number: DocumentNumber, *, said_type: str, said_issuer: str, on: date, abstract: str) -> Kind:
        """Return type and issuers; raise RowError where neither list nor number tells them, or law forbids them."""
        issuers, remarks = self._issuers(number, said_issuer, said_type)
        kind, more = _type(number, said_type, issuers, on, abstract)
        return Kind(kind, tuple(issuers), (*remarks, *more))

    def _issuers(self, number, said, said_type):
        named = self._finder.named(said) if said else []
        by_number = self._finder.of_number(number)
        if not said:
            return self._unsaid(number, by_number)
        if not named:
            if not by_number:
                raise RowError(
                    _("the issuing body “%(name)s” is not known; add it or one of its spellings to the issuing bodies")
                    % {"name": said[:100]}
                )
            return by_number, [
                _("“%(said)s” is no known body; taken by the number: %(found)s") % _names(said, by_number)
            ]
        by_list, by_symbol = {one.pk for one in named}, {one.pk for one in by_number}
        if by_symbol > by_list:
            return by_number, [
                _("the list names “%(said)s” alone; by the number also: %(found)s") % _names(said, by_number)
            ]
        if by_symbol and not by_symbol & by_list and _contradicts(said_type, named, by_number):
            return by_number, [
                _("the list says “%(said)s”, the number says %(found)s; the number was followed")
                % _names(said, by_number)
            ]
        return named, []

    def _unsaid(self, number, by_number):
        """Return the issuer where the list has none: by the symbol, else the one that the operator named."""
        if self.default is None:
            if not by_number:
                raise RowError(_("the issuing body is missing, and the number does not tell it"))
            return by_number, []
        for part in number.parts:
            if issuer := self._local.get(_plain(part)):
                return [issuer], []
        if number.year and by_number:
            return by_number, []
        remark = _("the symbol does not name %(body)s; taken as the issuing body all the same, please check")
        return [self.default], [remark % {"body": self.default.name_vi}]


def _plain(symbol):
    # "HĐND8" is the Council of the eighth term; "HDND" is how a list writes it without Đ.
    return fold(re.sub(r"\d+$", "", symbol)).upper()


def _names(said, issuers):
    return {"said": said[:100], "found": ", ".join(issuer.name_vi for issuer in issuers)}


def _contradicts(said_type, named, by_number):
    """Whether the body that the list names cannot have issued such a document, while the one of the number can."""
    if {one.kind for one in named} == {one.kind for one in by_number}:
        # Two ministries, say: the symbol is in the number that everybody cites. A court and its council are one.
        return named[0].kind == "bo"
    types = _types_called(said_type)
    return any(by_number[0].kind in kind.issuers for kind in types)


def _types_called(words):
    """Return the types that a list may mean: "Quyết định" is any decision, "Luật" the one type."""
    plain = fold(" ".join(words.split()))
    if not plain:
        return []
    if words in document_types():
        return [document_types()[words]]
    exact = [kind for kind in document_types().values() if fold(kind.name_vi) == plain]
    return exact + [
        kind
        for kind in document_types().values()
        if kind not in exact and plain in (fold(kind.form), fold(kind.abbreviation))
    ]


def _type(number, said, issuers, on, abstract):
    issuer = issuers[0]
    called = _types_called(said)
    if said and not called:
        raise RowError(_("“%(name)s” is no type of document that is known here") % {"name": said[:60]})
    remarks = []
    if not called:
        called, remarks = _by_number(number, issuer, on, abstract)
    in_time = [kind for kind in called if kind.is_issued_on(on)]
    fitting = [kind for kind in in_time if any(_may_issue(kind, one) for one in issuers)]
    if not fitting and issuer.level == Level.CENTRAL:
        # Ministries and associations signed joint resolutions that no law had named, and they are cited all the same.
        fitting = [kind for kind in in_time if kind.level == issuer.level]
        facts = {"body": issuer, "type": fitting[0]} if fitting else {}
        remarks += [_("%(body)s does not issue %(type)s as a rule, please check") % facts] if fitting else []
    _refuse_what_law_forbids(number, called, fitting, issuer, on)
    wants_normative = number.year is not None or (on < _YEARS_IN_NUMBERS and issuer.level == Level.CENTRAL)
    kind = min(fitting, key=lambda kind: kind.is_normative != wants_normative)
    if number.year is not None and not kind.is_normative:
        remarks.append(
            _("the number has a year like a normative document's, but this is none: %(type)s") % {"type": kind}
        )
    return kind, remarks


def _may_issue(kind, issuer):
    return not kind.issuers or issuer.kind in kind.issuers


def _by_number(number, issuer, on, abstract):
    """Return the types that the number can belong to, and a remark where its abbreviation is misspelt."""
    found = [kind for kind in possible_types(number, level=issuer.level, on=on) if _may_issue(kind, issuer)]
    if len(found) > 1 and found[0].is_normative:
        # Laws and resolutions of the National Assembly have the same symbol: the title tells.
        words = fold(abstract)
        found = [kind for kind in found if words.startswith(fold(kind.form))]
    meant = _meant_abbreviation(number.parts[0])
    if meant:
        kinds = [kind for kind in document_types().values() if kind.abbreviation == meant]
        return kinds, [_("“%(symbol)s” was read as %(meant)s") % {"symbol": number.parts[0], "meant": meant}]
    if not found and issuer.level == Level.DEPARTMENT:
        # So that the refusal can name the law.
        found = [kind for kind in document_types().values() if kind.abbreviation == number.parts[0]]
    if not found:
        raise RowError(_("the type is missing, and the number does not tell it"))
    return found, []


def _meant_abbreviation(symbol):
    """Return the abbreviation that a list wrote without Đ or in other capitals: QD is QĐ, Ctr is CTr."""
    known = {one for one in abbreviations() if len(one) > 1}
    if symbol in known:
        return ""
    return next((one for one in sorted(known) if fold(one) == fold(symbol)), "")


def _refuse_what_law_forbids(number, called, fitting, issuer, on):
    normative = [kind for kind in called if kind.is_normative]
    looks_normative = number.year is not None and issuer.level == Level.DEPARTMENT and normative
    if fitting and not looks_normative:
        return
    kind = (normative or called)[0]
    for broken in violations(kind=kind, level=issuer.level, issued_on=on, effective_on=on):
        if broken.field == "type":
            raise RowError(f"{broken.message} ({broken.rule})")
    raise RowError(_("%(body)s issues no document of the type %(type)s") % {"body": issuer, "type": kind})
