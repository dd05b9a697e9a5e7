"""What stands at the beginning of a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_docs.structure.numbering import follows, may_begin, read_article, read_group, read_item
from legal_docs.structure.numerals import from_roman, from_words, order, to_roman
from legal_docs.structure.tree import Kind


@given(st.integers(1, 3999))
def test_roman_figures_go_there_and_back(number):
    assert from_roman(to_roman(number)) == number


@pytest.mark.parametrize("text", ["IIII", "VX", "IC", "", "A", "XM"])
def test_what_romans_do_not_write_is_no_figure(text):
    assert from_roman(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("thứ nhất", 1), ("thứ tư", 4), ("Thứ hai", 2), ("sáu", 6), ("mười", 10), ("mười lăm", 15)),
        *(("hai mươi", 20), ("hai mươi mốt", 21), ("của", None), ("mười của", None), ("mềm", None)),
    ],
)
def test_vietnamese_words_are_numbers(text, number):
    assert from_words(text) == number


def test_d_with_stroke_stands_between_d_and_e():
    assert sorted(["e", "đ", "a", "d", "aa", "c"], key=order) == ["a", "c", "d", "đ", "e", "aa"]


def test_inserted_articles_stand_after_their_article():
    assert sorted(["13", "12b", "12", "2", "12a", "12đ"], key=order) == ["2", "12", "12a", "12b", "12đ", "13"]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("Điều 5. Phạm vi", "5", "Phạm vi"),
        ("ĐIỀU 5: Phạm vi", "5", "Phạm vi"),
        ("Điều 5 . Phạm vi", "5", "Phạm vi"),
        ("Điều 12a. Phạm vi", "12a", "Phạm vi"),
        ("Điều 12 a. Phạm vi", "12a", "Phạm vi"),
        ("Điều 7đ. Phạm vi", "7đ", "Phạm vi"),
        ("Điều 5.[2] Phạm vi", "5", "[2] Phạm vi"),
        ("Điều 1.- Phạm vi", "1", "Phạm vi"),
        ("Điều 5.", "5", ""),
    ],
)
def test_heading_of_an_article_is_read(text, number, rest):
    mark = read_article(text)
    assert (mark.number, mark.rest, mark.is_sure) == (number, rest, True)


@pytest.mark.parametrize("text", ["Điều 5", "Điều 5 Phạm vi điều chỉnh"])
def test_without_a_period_the_place_decides_about_an_article(text):
    assert read_article(text).is_sure is False


@pytest.mark.parametrize(
    "text",
    [
        "Điều 5 của Luật này quy định về sổ.",
        "Điều 5, Điều 6 và Điều 7 được bãi bỏ.",
        "Điều 5 và Điều 6 của Nghị định",
        "Điều 3 Nghị định số 05/1999/NĐ-CP quy định",
        "Điều 150 và điểm d khoản 3",
        "Điều 5 khoản 2",
        "Điều kiện cấp phép",
        "Điều lệ công ty",
    ],
)
def test_sentence_that_begins_with_an_article_is_no_heading(text):
    assert read_article(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "number", "rest"),
    [
        ("Chương II", Kind.CHAPTER, "2", ""),
        ("CHƯƠNG III QUY ĐỊNH CỤ THỂ", Kind.CHAPTER, "3", "QUY ĐỊNH CỤ THỂ"),
        ("Chương I - QUY ĐỊNH CHUNG", Kind.CHAPTER, "1", "QUY ĐỊNH CHUNG"),
        ("Chương 1: QUY ĐỊNH CHUNG", Kind.CHAPTER, "1", "QUY ĐỊNH CHUNG"),
        ("Chương Va. BỔ SUNG", Kind.CHAPTER, "5a", "BỔ SUNG"),
        ("Mục 3. GHI SỔ", Kind.SECTION, "3", "GHI SỔ"),
        ("Tiểu mục 2. GHI SỔ", Kind.SUBSECTION, "2", "GHI SỔ"),
        ("PHẦN THỨ NHẤT", Kind.PART, "1", ""),
        ("Phần thứ mười hai", Kind.PART, "12", ""),
        ("Phần sáu ĐIỀU KHOẢN THI HÀNH", Kind.PART, "6", "ĐIỀU KHOẢN THI HÀNH"),
        ("Phần I", Kind.PART, "1", ""),
        ("Phần A", Kind.PART, "a", ""),
    ],
)
def test_heading_of_a_group_is_read(text, kind, number, rest):
    mark = read_group(text)
    assert (mark.kind, mark.number, mark.rest, mark.is_sure) == (kind, number, rest, True)


@pytest.mark.parametrize(
    "text",
    [
        *("Chương trình khuyến công", "Chương II của Luật này", "Mục đích, ý nghĩa", "Phần mềm kế toán"),
        *("Phần lợi nhuận còn lại", "Chương II và Chương III", "Mục “Nộp lưu”: ghi ngày", "Phần, chương, mục"),
    ],
)
def test_words_that_begin_like_a_group_are_text(text):
    assert read_group(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("1. Nội dung", Kind.CLAUSE, "1"),
        ("1.Nội dung", Kind.CLAUSE, "1"),
        ("12a. Nội dung", Kind.CLAUSE, "12a"),
        ("1.[3] Nội dung", Kind.CLAUSE, "1"),
        ("1.1. Nội dung", Kind.SUBCLAUSE, "1.1"),
        ("a) Nội dung", Kind.POINT, "a"),
        ("đ) Nội dung", Kind.POINT, "đ"),
        ("aa) Nội dung", Kind.POINT, "aa"),
        ("a1) Nội dung", Kind.SUBPOINT, "a1"),
        ("a.1) Nội dung", Kind.SUBPOINT, "a1"),
        ("(ii) Nội dung", Kind.SUBPOINT, "2"),
    ],
)
def test_clauses_and_points_are_read(text, kind, number):
    mark = read_item(text)
    assert (mark.kind, mark.number, mark.is_sure) == (kind, number, True)


@pytest.mark.parametrize(
    "text",
    [
        *("1.000 đồng một tờ", "01/01/2016 là ngày", "16.12.2015 là ngày", "5% giá trị", "10-15 ngày", "24/7 giờ"),
        *("12 tháng", "V = M x S/3", "- Nội dung", "“1. Nội dung", "2016. Năm", "3,5 triệu đồng", "1:5.000", "12"),
    ],
)
def test_decimals_dates_and_measures_are_no_numbers_of_clauses(text):
    assert read_item(text) is None


@pytest.mark.parametrize("text", ["3. tháng", "2.5 triệu", "I. Nội dung", "1- Nội dung", "c)", "(1) Nội dung"])
def test_doubtful_marks_say_that_they_are(text):
    assert read_item(text).is_sure is False


@pytest.mark.parametrize(
    ("before", "after", "does"),
    [
        *(("1. A", "2. B", True), ("1. A", "1a. B", True), ("1a. A", "2. B", True), ("1. A", "3. C", False)),
        *(("c) A", "d) B", True), ("d) A", "đ) B", True), ("e) A", "g) B", True), ("i) A", "k) B", True)),
        *(("a) A", "a) B", False), ("1.1. A", "1.2. B", True), ("1.9. A", "1.10. B", True), ("a) A", "h) B", False)),
    ],
)
def test_lists_count_on(before, after, does):
    assert follows(read_item(before), read_item(after)) is does


def test_lists_begin_with_their_first_mark():
    assert [may_begin(read_item(f"{label} Nội dung")) for label in ("1.", "a)", "1.1.", "(i)", "2.", "b)")] == [
        *(True, True, True, True, False, False)
    ]
