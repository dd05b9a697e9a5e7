"""Reads the times that old portals write; a time without a zone is Vietnamese time."""

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from core.importing.refusals import RowError
from home.models.periods import FIRST_YEAR

# "12/05/2014 09:30", "12-05-2014", "09:30:00 12/05/2014", "12/05/2014 3:05 CH" (SA and CH are AM and PM).
_CLOCK = r"(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*(?P<half>SA|CH|AM|PM))?"
_DAY = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"
_VIETNAMESE = [
    re.compile(rf"^{_DAY}(?:,?\s+(?:-\s+)?{_CLOCK})?$", re.IGNORECASE),
    re.compile(rf"^{_CLOCK},?\s+(?:-\s+)?{_DAY}$", re.IGNORECASE),
]
_GMT_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?$")
_LONGEST = 60


def read_time(text: str) -> datetime:
    """Return the moment a text names (ISO 8601, RFC 822 or dd/mm/yyyy hh:mm); raises RowError for anything else."""
    text = " ".join(text.split())
    if not text:
        raise RowError(_("the time is missing"))
    moment = _read(text) if len(text) <= _LONGEST else None
    if moment is None:
        raise RowError(_("the time “%(text)s” cannot be read") % {"text": text[:_LONGEST]})
    try:
        moment = _with_zone(moment)
        year = timezone.localtime(moment).year
    except (OverflowError, ValueError) as error:
        raise RowError(_("the time “%(text)s” cannot be read") % {"text": text}) from error
    if year < FIRST_YEAR or moment > timezone.now() + timedelta(days=1):
        raise RowError(
            _("the time “%(text)s” is before %(year)d or in the future") % {"text": text, "year": FIRST_YEAR}
        )
    return moment


def _read(text):
    for reader in (_read_vietnamese, datetime.fromisoformat, _read_mail_date):
        try:
            moment = reader(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment is not None:
            return moment
    return None


def _read_vietnamese(text):
    found = next((match for match in (pattern.match(text) for pattern in _VIETNAMESE) if match), None)
    if found is None:
        return None
    part = found.groupdict()
    hour = int(part["hour"] or 0)
    half = (part["half"] or "").upper()
    if half in {"CH", "PM"} and hour < 12:
        hour += 12
    elif half in {"SA", "AM"} and hour == 12:
        hour = 0
    numbers = (int(part[name]) for name in ("year", "month", "day"))
    return datetime(*numbers, hour, int(part["minute"] or 0), int(part["second"] or 0))


def _read_mail_date(text):
    return parsedate_to_datetime(_GMT_OFFSET.sub(_offset, text))


def _offset(match):
    # Feeds of the region write "GMT+7", which RFC 822 does not know.
    sign, hours, minutes = match.groups()
    return f"{sign}{int(hours):02d}{minutes or '00'}"


def _with_zone(moment):
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment, timezone.get_default_timezone())
