"""The database engine: what it finds, in which order, and what is left when it is stopped."""

from datetime import date

import pytest

from search.database import store, tables
from search.database.engine import DatabaseEngine
from search.engine import Number, Passage, Query, Thing
from search.enums import Facet, Sort
from search.models import Generation
from search.wanted import Synonym, Wanted, WantedNumber, Word

pytestmark = pytest.mark.django_db

DECREE = Thing(
    key="document:1",
    title="Nghị định 43/2011/NĐ-CP",
    owner=1,
    places={1: "/van-ban/43-2011-nd-cp/", 2: "/van-ban/43-2011-nd-cp/"},
    summary="Quy định về việc cung cấp thông tin trên cổng thông tin điện tử của cơ quan nhà nước",
    number=Number("43", (2011,), ("nd", "cp"), "nghi dinh"),
    day=date(2011, 6, 13),
    facets={Facet.TYPE: ("nghi_dinh",), Facet.YEAR: ("2011",), Facet.FIELD: ("3", "4")},
    passages=(
        Passage("Nghị định này quy định việc cung cấp thông tin.", "art_1", "Điều 1", "Phạm vi điều chỉnh"),
        Passage("Thông tin chủ yếu gồm thông tin giới thiệu.", "art_10", "Điều 10", "Thông tin chủ yếu"),
    ),
)
LAW = Thing(
    key="document:2",
    title="Luật 45/2013/QH13",
    names=("Luật Đất đai",),
    owner=1,
    places={1: "/van-ban/45-2013-qh13/"},
    summary="Đất đai",
    number=Number("45", (2013,), ("qh13",), "luat"),
    day=date(2013, 11, 29),
    facets={Facet.TYPE: ("luat",), Facet.YEAR: ("2013",)},
    passages=(Passage("Nhà nước thu hồi đất vì mục đích quốc phòng, an ninh.", "art_61", "Điều 61", "Thu hồi đất"),),
)
NEWS = Thing(
    key="news:7",
    title="Đại biểu tham quan hội chợ",
    owner=2,
    places={2: "/tin-tuc/hoi-cho/"},
    summary="Các đại biểu của Uỷ ban nhân dân tỉnh đến thăm.",
    day=date(2020, 5, 1),
    facets={Facet.YEAR: ("2020",)},
    passages=(Passage("Hội chợ mở cửa ba ngày. Thu hồi vốn nhanh."),),
)
THINGS = (DECREE, LAW, NEWS)


@pytest.fixture
def engine():
    engine = DatabaseEngine()
    engine.put(THINGS)
    return engine


def words(text, exact=()):
    return tuple(Word(word, *exact[place : place + 1]) for place, word in enumerate(text.split()))


def keys(engine, text="", **query):
    wanted = query.pop("wanted", None) or Wanted(text, words(text))
    return [hit.key for hit in engine.find(Query(wanted, **query)).hits if not hit.is_near]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("thu hoi dat", "document:2"),
        ("luat dat dai", "document:2"),
        ("cong thong tin dien tu", "document:1"),
        ("hoi cho", "news:7"),
    ],
)
def test_finds_by_text_title_and_names(engine, text, first):
    assert keys(engine, text)[0] == first


def test_shows_the_passages_that_match(engine):
    hit = engine.find(Query(Wanted("", words("thong tin chu yeu")))).hits[0]
    assert hit.passages[0] == 1
    assert [shown.passages[0].label for shown in store.shown([hit])] == ["Điều 10"]


def test_accents_that_were_typed_are_preferred():
    plain = {"owner": 1, "places": {1: "/a/"}, "day": date(2020, 1, 1)}
    engine = DatabaseEngine()
    engine.put([Thing("news:1", "Vận động đai xanh", **plain), Thing("news:2", "Vận động đài xanh", **plain)])
    assert keys(engine, wanted=Wanted("", (Word("dai", "đài"),)))[0] == "news:2"
    assert keys(engine, wanted=Wanted("", (Word("dai", "đai"),)))[0] == "news:1"


def test_synonyms_find_what_they_stand_for(engine):
    wanted = Wanted("ubnd", words("ubnd"), (Synonym(0, 1, ("uy", "ban", "nhan", "dan")),))
    assert keys(engine, wanted=wanted) == ["news:7"]


@pytest.mark.parametrize(
    "number",
    [
        WantedNumber("43"),
        WantedNumber("43", 2011),
        WantedNumber("43", None, ("nd",)),
        WantedNumber("43", 2011, ("nd", "cp"), "nghi dinh"),
    ],
)
def test_a_number_stands_first(engine, number):
    assert keys(engine, wanted=Wanted("", words("thu hoi dat"), numbers=(number,)))[0] == "document:1"


@pytest.mark.parametrize(
    "number",
    [WantedNumber("44"), WantedNumber("43", 2012), WantedNumber("43", 2011, ("qd",)), WantedNumber("43", form="luat")],
)
def test_another_number_is_not_found(engine, number):
    assert keys(engine, wanted=Wanted("", numbers=(number,))) == []


