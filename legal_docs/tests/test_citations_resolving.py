"""From what a text says to a document of the registry, on a day."""

from datetime import date

import pytest

from legal_docs.citations import THIS_DOCUMENT, Candidate, DocumentReference, resolve
from legal_docs.citations.names import name_key

OLD_LAND_LAW = Candidate("13/2003/QH11", date(2003, 11, 26), date(2004, 7, 1), date(2014, 7, 1))
LAND_LAW = Candidate("45/2013/QH13", date(2013, 11, 29), date(2014, 7, 1))


class Registry:
    numbers = {"43/2011/NĐ-CP": [Candidate("43")], "1707/QĐ-UBND": [
        Candidate("of 2014", date(2014, 7, 1)), Candidate("of 2015", date(2015, 8, 2)),
    ]}  # fmt: skip
    names = {name_key("Đất đai"): [OLD_LAND_LAW, LAND_LAW]}

    def with_number(self, number):
        return self.numbers.get(number, [])

    def with_name(self, key):
        return self.names.get(key, [])


def key_of(on=date(2016, 1, 1), **said):
    return resolve(DocumentReference(**said), on, Registry(), this="me")


def test_this_document_is_the_citing_one():
    assert resolve(THIS_DOCUMENT, date(2016, 1, 1), Registry(), this="me") == "me"


def test_number_names_one_document():
    assert key_of(number="43/2011/NĐ-CP") == "43"


def test_unknown_and_unfinished_numbers_stay_unresolved():
    assert key_of(number="44/2011/NĐ-CP") is None
    assert key_of(number="43/2011") is None


def test_number_without_a_year_needs_the_day_of_issue():
    assert key_of(number="1707/QĐ-UBND") is None
    assert key_of(number="1707/QĐ-UBND", issued_on=date(2015, 8, 2)) == "of 2015"


@pytest.mark.parametrize(
    ("on", "law"),
    [
        (date(2014, 6, 30), "13/2003/QH11"),
        (date(2014, 7, 1), "45/2013/QH13"),
        (date(2004, 1, 1), "13/2003/QH11"),
        (date(1999, 1, 1), None),
    ],
)
def test_name_is_the_law_in_force_on_the_day_or_passed_and_coming(on, law):
    assert key_of(on=on, name="Luật đất đai") == law


def test_said_year_counts_more_than_the_day():
    assert key_of(name="Luật Đất đai", year=2003) == "13/2003/QH11"
    assert key_of(name="Luật Đất đai", year=1993) is None


def test_two_laws_of_a_name_in_force_are_ambiguous():
    class Ambiguous(Registry):
        names = {name_key("Đất đai"): [LAND_LAW, Candidate("another")]}

    assert resolve(DocumentReference(name="Luật Đất đai"), date(2016, 1, 1), Ambiguous()) is None


def test_nothing_said_is_nothing_found():
    assert key_of(form="Luật") is None
