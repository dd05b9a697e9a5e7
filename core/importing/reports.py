"""The row report of an import, as a table that office programs open."""

import csv
from collections.abc import Sequence
from typing import TextIO

from django.db import models

from core.spreadsheets import disarmed


class ReportWriter:
    """Counts the outcomes, and writes them to a CSV file if there is one."""

    def __init__(self, states: type[models.TextChoices], headings: Sequence[str], file: TextIO | None = None):
        self.counts = dict.fromkeys(states, 0)
        self._table = csv.writer(file) if file else None
        if self._table:
            self._table.writerow(headings)

    def add(self, state: models.TextChoices, cells: Sequence[object]) -> None:
        """Count an outcome and write its row."""
        self.counts[state] += 1
        if self._table:
            self._table.writerow(map(disarmed, cells))

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def summary(self) -> str:
        """Return the counts as one line: "created: 48, updated: 0, unchanged: 0, error: 2"."""
        return ", ".join(f"{state.value}: {number}" for state, number in self.counts.items())