def test_an_element_is_shown_first(engine):
    wanted = Wanted("", numbers=(WantedNumber("43"),), eid="art_10__para_2")
    assert engine.find(Query(wanted)).hits[0].passages == (1,)


def test_filters_and_their_counts(engine):
    everything = engine.find(Query())
    assert everything.total == 3
    assert everything.facets[Facet.KIND] == {"document": 2, "news": 1}
    assert keys(engine, portal=2) == ["news:7", "document:1"]
    narrowed = engine.find(Query(facets={Facet.YEAR: ("2011",)}))
    assert [hit.key for hit in narrowed.hits] == ["document:1"]
    assert narrowed.facets[Facet.YEAR] == {"2011": 1, "2013": 1, "2020": 1}
    assert narrowed.facets[Facet.KIND] == {"document": 1}
    assert keys(engine, "thu hoi", facets={Facet.KIND: ("news",)}) == ["news:7"]
    assert keys(engine, since=date(2012, 1, 1), until=date(2014, 1, 1)) == ["document:2"]
    assert keys(engine, "thu hoi", keys=frozenset({"news:7"})) == ["news:7"]


def test_sorted_by_day(engine):
    assert keys(engine, sort=Sort.OLDEST) == ["document:1", "document:2", "news:7"]
    assert keys(engine, "thu hoi", sort=Sort.OLDEST) == ["document:2", "news:7"]
    assert keys(engine, "thu hoi", sort=Sort.NEWEST) == ["news:7", "document:2"]


def test_near_ones_follow_and_say_so(engine):
    answer = engine.find(Query(Wanted("", words("thu hoi von"))))
    assert [(hit.key, hit.is_near) for hit in answer.hits] == [("news:7", False), ("document:2", True)]
    assert engine.find(Query(Wanted("", words("thu hoi von")), keys=frozenset({"document:2"}))).hits == ()


def test_phrases_and_excluded_words(engine):
    assert keys(engine, wanted=Wanted("", words("thu hoi"), phrases=(("thu", "hoi", "dat"),))) == ["document:2"]
    assert keys(engine, wanted=Wanted("", words("thu hoi"), excluded=("dat",))) == ["news:7"]


def test_pages_hold_each_thing_once(engine):
    found = [keys(engine, "thu hoi", offset=offset, size=1) for offset in (0, 1, 2)]
    assert found == [["document:2"], ["news:7"], []]


def test_what_is_replaced_and_dropped_is_found_no_more(engine):
    engine.put([Thing("news:7", "Tiêu đề khác", 2, {2: "/khac/"})])
    assert "news:7" not in keys(engine, "hoi cho")
    assert keys(engine, "tieu de khac") == ["news:7"]
    engine.drop(["news:7", "news:404"])
    assert keys(engine, "tieu de khac") == []
    assert keys(engine, portal=2) == ["document:1"]


def test_changed_facets_leave_the_passages(engine, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        engine.put([DECREE])
    assert keys(engine, "thong tin chu yeu")[0] == "document:1"


def test_rebuilding_swaps_only_at_the_end(engine):
    with engine.rebuilding() as new:
        new.put([LAW])
        assert keys(engine, "hoi cho") == ["news:7"]
    assert keys(engine, "hoi cho") == []
    assert keys(engine, "thu hoi dat") == ["document:2"]
    assert Generation.objects.count() == 1


def test_an_abandoned_rebuild_changes_nothing_and_is_cleared_away(engine):
    building = engine.rebuilding()
    building.__enter__().put([LAW])
    assert not building.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert keys(engine, "hoi cho") == ["news:7"]
    # As a killed process leaves it.
    tables.begin()
    with engine.rebuilding() as new:
        new.put(THINGS)
    assert Generation.objects.count() == 1


def test_digests_are_those_of_the_things(engine):
    assert list(engine.digests()) == [(thing.key, thing.digest) for thing in sorted(THINGS, key=lambda t: t.key)]


def test_store_knows_words_and_beginnings(engine):
    assert store.frequencies(["thu_hoi", "khong"]) == {"thu_hoi": 2, "khong": 0}
    assert [thing.key for thing in store.begins("nghị định 43/20", 2, 5)] == ["document:1"]
    assert [thing.key for thing in store.begins("luật đ", None, 5)] == ["document:2"]
    assert store.begins("luật đ", 2, 5) == []


@pytest.mark.parametrize("text", ['"', "* NOT", "a\x00b", "'; DROP TABLE", "😀", "__", "x " * 5_000, "đ" * 10_000])
def test_odd_words_are_harmless(engine, text):
    engine.find(Query(Wanted(text, tuple(Word(word) for word in text.split()[:64]))))
    store.begins(text, 1, 5)


def test_an_empty_index_finds_nothing():
    engine = DatabaseEngine()
    assert not engine.has_index()
    assert engine.find(Query()).total == 0
    assert store.begins("luật", None, 5) == []
