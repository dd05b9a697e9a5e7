"""What the law asks of a document's dates and issuer; each rule has its name, so that a refusal can say it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .document_types import DocumentType, effective_rule_on
from .enums import Level


@dataclass(frozen=True)
class Violation:
    """A rule that a document breaks: the field it is about, the rule's name (the law and its article), and why."""

    field: str
    rule: str
    message: str
    # May be accepted when the document says that it was made in a shortened procedure.
    allows_shortened_procedure: bool = False


def violations(
    *,
    kind: DocumentType,
    level: Level,
    issued_on: date,
    effective_on: date | None,
    expires_on: date | None = None,
    is_shortened: bool = False,
) -> list[Violation]:
    """Return the rules that a document breaks, by its kind, issuer's level and dates; none if it is in order."""
    found = [*_of_issuer(kind, level, issued_on), *_of_order(issued_on, effective_on, expires_on)]
    if kind.is_normative:
        found += _of_first_day(level, issued_on, effective_on)
    return [violation for violation in found if not (is_shortened and violation.allows_shortened_procedure)]


def _of_issuer(kind, level, issued_on):
    if kind.is_normative and level == Level.DEPARTMENT:
        message = _("Departments issue no normative documents; only People's Councils and Committees do.")
        yield Violation("type", _("Article 4 of Law 80/2015/QH13"), message)
    elif kind.is_normative and kind.level is not None and kind.level != level and kind.id != "chi_thi_qppl_ubnd":
        message = _("“%(kind)s” is not issued by a body of the level “%(level)s”.")
        yield Violation("type", _("Article 4 of Law 80/2015/QH13"), message % {"kind": kind, "level": level.label})
    if not kind.is_issued_on(issued_on):
        message = _("“%(kind)s” was no form of a document on %(day)s.") % {"kind": kind, "day": _day(issued_on)}
        yield Violation("type", _("forms of documents and their time"), message)


def _of_order(issued_on, effective_on, expires_on):
    if expires_on is not None and expires_on < (effective_on or issued_on):
        yield Violation("expires_on", _("order of dates"), _("It would expire before it takes effect."))


def _of_first_day(level, issued_on, effective_on):
    if effective_on is None:
        yield Violation(
            "effective_on", _("Article 151 of Law 80/2015/QH13"), _("A normative document says when it takes effect.")
        )
        return
    if effective_on < issued_on:
        # Article 152 lets central documents reach back in exceptional cases, and says so in them.
        message = _("It would take effect before it was signed on %(day)s.") % {"day": _day(issued_on)}
        yield Violation("effective_on", _("Article 152 of Law 80/2015/QH13"), message, level == Level.CENTRAL)
        return
    rule = effective_rule_on(issued_on, level)
    earliest = rule.earliest(level, issued_on) if rule else None
    if earliest is not None and effective_on < earliest:
        message = _("It takes effect on %(day)s at the earliest, %(count)d days after it was signed.")
        message %= {"day": _day(earliest), "count": rule.days[level]}
        yield Violation("effective_on", rule.law, message, allows_shortened_procedure=True)


def _day(on):
    return f"{on:%d/%m/%Y}"
