"""The judged set of the project, and what the benchmark makes of it."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import search, search_corpus
from core.text import fold

FOLDER = Path(search.JUDGED)


@pytest.fixture(scope="module")
def questions():
    lines = (FOLDER / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def answers():
    lines = (FOLDER / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


class TestSet:
    def test_every_question_has_a_twin_without_accents(self, questions):
        with_accents = {key for key, row in questions.items() if row["accents"]}
        twins = {row["twin"]: row for row in questions.values() if not row["accents"]}
        assert with_accents == set(twins)
        for key, twin in twins.items():
            assert (twin["text"], twin["group"]) == (fold(questions[key]["text"]), questions[key]["group"])

    def test_groups_are_large_enough_to_tell_something(self, questions):
        counts = Counter(row["group"] for row in questions.values())
        assert sum(counts.values()) == len(questions) >= 320
        assert counts["typo"] >= 60
        assert counts["number"] + counts["citation"] >= 100
        assert set(counts) == {"topic", "question", "nickname", "typo", "number", "citation"}

    def test_every_question_is_answered_and_every_answer_is_asked_for(self, questions, answers):
        assert {query for query, _document, _grade in answers} == set(questions)
        assert len(set(answers)) == len(answers)
        assert {grade for _query, _document, grade in answers} == {"1"}

    def test_twins_have_the_same_answers(self, questions, answers):
        found = {key: {document for query, document, _grade in answers if query == key} for key in questions}
        assert all(found[key] == found[row["twin"]] for key, row in questions.items() if "twin" in row)

    @pytest.mark.skipif("CONGKHAI_DATA" not in os.environ, reason="CONGKHAI_DATA names no real data")
    def test_every_answer_is_in_the_corpus(self, answers):
        rows = search_corpus.documents()
        keys = {row["id"] for row in rows}
        assert len(keys) == len(rows)
        assert {document for _query, document, _grade in answers} <= keys


def asked(found, answers=("a",), group="topic", accents=True):
    return search.Asked("1", "x", group, accents, frozenset(answers), tuple(found))


class TestMeasures:
    def test_answer_that_stands_third(self):
        assert search.measures([asked("xya")]) == {"R@1": 0, "R@5": 1, "MRR": 1 / 3, "nDCG@10": 0.5}

    def test_any_of_several_answers_counts_as_first(self):
        found = search.measures([asked("xb", answers="ab")])
        # (1/log2 3) / (1/log2 2 + 1/log2 3)
        assert (found["R@5"], found["MRR"], round(found["nDCG@10"], 4)) == (1, 0.5, 0.3869)

    def test_nothing_found_is_nothing(self):
        assert set(search.measures([asked("")]).values()) == {0}


class TestComparison:
    def figures(self, found="a", **changed):
        run = search.Run("database")
        run.asked = [
            asked(changed.get(group, found), group=group, accents=accents)
            for group in ("topic", "number", "citation")
            for accents in (True, False)
            for _ in range(100)
        ]
        return {"database": search._figures(run)}

    def test_equal_runs_have_nothing_to_complain_of(self):
        assert list(search._complaints(self.figures(), self.figures())) == []

    def test_first_run_is_compared_with_nothing(self):
        assert list(search._complaints(self.figures(), {})) == []

    def test_run_that_is_worse_is_told_by_part_and_measure(self):
        told = list(search._complaints(self.figures(topic="xa"), self.figures()))
        assert "database, topic: R@1 0.000 after 1.000" in told
        assert "database, all: MRR 0.833 after 1.000" in told

    def test_better_run_is_no_complaint(self):
        assert list(search._complaints(self.figures(), self.figures(topic="xa"))) == []

    def test_number_that_does_not_stand_first_is_a_complaint_of_its_own(self):
        told = list(search._complaints(self.figures(number="xa"), {}))
        assert told == ["database: 0.0% of the numbers stand first, not all"]

    def test_difference_that_accents_make_is_told(self):
        figures = self.figures()
        figures["database"]["relevance"]["without accents"]["MRR"] = 0.9
        assert list(search._complaints(figures, {})) == ["database: accents make a difference of +0.100 in MRR"]

    def test_report_says_whether_it_is_worse(self):
        assert search.is_worse(["## Search", "**Worse:** database: …"])
        assert not search.is_worse(["## Search", ""])


class TestMultiplied:
    ROWS = (
        {"id": "43/2011/NĐ-CP", "so_ky_hieu": "43/2011/NĐ-CP", "loai": "Nghị định", "ngay_ban_hanh": "2011-06-13"}
        | {"trich_yeu": "a", "dieu": [{"dieu": str(place), "noi_dung": f"chữ {place}"} for place in range(3)]},
        {"id": "73-CP", "so_ky_hieu": "73-CP", "loai": "Nghị định", "ngay_ban_hanh": "", "trich_yeu": "b", "dieu": []},
    )

    def test_first_turn_is_what_is_real_and_others_differ_in_number_and_order(self):
        things = list(search.multiplied(list(self.ROWS), 5))
        assert len({thing.key for thing in things}) == 5
        assert [thing.title for thing in things[:2]] == ["Nghị định 43/2011/NĐ-CP", "Nghị định 73-CP"]
        again = things[2]
        assert (again.number.number, again.number.years, again.day.year) == ("175", (2011,), 2011)
        assert [passage.text for passage in again.passages] == ["chữ 1", "chữ 2", "chữ 0"]
