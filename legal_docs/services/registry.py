"""The documents that citations can name: the live ones, asked for many numbers and names in two queries."""

from collections import defaultdict
from collections.abc import Iterable

from legal_docs.citations import Candidate, DocumentReference
from legal_docs.citations.names import name_key
from legal_docs.models import LegalDocument
from legal_docs.namesakes import parse_named
from legal_docs.numbers import NoNumber, parse_number

_COLUMNS = ("pk", "number_key", "number_form", "name_key", "issued_on", "effective_on", "ended_on")
# SQLite takes no more than 999 values in older builds.
_AT_ONCE = 500


def number_key(number: str) -> str:
    """Return the form by which a cited number is compared; empty for what is no whole number."""
    try:
        return parse_number(number).key
    except NoNumber:
        return ""


def said_form(reference: DocumentReference) -> str:
    """Return the form that was said with a cited number, if it is needed to know the document."""
    try:
        return parse_named(reference.number, reference.form).form_key
    except NoNumber:
        return ""


class LiveRegistry:
    """`citations.Registry` over the live documents that some references may name."""

    def __init__(self, references: Iterable[DocumentReference]):
        references = list(references)
        self._look_up(
            {number_key(one.number) for one in references if one.is_complete} - {""},
            {name_key(one.name)[:300] for one in references if one.name and not one.number} - {""},
        )

    @classmethod
    def of_keys(cls, keys: set[str]) -> "LiveRegistry":
        """Return a registry over the documents with some numbers in the form of comparison."""
        registry = cls(())
        registry._look_up(keys, set())
        return registry

    def _look_up(self, keys, names):
        self._by_number = self._candidates("number_key", keys)
        self._by_name = self._candidates("name_key", names)

    def with_number(self, number: str) -> list[Candidate]:
        return self.with_key(number_key(number))

    def with_key(self, key: str) -> list[Candidate]:
        """Return the documents whose number in the form of comparison this is."""
        return self._by_number[key]

    def with_name(self, key: str) -> list[Candidate]:
        return self._by_name[key[:300]]

    def _candidates(self, column, keys):
        found = defaultdict(list)
        keys = sorted(keys)
        for start in range(0, len(keys), _AT_ONCE):
            condition = {f"{column}__in": keys[start : start + _AT_ONCE]}
            for row in LegalDocument.objects.live().filter(**condition).values(*_COLUMNS):
                days = (row["issued_on"], row["effective_on"], row["ended_on"])
                found[row[column]].append(Candidate(row["pk"], *days, row["number_form"]))
        return found
