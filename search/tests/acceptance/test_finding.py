"""What is found, in which order, and how much there is of it: the same on every engine."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from search.engine import DEEPEST, NEAREST, Number, Query
from search.enums import Facet, Sort
from search.tests.things import DEPARTMENT, DISTRICT, PROVINCE, ask, decree, keys, thing, want
from search.understanding import want as understand
from search.wanted import Synonym, Wanted, WantedNumber, Word

pytestmark = pytest.mark.django_db

LAND = thing(
    "document:1",
    "Luật Đất đai",
    [
        ("art_1", "Điều 1", "Phạm vi điều chỉnh", "Luật này quy định về chế độ sở hữu đất đai."),
        ("art_79", "Điều 79", "Thu hồi đất vì lợi ích quốc gia", "Nhà nước thu hồi đất để xây dựng công trình."),
        ("art_86", "Điều 86", "Cơ quan quản lý", "Văn phòng đăng ký lập hồ sơ địa chính."),
    ],
    names=("LĐĐ",),
    day=date(2024, 1, 18),
    facets={Facet.TYPE: ("luat",), Facet.YEAR: ("2024",)},
)
BIRTH = thing(
    "document:2",
    "Nghị định về hộ tịch",
    [("art_3", "Điều 3", "Đăng ký khai sinh", "Ủy ban nhân dân cấp xã đăng ký khai sinh cho trẻ em.")],
    summary="Quy định chi tiết thi hành Luật Hộ tịch",
    day=date(2015, 11, 15),
    portals=(DEPARTMENT,),
    facets={Facet.TYPE: ("nghi-dinh",), Facet.YEAR: ("2015",)},
)
ROAD = thing(
    "news:1",
    "Mở rộng đường Nguyễn Trãi",
    ["Con đường dài hai cây số sẽ thông xe vào tháng sau."],
    owner=DISTRICT,
    day=date(2025, 3, 1),
)
SUGAR = thing("news:2", "Giá đường kính giảm", ["Giá đường trong nước giảm nhẹ."], owner=DISTRICT, day=date(2025, 2, 1))
PERSON = thing("person:1", "Nguyễn Văn An", summary="Giám đốc Sở Thông tin", owner=DEPARTMENT)
ALL = [LAND, BIRTH, ROAD, SUGAR, PERSON]


@pytest.fixture
def filled(engine):
    engine.put(ALL)
    return engine


def found(engine, text="", near=False, **more):
    return keys(engine.find(ask(text, **more)), near=near)


@pytest.mark.parametrize(
    "text", ["thu hồi đất", "thu hoi dat", "THU HỒI ĐẤT", unicodedata.normalize("NFD", "thu hồi đất"), "đất thu hồi"]
)
def test_words_are_found_with_and_without_accents_in_any_order(filled, text):
    assert found(filled, text) == ["document:1"]


def test_a_hit_names_the_passage_that_matches_best(filled):
    answer = filled.find(ask("thu hồi đất"))
    assert LAND.passages[answer.hits[0].passages[0]].anchor == "art_79"
    assert len(answer.hits[0].passages) <= 3


def test_words_of_the_title_and_of_a_passage_are_found_together(filled):
    assert found(filled, "luật hồ sơ địa chính") == ["document:1"]


def test_words_of_two_passages_are_not_found_together(filled):
    assert "document:1" not in found(filled, "công trình hồ sơ")


@pytest.mark.parametrize(("text", "key"), [("lđđ", "document:1"), ("chi tiết thi hành", "document:2")])
def test_names_and_summaries_are_found(filled, text, key):
    assert found(filled, text) == [key]


def test_things_without_passages_are_found(filled):
    answer = filled.find(ask("nguyễn văn an"))
    assert keys(answer)[0] == "person:1"
    assert answer.hits[0].passages == ()


def test_a_title_that_is_all_that_was_asked_stands_first(engine):
    others = [
        thing(f"document:{n}", f"Quyết định {n}", [f"Theo Luật Đất đai và luật đất đai sửa đổi, số {n}."])
        for n in range(10, 30)
    ]
    engine.put([*others, LAND])
    assert found(engine, "luat dat dai")[0] == "document:1"


def test_an_abstract_is_a_text_although_nothing_else_is_known(engine):
    """Of many documents only number and abstract are known."""
    law = "Phòng bệnh cho người: chó dại cắn, bệnh ở mèo. Người học nghề nộp hồ sơ tại nơi cư trú theo quy định. " * 8
    filling = [thing(f"document:{n}", f"Thông tư {n}", ["Người nộp đơn gửi hồ sơ. " * 40]) for n in range(10, 40)]
    abstract = "về việc tăng cường công tác phòng, chống bệnh dại trên đàn chó, mèo của các hộ"
    engine.put([*filling, thing("document:1", passages=[law]), thing("document:2", summary=abstract)])
    assert found(engine, "phòng bệnh dại cho chó mèo", near=None)[0] == "document:2"


def test_typed_accents_are_preferred_and_not_required(filled):
    filled.put([thing("news:3", "Đuông dừa", ["Món ăn từ đuông dừa."], owner=DISTRICT, day=date(2025, 4, 1))])
    assert found(filled, "đường")[-1] == "news:3"
    assert set(found(filled, "đường")) == {"news:1", "news:2", "news:3"}
    assert found(filled, "đuông")[0] == "news:3"


def test_both_ways_to_set_a_tone_mark_are_one(engine):
    engine.put([thing("news:1", "Hoà bình"), thing("news:2", "Hoa bình minh")])
    word = Word("hoa", "hòa")
    answer = engine.find(Query(wanted=Wanted(text="hòa", words=(word,))))
    assert keys(answer) == ["news:1", "news:2"]
    assert answer.hits[0].score > answer.hits[1].score


def test_words_that_stand_together_come_before_those_that_do_not(engine):
    engine.put(
        [
            thing("news:1", "Tin", ["Hành vi của người chính trực bị xử phạt, kể cả người vi hành."]),
            thing("news:2", "Tin", ["Người dân nộp phạt vi phạm hành chính tại kho bạc nhà nước."]),
            thing("news:3", "Tin", ["Phạm nhân hành xử vi diệu, chính là phạt."]),
        ]
    )
    assert found(engine, "vi phạm hành chính", near=None)[0] == "news:2"


def test_a_synonym_stands_for_the_words_it_replaces(filled):
    wanted = want("ubnd cấp xã", synonyms=(Synonym(0, 1, ("uy", "ban", "nhan", "dan")),))
    assert found(filled, wanted=wanted) == ["document:2"]


def test_a_short_synonym_stands_for_several_words(engine):
    engine.put([thing("news:1", "UBND tỉnh họp")])
    wanted = want("ủy ban nhân dân tỉnh", synonyms=(Synonym(0, 4, ("ubnd",)),))
    assert found(engine, wanted=wanted) == ["news:1"]


def test_what_was_typed_comes_before_its_synonym(engine):
    engine.put([thing("news:1", "Xe hơi cũ"), thing("news:2", "Ô tô cũ")])
    wanted = want("ô tô cũ", synonyms=(Synonym(0, 2, ("xe", "hoi")),))
    assert found(engine, wanted=wanted) == ["news:2", "news:1"]


def test_words_that_tell_little_are_not_required(filled):
    words = (Word("xin", weight=0.1), Word("hoi", weight=0.1), Word("khai"), Word("sinh"))
    assert found(filled, wanted=Wanted(text="xin hỏi khai sinh", words=words)) == ["document:2"]


# ---- numbers


@pytest.fixture
def numbered(engine):
    engine.put(
        [
            decree(1, "43", 2014, day=date(2014, 5, 15)),
            decree(2, "43", 2020, day=date(2020, 5, 15)),
            decree(3, "43", 2014, symbol="tt-btc", form="thong tu", title="Thông tư 43/2014/TT-BTC"),
            decree(4, "430", 2014),
            thing(
                "document:5", "Luật", [("art_1", "Điều 1", "", "Theo Nghị định số 43/2014/NĐ-CP của Chính phủ.")] * 9
            ),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (WantedNumber("43", 2014, ("nd", "cp")), ["document:1"]),
        (WantedNumber("43", 2014, ("nd",)), ["document:1"]),
        (WantedNumber("43", None, ("nd", "cp")), ["document:2", "document:1"]),
        (WantedNumber("43", 2014, form="thong tu"), ["document:3"]),
        (WantedNumber("43", 2014, issuers=("btc",)), ["document:3", "document:1"]),
        (WantedNumber("43", issuers=("cp",)), ["document:2", "document:1", "document:3"]),
        (WantedNumber("43", 2014, issuers=("btp",)), ["document:1", "document:3"]),
        (WantedNumber("43", 2020), ["document:2"]),
        (WantedNumber("44", 2020), []),
    ],
)
def test_a_number_is_looked_up(numbered, number, expected):
    answer = numbered.find(Query(wanted=Wanted(text="số", numbers=(number,)), keys=_keys(1, 2, 3, 4)))
    assert keys(answer) == expected


def _keys(*numbers):
    return frozenset(f"document:{number}" for number in numbers)


def test_a_document_of_the_number_stands_before_all_others(numbered):
    wanted = want("nghị định 43 2014 nđ cp", numbers=(WantedNumber("43", 2014, ("nd", "cp"), "nghi dinh"),))
    answer = numbered.find(Query(wanted=wanted))
    assert keys(answer)[0] == "document:1"
    assert not answer.hits[0].is_near
    assert answer.hits[0].score > max((hit.score for hit in answer.hits[1:]), default=0)


def test_a_number_is_looked_up_under_the_filters(numbered):
    wanted = Wanted(text="43", numbers=(WantedNumber("43"),))
    answer = numbered.find(Query(wanted=wanted, facets={Facet.YEAR: ("2020",)}, keys=_keys(1, 2, 3)))
    assert keys(answer) == ["document:2"]
    assert answer.facets[Facet.YEAR] == {"2014": 2, "2020": 1}


def test_the_year_of_the_number_comes_before_that_of_issue(engine):
    engine.put(
        [
            thing("document:1", "a", number=_number("7", (2020, 2021)), day=date(2021, 1, 1)),
            thing("document:2", "b", number=_number("7", (2021,)), day=date(2020, 1, 1)),
        ]
    )
    wanted = Wanted(text="7/2021", numbers=(WantedNumber("7", 2021),))
    assert keys(engine.find(Query(wanted=wanted))) == ["document:2", "document:1"]


def _number(number, years):
    return Number(number, years, ("qd", "ubnd"))


def test_the_named_article_of_the_document_is_the_passage_shown(engine):
    articles = [(f"art_{n}", f"Điều {n}", "", f"Nội dung của điều {n}.") for n in range(1, 12)]
    engine.put([decree(1, "43", 2014, passages=articles)])
    wanted = Wanted(text="điều 10 nđ 43/2014", numbers=(WantedNumber("43", 2014),), eid="art_10__para_2")
    assert engine.find(Query(wanted=wanted)).hits[0].passages[0] == 9


# ---- phrases and excluded words


def test_a_phrase_stands_side_by_side(engine):
    engine.put(
        [
            thing("news:1", "a", ["Xử phạt vi phạm hành chính về đất đai."]),
            thing("news:2", "b", ["Vi phạm của cơ quan hành chính bị xử phạt."]),
            thing("news:3", "Vi phạm hành chính"),
        ]
    )
    phrase = ("vi", "pham", "hanh", "chinh")
    assert set(found(engine, wanted=Wanted(text="x", phrases=(phrase,)), near=None)) == {"news:1", "news:3"}
    wanted = want("xử phạt", phrases=(phrase,))
    assert found(engine, wanted=wanted) == ["news:1"]
    assert "news:2" not in found(engine, wanted=wanted, near=None)


def test_a_phrase_of_neighbours_that_never_stand_in_one_row_is_not_found(engine):
    engine.put([thing("news:1", "a", ["Nhân dân thi đua. Dân thi hành. Thi hành án."])])
    assert found(engine, wanted=Wanted(text="x", phrases=(("dan", "thi", "hanh", "an"),)), near=None) == []


def test_excluded_words_are_in_nothing_that_is_found(filled):
    wanted = want("đường", excluded=("gia",))
    assert found(filled, wanted=wanted, near=None) == ["news:1"]


def test_an_excluded_word_counts_wherever_it_stands(engine):
    engine.put(
        [thing("news:1", "a", ["Cây xanh ven đường.", "Giá vé."]), thing("news:2", "b", ["Cây xanh ven đường."])]
    )
    assert found(engine, wanted=want("cây xanh", excluded=("gia",)), near=None) == ["news:2"]


# ---- filters


def test_a_portal_shows_what_lies_there(filled):
    assert set(found(filled, portal=DEPARTMENT)) == {"document:2", "person:1"}
    assert found(filled, "khai sinh", portal=DEPARTMENT) == ["document:2"]
    assert found(filled, "khai sinh", portal=DISTRICT, near=None) == []


def test_a_narrow_portal_finds_words_that_are_common_elsewhere(engine):
    engine.put(
        thing(f"news:{n}", "Thông báo", ["Thông báo tuyển dụng viên chức năm nay."], day=date(2025, 1, 1))
        for n in range(300)
    )
    engine.put([thing("news:900", "Thông báo", ["Tuyển dụng viên chức."], owner=DISTRICT, day=date(2001, 1, 1))])
    assert found(engine, "tuyển dụng viên chức", portal=DISTRICT) == ["news:900"]


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({Facet.KIND: ("news",)}, {"news:1", "news:2"}),
        ({Facet.KIND: ("news", "person")}, {"news:1", "news:2", "person:1"}),
        ({Facet.AGENCY: (str(DEPARTMENT),)}, {"person:1"}),
        ({Facet.TYPE: ("luat", "nghi-dinh")}, {"document:1", "document:2"}),
        ({Facet.TYPE: ("luat", "nghi-dinh"), Facet.YEAR: ("2015",)}, {"document:2"}),
        ({Facet.TYPE: ()}, {thing.key for thing in ALL}),
        ({Facet.TYPE: ("khong-co",)}, set()),
    ],
)
def test_facets_narrow(filled, facets, expected):
    assert set(found(filled, facets=facets)) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2025, 2, 1), None, {"news:1", "news:2"}),
        (None, date(2024, 1, 18), {"document:1", "document:2"}),
        (date(2025, 2, 1), date(2025, 2, 1), {"news:2"}),
    ],
)
def test_days_narrow_both_included(filled, since, until, expected):
    assert set(found(filled, since=since, until=until)) == expected


def test_only_given_keys_are_found_and_nothing_near(filled):
    assert found(filled, "đường", keys=frozenset({"news:2", "news:99"}), near=None) == ["news:2"]
    assert found(filled, "đường sắt", keys=frozenset({"news:2"}), near=None) == []
    assert found(filled, "đường", keys=frozenset(), near=None) == []
    assert found(filled, keys=frozenset({"person:1"})) == ["person:1"]


# ---- counts


def test_facets_count_what_choosing_would_leave(filled):
    answer = filled.find(ask(facets={Facet.KIND: ("document",)}))
    assert answer.facets[Facet.KIND] == {"document": 2, "news": 2, "person": 1}
    assert answer.facets[Facet.TYPE] == {"luat": 1, "nghi-dinh": 1}
    assert answer.facets[Facet.AGENCY] == {str(PROVINCE): 2}


def test_facets_count_what_is_found_by_words(filled):
    answer = filled.find(ask("đường"))
    assert answer.facets[Facet.AGENCY] == {str(DISTRICT): 2}
    narrowed = filled.find(ask("đường", facets={Facet.KIND: ("document",)}))
    assert keys(narrowed, near=False) == []
    assert narrowed.facets[Facet.KIND] == {"news": 2}


def test_facets_are_left_out_where_they_are_not_asked_for(filled):
    assert filled.find(ask("đường", with_facets=False)).facets == {}


# ---- near ones


def test_near_things_follow_where_few_have_all_words(filled):
    answer = filled.find(ask("giá đường nguyễn"))
    assert keys(answer, near=False) == []
    assert {"news:1", "news:2"} <= set(keys(answer, near=True))
    assert answer.total == len(answer.hits)


def test_found_things_stand_before_near_ones(filled):
    answer = filled.find(ask("giá đường"))
    assert keys(answer)[0] == "news:2"
    assert [hit.is_near for hit in answer.hits] == sorted(hit.is_near for hit in answer.hits)


def test_near_things_do_not_follow_where_enough_have_all_words(engine):
    engine.put(thing(f"news:{n}", "Giá đường giảm") for n in range(12))
    engine.put(thing(f"news:{n}", "Giá xăng giảm") for n in range(20, 30))
    answer = engine.find(ask("giá đường"))
    assert answer.total == 12
    assert keys(answer, near=True) == []


def test_a_question_is_answered_by_the_nearest(filled):
    answer = filled.find(ask("đi đăng ký khai sinh cho trẻ em mới sinh thì đến cơ quan nào"))
    assert keys(answer)[0] == "document:2"
    assert [BIRTH.passages[place].anchor for place in answer.hits[0].passages] == ["art_3"]
    assert not answer.hits[0].is_near


def test_a_question_has_no_more_answers_than_the_nearest(engine):
    engine.put(thing(f"news:{n}", f"Tin {n}", ["Thủ tục đăng ký khai sinh cho trẻ em."]) for n in range(NEAREST + 20))
    assert engine.find(ask("thủ tục đăng ký khai sinh cho trẻ em ở đâu")).total == NEAREST


def test_unknown_words_find_nothing(filled):
    answer = filled.find(ask("xyzzy"))
    assert (answer.hits, answer.total) == ((), 0)


# ---- order and pages


def test_nothing_asked_lists_all_by_day(filled):
    answer = filled.find(Query())
    assert keys(answer) == ["news:1", "news:2", "document:1", "document:2", "person:1"]
    assert (answer.total, answer.is_exact) == (5, True)
    assert keys(filled.find(Query(sort=Sort.OLDEST))) == ["document:2", "document:1", "news:2", "news:1", "person:1"]


def test_found_things_can_stand_by_day(filled):
    assert found(filled, "đường", sort=Sort.NEWEST) == ["news:1", "news:2"]
    assert found(filled, "đường", sort=Sort.OLDEST) == ["news:2", "news:1"]


@pytest.mark.parametrize("text", ["", "họp", "cuộc họp thường kỳ của ủy ban nhân dân"])
@pytest.mark.parametrize("sort", list(Sort))
def test_pages_are_stable_and_hold_each_thing_once(engine, text, sort):
    engine.put(
        thing(f"news:{n}", "Cuộc họp thường kỳ", ["Ủy ban nhân dân họp."], day=date(2025, 1, 1 + n % 3))
        for n in range(45)
    )
    whole = keys(engine.find(ask(text, sort=sort, size=45)))
    leafed = [key for page in range(3) for key in keys(engine.find(ask(text, sort=sort, offset=page * 20)))]
    assert leafed == whole
    assert len(set(whole)) == 45


def test_ties_are_broken_by_day_and_key(engine):
    days = {"news:1": 1, "news:2": 3, "news:3": 2, "news:4": 2}
    engine.put(thing(key, "Cuộc họp", day=date(2025, 1, day)) for key, day in days.items())
    assert found(engine, "họp") == ["news:2", "news:3", "news:4", "news:1"]


def test_a_deep_page_is_answered(engine):
    engine.put(thing(f"news:{n}", "Cuộc họp") for n in range(30))
    answer = engine.find(ask("họp", offset=DEEPEST, size=20))
    assert (answer.hits, answer.total) == ((), 30)


# ---- odd input

ODD = [
    "\x00", "đất\x00đai", "'", '"', '"đất', "(", ")", "dat AND", "NOT dat", "dat*", "-dat", "dat:dai", "col : dat",
    "^dat", "dat & dai | !x", "dat:*", "\\", "🙂", "🙂 đất", "\ud800", "%", "_", "_a", "dat_dai", "\u0301",
    "a" * 10_000, "đất " * 2_500, "٣", "土地", "; DROP TABLE search_generation", "{{ 1 }}", "\n\t ", "NEAR(dat dai)",
    "ﬁ", "İ",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_queries_are_harmless(filled, text):
    raw = Wanted(
        text=text,
        words=tuple(Word(word, word) for word in text.split(" ")),
        synonyms=(Synonym(0, 1, (text,)), Synonym(5, 3, ("x",)), Synonym(-1, 99, ("x",))),
        phrases=((text,), ("dat", text)),
        excluded=(text,),
        numbers=(WantedNumber(text, parts=(text,), form=text),),
        eid=text,
    )
    for wanted in (want(text), raw, Wanted(text=text, words=(Word(text),)), Wanted(excluded=(text,))):
        filled.find(Query(wanted=wanted))
    filled.find(Query(facets={Facet.TYPE: (text,)}, keys=frozenset({text})))


@pytest.mark.parametrize("text", [text for text in ODD if text != "\ud800"])
def test_odd_things_are_kept_and_found(engine, text):
    odd = thing(
        "news:1",
        f"Chuyện lạ {text}",
        [(text[:100], text, text, f"Nội dung {text}")],
        summary=text,
        names=(text,),
        facets={Facet.FIELD: (text,)},
    )
    engine.put([odd])
    assert found(engine, "chuyện lạ") == ["news:1"]
    engine.put([thing("news:1", "Khác")])
    assert found(engine, "chuyện lạ", near=None) == []
    engine.drop(["news:1"])
    assert keys(engine.find(Query())) == []


def test_thousands_of_values_are_harmless(filled):
    values = tuple(f"gia-tri-{n}" for n in range(5_000))
    assert found(filled, facets={Facet.TYPE: (*values, "luat")}) == ["document:1"]
    assert found(filled, "đất", facets={Facet.TYPE: values}, near=None) == []


def law(serial, number, name, year, issued=None, **more):
    title = f"Luật {number}/{year}/QH13" if year else f"Luật {number}-L/CTN"
    issued = issued or date(year, 11, 29)
    years = tuple(dict.fromkeys(filter(None, (year, issued.year))))
    looked_up = Number(number, years, ("qh13",), more.pop("form", "luat"))
    return thing(f"document:{serial}", title, number=looked_up, day=issued, names=(name,), summary=name, **more)


@pytest.fixture
def laws(engine):
    engine.put(
        [
            law(1, "13", "Luật Đất đai", 2003),
            law(2, "45", "Luật Đất đai", 2013),
            law(3, "31", "Luật Đất đai", 2024, issued=date(2024, 1, 18)),
            law(4, "24", "Luật Đất đai", None, issued=date(1993, 7, 14)),
            law(5, "67", "Luật Đầu tư", 2014),
            law(6, "49", "Luật Đầu tư công", 2014),
            law(7, "100", "Bộ luật Hình sự", 2015, form="bo luat"),
            law(8, "25", "Luật Bảo hiểm y tế", 2008),
            thing("news:1", "Luật Đất đai năm 2013 và Luật Đất đai năm 2003 hết hiệu lực", day=date(2025, 1, 1)),
            thing("news:2", "Luật Đầu tư năm 2014", ["Luật Đầu tư năm 2014, luật đầu tư 2014."], day=date(2025, 1, 2)),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("luật đất đai năm 2013", "document:2"),
        ("luat dat dai 2003", "document:1"),
        ("luật đất đai 2024", "document:3"),
        # Of its own time, which numbered laws without a year.
        ("luật đất đai năm 1993", "document:4"),
        ("luật đầu tư 2014", "document:5"),
        ("luật đầu tư công năm 2014", "document:6"),
        ("BLHS 2015", "document:7"),
        ("luật BHYT 2008", "document:8"),
        ("ai được cấp giấy chứng nhận theo luật đất đai năm 2013 khi không có giấy tờ", "document:2"),
    ],
)
def test_year_says_which_law_of_the_name_is_meant(laws, text, first):
    answer = laws.find(Query(understand(text)))
    assert answer.hits[0].key == first
    assert not answer.hits[0].is_near
    assert len(set(keys(answer))) == len(answer.hits)


@pytest.mark.parametrize("text", ["luật đất đai năm 2015", "luật đất đai", "luật rừng 2013"])
def test_without_a_law_of_that_year_words_alone_count(laws, text):
    wanted = understand(text)
    assert keys(laws.find(Query(wanted))) == keys(laws.find(Query(replace(wanted, laws=()))))


def test_law_of_a_year_keeps_to_the_filters(laws):
    wanted = understand("luật đất đai năm 2013")
    assert "document:2" not in keys(laws.find(Query(wanted, since=date(2014, 1, 1))))
    assert "document:2" not in keys(laws.find(Query(wanted, portal=DISTRICT)))
    assert keys(laws.find(Query(wanted, until=date(2013, 12, 31))))[0] == "document:2"
