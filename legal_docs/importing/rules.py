"""What the law asks of a document's dates, asked of documents that exist.

A form refuses what breaks a rule, since the document can still be put right. A list tells of documents that were issued
long ago: a real circular that took effect too early did so all the same, and what is in force must be found. So an
import refuses what cannot be true or what the law knows no exception from, and marks the rest and says it.
"""

from datetime import date

from django.utils.translation import gettext as _

from core.importing.refusals import RowError
from legal_docs.dates import violations
from legal_docs.document_types import DocumentType
from legal_docs.enums import Level
from legal_docs.numbers import DocumentNumber


def check_days(number: DocumentNumber, issued_on: date, today: date) -> None:
    """Raise RowError for a day of issue that cannot be right."""
    if issued_on > today:
        raise RowError(_("the date of issue %(day)s is still to come") % {"day": f"{issued_on:%d/%m/%Y}"})
    if number.year and number.year != issued_on.year:
        raise RowError(
            _("the year in the number is not that of the date of issue %(day)s") % {"day": f"{issued_on:%d/%m/%Y}"}
        )


def judge(kind: DocumentType, level: Level, issued_on: date, attributes: dict) -> tuple[dict, list[str]]:
    """Return attributes with what has to be marked, and what the report says; raise RowError for what is refused."""
    remarks = []
    days = {name: attributes.get(name) for name in ("effective_on", "expires_on")}
    for broken in violations(
        kind=kind, level=level, issued_on=issued_on, is_shortened=attributes.get("is_shortened", False), **days
    ):
        words = f"{broken.message} ({broken.rule})"
        if broken.field == "effective_on" and days["effective_on"] is None:
            remarks.append(_("the effective date is missing: whether it is in force cannot be told"))
        elif broken.allows_shortened_procedure:
            attributes = attributes | {"is_shortened": True}
            remarks.append(_("%(rule)s Marked as made in a shortened procedure, please check.") % {"rule": words})
        else:
            raise RowError(words)
    return attributes, remarks
