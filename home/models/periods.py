from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 1990


@dataclass(frozen=True)
class Period:
    """A year, or a month of it, by which a list of news is narrowed (?nam=2017&thang=10)."""

    year: int
    month: int | None = None

    @classmethod
    def from_query(cls, query) -> "Period | None":
        """Read the period from a query; what is no year or month is as if it were not there."""
        year = _number(query.get("nam"), FIRST_YEAR, date.max.year - 1)
        if year is None:
            return None
        return cls(year, _number(query.get("thang"), 1, 12))

    @property
    def query(self) -> str:
        """The period as part of an address, to be kept while paging."""
        return f"nam={self.year}" + (f"&thang={self.month}" if self.month else "")


def _number(text, smallest, largest):
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 4:
        return None
    number = int(text)
    return number if smallest <= number <= largest else None
