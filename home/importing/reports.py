"""The row report of an import, as a table that office programs open."""

import csv
from typing import TextIO

from .records import RowResult, RowState

_HEADINGS = ("row", "state", "title", "reason")
# A cell that begins like this is a formula to a spreadsheet, and the titles are foreign.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ReportWriter:
    """Counts the outcomes, and writes them to a CSV file if there is one."""

    def __init__(self, file: TextIO | None = None):
        self.counts = dict.fromkeys(RowState, 0)
        self._table = csv.writer(file) if file else None
        if self._table:
            self._table.writerow(_HEADINGS)

    def add(self, result: RowResult) -> None:
        self.counts[result.state] += 1
        if self._table:
            self._table.writerow(map(_cell, (result.number, result.state.value, result.title, result.reason)))

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def summary(self) -> str:
        """Return the counts as one line: "created: 48, updated: 0, unchanged: 0, error: 2"."""
        return ", ".join(f"{state.value}: {number}" for state, number in self.counts.items())


def _cell(value):
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
