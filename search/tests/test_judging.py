"""Judging: the measures by examples worked out by hand, and files that cannot be judged by."""

import json
from datetime import date

import pytest

from search.engine import Answer, Hit
from search.enums import Facet
from search.services.judging import VARIANTS, BadInput, Question, judge, measures, questions_of, thing_of, things_of


def write(folder, name, *lines):
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def one(ranks, answers):
    return {name: round(value, 4) for name, value in measures([ranks], [answers]).items()}


class TestMeasures:
    def test_one_answer_that_stands_first_is_whole(self):
        assert one(["a", "b"], {"a": 1}) == {"S@1": 1, "R@10": 1, "R@100": 1, "MRR@10": 1, "nDCG@10": 1}

    def test_one_answer_that_stands_third(self):
        # The reciprocal of three; 1/log2(3 + 1) of the best gain, 1/log2(2).
        assert one(["x", "y", "a"], {"a": 1}) == {"S@1": 0, "R@10": 1, "R@100": 1, "MRR@10": 0.3333, "nDCG@10": 0.5}

    def test_two_answers_of_which_one_is_found_second(self):
        # (1/log2 3) / (1/log2 2 + 1/log2 3) = 0.6309 / 1.6309
        found = one(["x", "a"], {"a": 1, "b": 1})
        assert found == {"S@1": 0, "R@10": 0.5, "R@100": 0.5, "MRR@10": 0.5, "nDCG@10": 0.3869}

    def test_grades_weigh_what_is_gained(self):
        # Found 1 then 3, best 3 then 1: (1 + 3/log2 3) / (3 + 1/log2 3) = 2.8928 / 3.6309
        found = one(["a", "b"], {"a": 1, "b": 3})
        assert (found["nDCG@10"], found["MRR@10"]) == (0.7967, 1)

    def test_what_stands_eleventh_counts_for_the_hundred_alone(self):
        ranks = [f"x{place}" for place in range(10)] + ["a"]
        assert one(ranks, {"a": 1}) == {"S@1": 0, "R@10": 0, "R@100": 1, "MRR@10": 0, "nDCG@10": 0}

    def test_nothing_found_is_nothing(self):
        assert set(one([], {"a": 1}).values()) == {0}

    def test_figures_are_means_over_questions(self):
        found = measures([["a"], ["x", "b"]], [{"a": 1}, {"b": 1}])
        assert (found["S@1"], found["MRR@10"]) == (0.5, 0.75)


class TestCorpus:
    def test_document_is_read_as_a_portal_has_it(self):
        row = {
            "so_ky_hieu": "43/2011/NĐ-CP",
            "loai": "Nghị định",
            "ngay_ban_hanh": "2011-06-13",
            "trich_yeu": "Cung cấp thông tin",
            "dieu": [{"dieu": "10", "tieu_de": "Thông tin chủ yếu", "noi_dung": "Bồi thường.\nGiá đất."}],
        }
        thing = thing_of("a", row)
        assert (thing.key, thing.title, thing.summary) == (
            "document:a",
            "Nghị định 43/2011/NĐ-CP",
            "Cung cấp thông tin",
        )
        assert (thing.number.number, thing.number.years, thing.number.parts, thing.number.form) == (
            "43",
            (2011,),
            ("nd", "cp"),
            "nghi dinh",
        )
        assert (thing.day, thing.facets[Facet.YEAR]) == (date(2011, 6, 13), ("2011",))
        (passage,) = thing.passages
        assert (passage.label, passage.heading, passage.text) == (
            "Điều 10",
            "Thông tin chủ yếu",
            "Bồi thường.\nGiá đất.",
        )

    def test_law_is_known_by_its_name(self):
        row = {"so_ky_hieu": "42/2013/QH13", "loai": "Luật", "trich_yeu": "Tiếp công dân"}
        assert thing_of("a", row).names == ("Luật Tiếp công dân",)
        assert thing_of("a", row | {"loai": "Nghị định"}).names == ()

    def test_text_without_a_number_is_a_document_too(self):
        thing = thing_of("a", {"title": "Giới thiệu", "body": "Một tỉnh."})
        assert (thing.title, thing.number, [passage.text for passage in thing.passages]) == (
            "Giới thiệu",
            None,
            ["Một tỉnh."],
        )

    def test_date_that_is_none_is_left_out(self):
        assert thing_of("a", {"title": "x", "ngay_ban_hanh": "13/06/2011"}).day is None

    @pytest.mark.parametrize(
        ("lines", "words"),
        [
            (['{"id": "a"}', "{broken"], "line 2"),
            (['{"id": "a"}', '["a"]'], "line 2"),
            (['{"title": "x"}'], "“id” is missing"),
            (['{"id": "a"}', "", '{"id": "a"}'], "line 3: “a” came before"),
        ],
    )
    def test_line_that_is_no_document_is_named(self, tmp_path, lines, words):
        with pytest.raises(BadInput, match=words):
            list(things_of(write(tmp_path, "corpus.jsonl", *lines)))


