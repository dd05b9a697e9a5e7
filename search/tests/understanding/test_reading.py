import unicodedata

import pytest

from search.understanding import Synonyms, want
from search.understanding.synonyms import Group
from search.wanted import Synonym, WantedNumber

DECREE = WantedNumber("43", 2011, ("nd", "cp"))


def number(text):
    found = want(text).numbers
    return found[0] if found else None


@pytest.mark.parametrize(
    "text",
    [
        "43/2011/NĐ-CP",
        "số 43/2011/NĐ-CP",
        "43/2011/nd-cp",
        "43 / 2011 / NĐ - CP",
        "nd 43 2011 cp",
        "nđ43/2011/cp",
        unicodedata.normalize("NFD", "43/2011/NĐ-CP"),
        "43/2011/NÐ-CP",
        "043/2011/NĐ–CP",
    ],
)
def test_number_in_many_spellings(text):
    assert number(text) == DECREE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nghị định 43 năm 2011", WantedNumber("43", 2011, (), "nghi dinh")),
        ("nghị định số 43/2011", WantedNumber("43", 2011, (), "nghi dinh")),
        ("43/2011", WantedNumber("43", 2011)),
        ("qd 2723", WantedNumber("2723", None, ("qd",))),
        ("2723 qđ ubnd", WantedNumber("2723", None, ("qd", "ubnd"))),
        ("quyet dinh 2723 nam 2014", WantedNumber("2723", 2014, (), "quyet dinh")),
        ("số 2723/QĐ-UBND ngày 5/8/2014", WantedNumber("2723", 2014, ("qd", "ubnd"))),
        ("2723/QĐ-UBND ngày 05 tháng 8 năm 2014", WantedNumber("2723", 2014, ("qd", "ubnd"))),
        ("thông tư 7/2012/TT-BTTTT", WantedNumber("7", 2012, ("tt", "btttt"), "thong tu")),
        ("tt 07-2012 btttt", WantedNumber("7", 2012, ("tt", "btttt"))),
        ("73-CP", WantedNumber("73", None, ("cp",))),
        ("36a/2015/NQ-CP", WantedNumber("36A", 2015, ("nq", "cp"))),
        ("66.14/2025/QĐ-UBND", WantedNumber("66.14", 2025, ("qd", "ubnd"))),
        ("4042/UBND-VX", WantedNumber("4042", None, ("ubnd", "vx"))),
        (
            "thông tư liên tịch 01/2015/TTLT-BTP-BNV",
            WantedNumber("1", 2015, ("ttlt", "btp", "bnv"), "thong tu lien tich"),
        ),
        ("luật số 18/2008/QH12", WantedNumber("18", 2008, ("qh12",), "luat")),
    ],
)
def test_as_much_of_a_number_as_was_given(text, expected):
    assert number(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "năm 2014", "điều 10", "18 tuổi", "2 năm", "nghỉ 30 ngày", "quyết định 5 năm", "luật đất đai 2013",
        "0912345678", "khoản 3", "200 triệu đồng", "lớp 10", "quý 3 năm 2020", "12/5/2020", "", "x" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_number(text):
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "eid"),
    [
        ("điểm b khoản 2 Điều 10 NĐ 43", "art_10__para_2__point_b"),
        ("Điều 10 khoản 2 điểm đ", "art_10__para_2__point_dd"),
        ("diem a khoan 1 dieu 5", "art_5__para_1__point_a"),
        ("dieu 12a nd 43/2011", "art_12a"),
        ("khoản 2", ""),
        ("điều tra", ""),
    ],
)
def test_named_element(text, eid):
    assert want(text).eid == eid


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("thông tư 01/2019 của bộ lao động", ("bldtbxh",)),
        ("thong tu 01 nam 2019 bo lao dong thuong binh va xa hoi quy dinh gi", ("bldtbxh",)),
        ("thông tư 43/2014 do Bộ Tài chính ban hành", ("btc",)),
        ("thông tư 43/2014 bộ văn hóa", ("bvhttdl", "bvhtt")),
        ("thông tư 43/2014 của BTC", ("btc",)),
        ("quyết định 12/2020 của ủy ban nhân dân tỉnh", ("ubnd",)),
        ("quyết định 12/2020 của sở tài chính", ("stc",)),
        ("thông tư 43/2014 của bộ", ()),
        ("thông tư 43/2014 của", ()),
        ("thông tư 43/2014", ()),
    ],
)
def test_body_named_beside_a_number(text, issuers):
    assert number(text).issuers == issuers


