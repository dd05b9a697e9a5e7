"""What is shown of found things, and what is begun to be typed."""

from datetime import date

import pytest

from search.database import store
from search.database.engine import DatabaseEngine
from search.database.terms import PART
from search.engine import Hit, Passage
from search.tests.things import DEPARTMENT, ask, thing

pytestmark = pytest.mark.django_db
LONG = "Đoạn này rất dài và có nhiều chữ. " * (PART // 20)
LAW = thing(
    "document:1",
    "Luật Đất đai",
    [("art_1", "Điều 1", "Phạm vi", "Một."), ("art_2", "Điều 2", "Đối tượng", LONG), ("art_3", "Điều 3", "", "Ba.")],
    names=("LĐĐ",),
    day=date(2024, 1, 18),
)
NEWS = thing("news:1", "Đất nước đổi mới", ["Phần một.", "Phần hai."], owner=DEPARTMENT, day=date(2025, 1, 1))


@pytest.fixture
def engine():
    engine = DatabaseEngine()
    engine.put([LAW, NEWS])
    return engine


def test_hits_are_shown_in_their_order_with_the_passages_they_name(engine):
    hits = [Hit("news:1"), Hit("news:99"), Hit("document:1", (2, 0, 9))]
    shown = store.shown(hits)
    assert [each.hit for each in shown] == [hits[0], hits[2]]
    assert shown[1].passages == (Passage("Ba.", "art_3", "Điều 3"), Passage("Một.", "art_1", "Điều 1", "Phạm vi"))
    assert shown[0].passages == ()
    assert (shown[1].thing.title, shown[1].thing.day, shown[1].thing.passages) == ("Luật Đất đai", LAW.day, ())


def test_a_long_passage_is_shown_whole(engine):
    (shown,) = store.shown([Hit("document:1", (1,))])
    assert shown.passages == (LAW.passages[1],)


def test_passages_without_an_anchor_are_shown_one_by_one(engine):
    (shown,) = store.shown([Hit("news:1", (1,))])
    assert [passage.text for passage in shown.passages] == ["Phần hai."]


def test_what_is_found_can_be_shown(engine):
    (shown,) = store.shown(engine.find(ask("rất dài")).hits)
    assert shown.passages == (LAW.passages[1],)


def test_hits_are_shown_by_two_queries(engine, django_assert_num_queries):
    with django_assert_num_queries(3):  # the third is which generation is live
        store.shown([Hit("document:1", (0, 2)), Hit("news:1", (0,))])


def test_a_thousand_hits_can_be_shown_at_once(engine):
    assert len(store.shown([Hit("document:1", (0, 2))] * 1_000)) == 1_000


def test_nothing_is_shown_without_an_index(db):
    assert store.shown([Hit("news:1")]) == []
    assert store.frequencies(["dat"]) == {"dat": 0}
    assert store.passage_count() == 0
    assert store.begins("đất", None, 5) == []


def test_frequencies_count_passages(engine):
    assert store.frequencies(["dat", "dat_nuoc", "phan", "khong", "\x00", "'"]) == {
        "dat": 2, "dat_nuoc": 1, "phan": 2, "khong": 0, "\x00": 0, "'": 0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("đất đ", ["Luật Đất đai", "Đất nước đổi mới"]),
        ("dat", ["Đất nước đổi mới", "Luật Đất đai"]),
        ("lđ", ["Luật Đất đai"]),
        ("luật đ", ["Luật Đất đai"]),
        ("đai luật", ["Luật Đất đai"]),
        ("nhà", []),
        ("'\"*(", []),
        ("", []),
        ("đất " * 1_000, ["Luật Đất đai", "Đất nước đổi mới"]),
    ],
)
def test_titles_that_begin_so_are_suggested(engine, text, titles):
    assert [each.title for each in store.begins(text, None, 5)] == titles


def test_suggestions_are_of_the_portal(engine):
    assert [each.key for each in store.begins("đất", DEPARTMENT, 5)] == ["news:1"]
    assert len(store.begins("đất", None, 1)) == 1
