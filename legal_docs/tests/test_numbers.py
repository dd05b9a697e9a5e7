import unicodedata

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from legal_docs.numbers import NoNumber, parse_number, rejoin


class TestOneForm:
    @pytest.mark.parametrize(
        ("written", "stored"),
        [
            ("43/2011/NĐ-CP", "43/2011/NĐ-CP"),
            ("Số: 12 / 2017/QÐ - UBND", "12/2017/QĐ-UBND"),
            ("2723/QĐ–UBND", "2723/QĐ-UBND"),
            ("2723/QĐ_UBND", "2723/QĐ-UBND"),
            ("1830 QĐ-UBND", "1830/QĐ-UBND"),
            ("1/CT-UBND", "01/CT-UBND"),
            ("003/CT-UBND", "03/CT-UBND"),
            ("85/2017/nđ-cp", "85/2017/NĐ-CP"),
            ("09/2015/QĐ-TTg", "09/2015/QĐ-TTg"),
            ("30c/NQ-CP", "30c/NQ-CP"),
            ("66.14/2026/NQ-CP", "66.14/2026/NQ-CP"),
            ("4042/UBND-VX\u200b", "4042/UBND-VX"),
            ("73-CP", "73-CP"),
            ("26/KH-BCĐ (138)", "26/KH-BCĐ (138)"),
            ("90/TB-BCH PCTT-TKCN", "90/TB-BCH PCTT-TKCN"),
            ("02/2012/TTLT/BTC-BGD&ĐT", "02/2012/TTLT/BTC-BGD&ĐT"),
            ("403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN", "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN"),
        ],
    )
    def test_variants_of_writing_are_stored_alike(self, written, stored):
        assert str(parse_number(written)) == stored

    def test_letters_written_in_two_pieces_are_joined(self):
        assert str(parse_number(unicodedata.normalize("NFD", "12/2017/NQ-HĐND"))) == "12/2017/NQ-HĐND"

    def test_parts_are_told_apart(self):
        number = parse_number("01/2014/TTLT-BTP-BNV")
        assert (number.number, number.year, number.symbol) == ("01", 2014, "TTLT-BTP-BNV")
        assert number.parts == ["TTLT", "BTP", "BNV"]

    def test_separators_and_case_do_not_make_another_number(self):
        keys = {
            parse_number(text).key for text in ("05/2016/TTLT/BTP-BCA", "5/2016/TTLT-BTP-BCA", "05/2016/ttlt-btp-bca")
        }
        assert keys == {"05/2016/TTLT-BTP-BCA"}

    @given(st.from_regex(r"[0-9]{1,5}[a-z]?(/20[0-9]{2})?/[A-ZĐ]{2,5}-[A-ZĐ]{2,6}", fullmatch=True))
    def test_stored_form_is_read_as_itself(self, text):
        try:
            stored = str(parse_number(text))
        except NoNumber:
            assert int(text.split("/")[0].rstrip("abcdefghijklmnopqrstuvwxyz")) == 0
        else:
            assert str(parse_number(stored)) == stored


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "missing"),
            ("   ", "missing"),
            ("60", "no symbol"),
            ("11/2016/TT-", "cut off"),
            ("0/QĐ-UBND", "begins with 1"),
            ("12/17/QĐ-UBND", "not written like"),
            ("QĐ-UBND", "not written like"),
            ("123456/QĐ-UBND", "not written like"),
            ("1/" + "X" * 200, "more than"),
            ("1/QĐ-UBND\x00", "not written like"),
            ("1/<script>", "not written like"),
        ],
    )
    def test_reason_says_what_is_wrong(self, text, reason):
        with override("en"), pytest.raises(NoNumber, match=reason):
            parse_number(text)

    @given(st.text(max_size=120))
    @example("1" * 4000)
    @example("1/" + "A-" * 2000)
    def test_any_text_is_a_number_or_is_refused(self, text):
        try:
            stored = parse_number(text)
        except NoNumber:
            return
        assert stored.key


class TestAddress:
    def test_year_of_issue_stands_behind_a_number_without_one(self):
        assert parse_number("2723/QĐ-UBND").address_words(2014) == "2723-qd-ubnd-2014"

    def test_year_of_the_number_stays_in_its_place(self):
        assert parse_number("43/2011/NĐ-CP").address_words(2011) == "43-2011-nd-cp"

    def test_decimals_and_ampersands_are_words(self):
        assert parse_number("66.14/2026/NQ-CP").address_words(2026) == "66-14-2026-nq-cp"
        assert parse_number("05/2012/TT-BGD&ĐT").address_words(2012) == "05-2012-tt-bgd-dt"


class TestRejoining:
    @pytest.mark.parametrize(
        ("number", "abstract", "joined"),
        [
            ("18", "/2018/TT-NHNN Quy định về an toàn", ("18/2018/TT-NHNN", "Quy định về an toàn")),
            ("01/2012/QĐ-", "TTg Về một số chính sách", ("01/2012/QĐ-TTg", "Về một số chính sách")),
            ("21", "- TC/TCT hướng dẫn", ("21-TC/TCT", "hướng dẫn")),
            ("11/2015/TTLT-", "BVHTTDL-BTC- BGDĐT Hướng dẫn", ("11/2015/TTLT-BVHTTDL-BTC-BGDĐT", "Hướng dẫn")),
        ],
    )
    def test_end_of_the_number_is_found_before_the_abstract(self, number, abstract, joined):
        assert rejoin(number, abstract) == joined

    def test_an_abstract_alone_mends_nothing(self):
        assert rejoin("60", "Quy định về an toàn") is None
        assert rejoin("60", "") is None
