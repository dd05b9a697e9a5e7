"""By which of its words a query finds."""

import pytest

from search.elastic.asked import BUDGET, asked_of
from search.tests.things import want
from search.wanted import Synonym, Wanted, Word

KNOWN = {"ho": 900, "tich": 40, "ho_tich": 30, "cua": 500_000, "tich_cua": 2}


def ask(wanted, known=KNOWN):
    return asked_of(wanted, lambda terms: {term: known.get(term, 0) for term in terms}, 1_000_000)


def texts(asked):
    return [term.text for term in asked.terms]


def test_terms_stand_from_the_rarest_on_and_unknown_ones_are_left_out():
    assert texts(ask(want("hộ tịch của xyzzy"))) == ["tich_cua", "ho_tich", "tich", "ho", "cua"]


def test_where_no_frequencies_are_known_all_terms_are_asked_for():
    assert set(texts(ask(want("hộ tịch"), known={}))) == {"ho", "tich", "ho_tich"}


def test_a_question_finds_by_rare_terms_and_is_weighed_by_all():
    finding = ask(want("hộ tịch của")).finding(BUDGET)
    assert texts(finding) == ["tich_cua", "ho_tich", "tich", "ho"]


def test_the_rarest_term_finds_however_common_it_is():
    assert texts(ask(want("của"))) == texts(ask(want("của")).finding(BUDGET)) == ["cua"]


def test_a_common_synonym_finds_nothing():
    common = {"ubnd": 5, "uy_ban": 300_000, "ban_nhan": 300_000, "nhan_dan": 300_000}
    wanted = want("ubnd", synonyms=(Synonym(0, 1, ("uy", "ban", "nhan", "dan")),))
    asked = ask(wanted, common)
    assert len(asked.alternatives) == 1
    assert asked.finding(BUDGET).alternatives == ()


def test_the_best_are_chosen_by_a_word_too():
    common = {"uy": 400_000, "ban": 700_000, "nhan": 800_000, "uy_ban": 300_000, "ban_nhan": 290_000}
    assert texts(ask(want("ủy ban nhân"), common).choosing) == ["ban_nhan", "uy_ban", "uy"]


@pytest.mark.parametrize(("weight", "required"), [(1.0, 2), (0.1, 1)])
def test_filling_words_are_not_required(weight, required):
    assert len(ask(Wanted(words=(Word("ho"), Word("cua", weight=weight)))).required) == required
