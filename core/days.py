"""Days as people write them in addresses and forms."""

from datetime import date

from django.utils.dateparse import parse_date


def read_day(text: str) -> date | None:
    """Return the day that somebody wrote, as a browser sends it (2020-12-31) or as it is written in Vietnam
    (31/12/2020); None for what is no day.
    """
    parts = text.strip().replace("-", "/").split("/")
    if len(parts) == 3 and len(parts[2]) == 4:
        text = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    try:
        return parse_date(text.strip())
    except ValueError:
        return None