@pytest.mark.parametrize(
    ("text", "year", "forms", "name"),
    [
        ("luật đất đai năm 2013", 2013, "luat, bo luat", "dat dai"),
        ("luat xay dung 2014", 2014, "luat, bo luat", "xay dung"),
        ("thu hồi đất theo luật về đất đai ban hành năm 2013 ra sao", 2013, "luat, bo luat", "dat dai"),
        ("điều 5 bộ luật dân sự (2015)", 2015, "bo luat", "dan su"),
        ("BLHS 2015", 2015, "bo luat", "hinh su"),
        ("luật phổ biến, giáo dục pháp luật 2012", 2012, "luat, bo luat", "pho bien giao duc phap luat"),
        ("pháp lệnh ngoại hối năm 2005", 2005, "phap lenh", "ngoai hoi"),
        ("hiến pháp 1992", 1992, "hien phap", ""),
    ],
)
def test_law_of_a_year(text, year, forms, name):
    (law,) = want(text).laws
    assert (law.year, ", ".join(law.forms), " ".join(ways[0][0] for ways in law.words)) == (year, forms, name)


def test_other_words_may_stand_in_the_name_of_a_law():
    assert ("bao", "hiem", "y", "te") in want("luật BHYT 2008").laws[0].words[0]


@pytest.mark.parametrize(
    "text",
    [
        "luật đất đai", "luật 2013", "pháp luật năm 2013", "kỷ luật cán bộ 2013", "luật đất đai 45/2013/QH13", "2013",
        "nghị định hướng dẫn luật đất đai 2013", "nghị định 43 luật đất đai 2013", "kế hoạch đầu tư công năm 2021",
        "luật đất đai 1890", "luật",
    ],
)  # fmt: skip
def test_what_is_no_law_of_a_year(text):
    assert not want(text).laws


def test_accents_are_kept_where_they_were_typed():
    assert [(word.text, word.exact) for word in want("Hoà dat").words] == [("hoa", "hòa"), ("dat", "")]


def test_filling_words_weigh_little_and_stay():
    words = {word.text: word.weight for word in want("cho tôi hỏi thu hồi đất là gì").words}
    assert words["hoi"] == 1.0 or words["hoi"] < 1
    assert words["dat"] == 1.0
    assert words["gi"] < 0.3
    assert want("là gì").words


def test_phrases_and_excluded_words():
    wanted = want('"thu hồi đất" -rừng nông-lâm')
    assert wanted.phrases == (("thu", "hoi", "dat"),)
    assert wanted.excluded == ("rung",)
    assert "rung" not in [word.text for word in wanted.words]


def test_symbol_with_dashes_excludes_nothing():
    assert want("43/2011/NĐ -CP").numbers[0].number == "43"
    assert want("A -B-C").excluded == ()


class TestSynonyms:
    GROUPS = Synonyms.of([Group.of_line("UBND = Ủy ban nhân dân"), Group.of_line("hộ khẩu => thường trú")])

    def test_hold_both_ways(self):
        assert self.GROUPS.for_words(["ubnd"]) == (Synonym(0, 1, ("uy", "ban", "nhan", "dan"), 0.8),)
        assert self.GROUPS.for_words(["a", "uy", "ban", "nhan", "dan"]) == (Synonym(1, 5, ("ubnd",), 0.8),)

    def test_or_one_way(self):
        assert self.GROUPS.for_words(["ho", "khau"])
        assert not self.GROUPS.for_words(["thuong", "tru"])

    def test_two_spellings_of_open_syllables(self):
        assert [synonym.words for synonym in self.GROUPS.for_words(["ky", "qui", "ban"])] == [("ki",), ("quy",)]

    @pytest.mark.parametrize("line", ["", "UBND", "UBND =", "= ", "a = a"])
    def test_a_line_that_is_no_group(self, line):
        assert Group.of_line(line) is None


@pytest.mark.parametrize("text", ["\x00", "‮a", '"""', "- - -", "😀 luật", "đ" * 10_000, "a " * 5_000, "'; --"])
def test_odd_input_is_read_in_bounds(text):
    wanted = want(text)
    assert len(wanted.words) <= 48
    assert len(wanted.synonyms) <= 40