class TestQuestions:
    def test_questions_with_answers_are_read_with_their_grades(self, tmp_path):
        queries = write(tmp_path, "q.jsonl", '{"id": "1", "text": "giá đất"}', '{"id": "2", "text": "không lời đáp"}')
        qrels = write(tmp_path, "qrels.tsv", "1\ta\t1", "", "1\tb\t2", "1\tc\t0", "9\ta\t1")
        assert questions_of(queries, qrels) == [Question("1", "giá đất", {"a": 1, "b": 2})]

    def test_grade_that_is_left_out_is_one(self, tmp_path):
        queries = write(tmp_path, "q.jsonl", '{"id": "1", "text": "giá đất"}')
        assert questions_of(queries, write(tmp_path, "qrels.tsv", "1\ta"))[0].answers == {"a": 1}

    @pytest.mark.parametrize(
        ("queries", "qrels", "words"),
        [
            (['{"id": "1", "text": "x"}', "{"], ["1\ta\t1"], "q.jsonl, line 2"),
            (['{"id": "1"}'], ["1\ta\t1"], "q.jsonl, line 1: “id” or “text” is missing"),
            (['{"id": "1", "text": 7}'], ["1\ta\t1"], "line 1"),
            (['{"id": "1", "text": "x"}'], ["1\ta\t1", "1 a 1"], "qrels.tsv, line 2"),
            (['{"id": "1", "text": "x"}'], ["1\ta\tgood"], "qrels.tsv, line 1"),
            (['{"id": "1", "text": "x"}'], ["2\ta\t1"], "no question"),
            ([], [], "no question"),
        ],
    )
    def test_line_that_cannot_be_judged_by_is_named(self, tmp_path, queries, qrels, words):
        with pytest.raises(BadInput, match=words):
            questions_of(write(tmp_path, "q.jsonl", *queries), write(tmp_path, "qrels.tsv", *qrels))


class Repeating:
    """An engine that finds the same for everybody and remembers what it was asked."""

    def __init__(self, *keys):
        self.keys, self.asked = keys, []

    def find(self, query):
        self.asked.append(query)
        return Answer(tuple(Hit(f"document:{key}") for key in self.keys), len(self.keys))


@pytest.mark.django_db
class TestJudge:
    QUESTIONS = (Question("1", "giá đất", {"a": 1}), Question("2", "đường sắt", {"b": 1}))

    def test_engine_is_asked_for_a_hundred_and_its_ranks_are_kept(self):
        engine = Repeating("a", "b:c")
        figures = judge(engine, self.QUESTIONS)
        assert (figures.questions, figures.ranks) == (2, [["a", "b:c"]] * 2)
        assert [query.size for query in engine.asked] == [100, 100]
        assert (figures.values["S@1"], figures.p50 <= figures.p95) == (0.5, True)

    @pytest.mark.parametrize(
        ("variant", "asked"),
        [("as-is", ["giá đất", "đường sắt"]), ("folded", ["gia dat", "duong sat"]), ("half", ["giá đất", "duong sat"])],
    )
    def test_variant_says_how_questions_are_typed(self, variant, asked):
        assert [VARIANTS[variant](question.text, place) for place, question in enumerate(self.QUESTIONS)] == asked
        engine = Repeating("a")
        judge(engine, self.QUESTIONS, variant)
        assert [query.wanted.text for query in engine.asked] == asked

    def test_one_question_has_a_time_too(self):
        figures = judge(Repeating("a"), self.QUESTIONS[:1])
        assert figures.p50 == figures.p95 > 0


def test_corpus_line_may_be_long(tmp_path):
    path = write(tmp_path, "corpus.jsonl", json.dumps({"id": "a", "text": "đất " * 2_000_000}, ensure_ascii=False))
    (thing,) = things_of(path)
    assert len(thing.passages) > 1
