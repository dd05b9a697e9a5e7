"""Days as lists write them."""

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from core.importing.refusals import RowError

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.+Z-]*)?")
_VIETNAMESE = re.compile(
    r"(?:ngày\s+)?(\d{1,2})(?:[/.-]|\s+tháng\s+)(\d{1,2})(?:[/.-]|\s+năm\s+)(\d{4})(?: [\d:]+)?", re.I
)
_EARLIEST = 1945


def read_day(value: object, name: str) -> date | None:
    """Return the day that a cell says: 2014-05-12, 12/05/2014, "ngày 12 tháng 5 năm 2014" or a spreadsheet's date."""
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        value = _parse(str(value).strip(), name)
    if value.year < _EARLIEST:
        raise RowError(_("“%(name)s” lies before 1945: %(day)s") % {"name": name, "day": f"{value:%d/%m/%Y}"})
    return value


def _parse(text, name):
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _VIETNAMESE.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise RowError(_("“%(name)s” is no date: %(text)s") % {"name": name, "text": text[:40]})
    try:
        return date(year, month, day)
    except ValueError as error:
        raise RowError(_("“%(name)s” is no date: %(text)s") % {"name": name, "text": text[:40]}) from error
