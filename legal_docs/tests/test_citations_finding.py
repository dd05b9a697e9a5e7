"""Single sentences: which words are a link, and which elements of which document they name."""

import pytest

from legal_docs.citations import CitingDocument, Place, find_citations
from legal_docs.citations.labels import labels_between, plain_label

DECREE = CitingDocument(form="Nghị định")
LAW = CitingDocument(form="Luật")


def links(text, document=DECREE, at="art_7__para_2"):
    """Return (words, document, ids) of each link; the document is "this", a number or a name."""
    return [(one.text, said(one.document), " ".join(one.elements)) for one in find_citations(text, document, at)]


def said(reference):
    return "this" if reference.is_self else reference.number or reference.name or None


class TestOneTarget:
    @pytest.mark.parametrize(
        ("text", "words", "document", "element"),
        [
            (
                "theo điểm b khoản 2 Điều 10 Nghị định số 43/2011/NĐ-CP ngày 13 tháng 6 năm 2011",
                "điểm b khoản 2 Điều 10 Nghị định số 43/2011/NĐ-CP",
                "43/2011/NĐ-CP",
                "art_10__para_2__point_b",
            ),
            ("tại Điều 5 của Nghị định này.", "Điều 5 của Nghị định này", "this", "art_5"),
            ("tại Khoản 4, Điều 3 Nghị định này", "Khoản 4, Điều 3 Nghị định này", "this", "art_3__para_4"),
            ("Chính phủ quy định chi tiết Điều này.", "Điều này", "this", "art_7"),
            ("quy định tại khoản 1 Điều này", "khoản 1 Điều này", "this", "art_7__para_1"),
            ("quy định tại điểm đ khoản này", "điểm đ khoản này", "this", "art_7__para_2__point_dd"),
            ("tại Mục 2 Chương III", "Mục 2 Chương III", "this", "chp_3__sec_2"),
            ("theo Phụ lục số 04", "Phụ lục số 04", "this", "att_4"),
            (
                "tại Phụ lục I ban hành kèm theo Nghị định này",
                "Phụ lục I ban hành kèm theo Nghị định này",
                "this",
                "att_1",
            ),
            (
                "theo Mẫu số 03 quy định tại Phụ lục ban hành kèm theo Nghị định này",
                "Mẫu số 03 quy định tại Phụ lục ban hành kèm theo Nghị định này",
                "this",
                "att",
            ),
            ("theo mẫu tại Phụ lục II.", "Phụ lục II", "this", "att_2"),
            ("tại Khoản 3a Điều 12 Nghị định này", "Khoản 3a Điều 12 Nghị định này", "this", "art_12__para_3a"),
            ("theo Điều 5 khoản 2 điểm a Luật Báo chí", "Điều 5 khoản 2 điểm a Luật Báo chí", "Luật Báo chí", None),
            ("tại điểm 3.8, khoản 3 Mục II Nghị định này", "điểm 3.8, khoản 3 Mục II Nghị định này", "this", None),
            ("theo Phần thứ hai Nghị định này", "Phần thứ hai Nghị định này", "this", "part_2"),
            ("Điều 37, Luật Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác", None, None, "art_37"),
        ],
    )
    def test_sentence_with_one_link(self, text, words, document, element):
        ((found_words, found_document, found_element),) = links(text)
        assert found_words == (words or text)
        assert document in (None, found_document)
        assert element in (None, found_element)

    def test_element_of_what_was_issued_with_a_document_is_an_element_of_that_document(self):
        text = "khoản 5 Điều 5 của Quy chế thi đánh giá ban hành kèm theo Thông tư số 23/2017/TT-BGDĐT ngày 29/9/2017"
        assert links(text) == [(text.removesuffix(" ngày 29/9/2017"), "23/2017/TT-BGDĐT", "art_5__para_5")]

    def test_bracket_before_issued_with_does_not_cut_the_link(self):
        text = "điểm 6 mục II Chi tiết kết quả phân hạng đất (Kèm theo Quyết định số 326/TTg ngày 18 tháng 5)"
        assert links(text)[0][1:] == ("326/TTg", "sec_2__point_6")

    @pytest.mark.parametrize("written", ["43/2011/NĐ- CP", "43/2011/NĐ–CP", "43 /2011/NĐ-CP", "43/2011/NÐ-CP"])
    def test_numbers_are_normalised_and_the_words_kept(self, written):
        assert links(f"Nghị định số {written} quy định") == [(f"Nghị định số {written}", "43/2011/NĐ-CP", "")]

    def test_title_after_the_number_gives_no_link(self):
        text = "Luật số 80/2015/QH13 ngày 22 tháng 6 năm 2015 ban hành văn bản quy phạm pháp luật"
        (citation,) = find_citations(text)
        assert citation.text == "Luật số 80/2015/QH13"
        assert citation.document.issued_on.isoformat() == "2015-06-22"

    def test_law_in_the_title_of_a_decree_is_a_link_of_its_own(self):
        text = "Nghị định số 34/2016/NĐ-CP quy định chi tiết một số điều của Luật Ban hành văn bản quy phạm pháp luật"
        assert [words for words, _, _ in links(text)] == [
            "Nghị định số 34/2016/NĐ-CP",
            "Luật Ban hành văn bản quy phạm pháp luật",
        ]


class TestLists:
    def test_list_of_articles_shares_its_end(self):
        assert links("tại các Điều 3, 4 và 7 của Luật này", LAW) == [
            ("Điều 3", "this", "art_3"),
            ("4", "this", "art_4"),
            ("7 của Luật này", "this", "art_7"),
        ]

    def test_list_of_points_shares_clause_and_article(self):
        assert links("các điểm a, b và c khoản 1 Điều này") == [
            ("điểm a", "this", "art_7__para_1__point_a"),
            ("b", "this", "art_7__para_1__point_b"),
            ("c khoản 1 Điều này", "this", "art_7__para_1__point_c"),
        ]

    def test_repeated_word_is_part_of_the_link(self):
        assert links("điểm a và điểm b khoản 2 Điều 5") == [
            ("điểm a", "this", "art_5__para_2__point_a"),
            ("điểm b khoản 2 Điều 5", "this", "art_5__para_2__point_b"),
        ]

    def test_each_element_belongs_to_the_nearest_larger_one_after_it(self):
        found = links("Khoản 2, Điểm c, Điểm g Khoản 4, Khoản 5 Điều này")
        assert [element for _, _, element in found] == [
            "art_7__para_2",
            "art_7__para_4__point_c",
            "art_7__para_4__point_g",
            "art_7__para_5",
        ]

    def test_document_at_the_end_counts_for_the_whole_list(self):
        text = "Điều 17, Khoản 3 Điều 23 (trừ trường hợp khẩn cấp); Khoản 4 Điều 30 của Luật Giáo dục"
        assert {document for _, document, _ in links(text)} == {"Luật Giáo dục"}

    def test_document_after_and_does_not_count_for_what_stands_before(self):
        assert links("theo Điều 5 và Luật Đất đai") == [
            ("Điều 5", "this", "art_5"),
            ("Luật Đất đai", "Luật Đất đai", ""),
        ]

    def test_link_in_parentheses_does_not_break_the_list_around_it(self):
        text = "Điều 3 (theo Thông tư số 5/2015/TT-BTC), Điều 4 Nghị định số 10/2012/NĐ-CP"
        assert [document for _, document, _ in links(text)] == ["10/2012/NĐ-CP", "05/2015/TT-BTC", "10/2012/NĐ-CP"]

    def test_second_number_of_a_list_of_documents_is_a_link(self):
        text = "các Nghị định số 26/2009/NĐ-CP ngày 16 tháng 3 năm 2009 và số 113/2011/NĐ-CP ngày 08 tháng 12 năm 2011"
        assert [words for words, _, _ in links(text)] == ["Nghị định số 26/2009/NĐ-CP", "số 113/2011/NĐ-CP"]

    def test_numbers_that_count_things_do_not_go_on_with_a_list(self):
        assert links("Điều 5 và 30 ngày làm việc; Điều 6, 02 bộ hồ sơ") == [
            ("Điều 5", "this", "art_5"),
            ("Điều 6", "this", "art_6"),
        ]

    def test_code_after_a_number_is_a_document_not_a_set_of_papers(self):
        assert links("Điều 159, Điều 160 Bộ luật Tố tụng hình sự")[0] == (
            "Điều 159",
            "Bộ luật Tố tụng hình sự",
            "art_159",
        )


class TestRanges:
    def test_range_is_one_link_with_all_elements(self):
        assert links("từ Điều 5 đến Điều 9") == [("Điều 5 đến Điều 9", "this", "art_5 art_6 art_7 art_8 art_9")]

    def test_range_of_clauses_within_an_article(self):
        assert links("từ khoản 1 đến khoản 3 Điều này") == [
            ("khoản 1 đến khoản 3 Điều này", "this", "art_7__para_1 art_7__para_2 art_7__para_3")
        ]

    def test_range_of_points_runs_through_the_vietnamese_letters(self):
        assert labels_between("c", "g") == ("c", "d", "đ", "e", "g")

    @pytest.mark.parametrize(("first", "last"), [("2a", "5b"), ("9", "2"), ("1", "99999")])
    def test_range_that_cannot_be_counted_keeps_its_ends(self, first, last):
        assert labels_between(first, last) == (first, last)


class TestLabels:
    @pytest.mark.parametrize(
        ("written", "label"),
        [("III", "3"), ("XIV", "14"), ("04", "4"), ("thứ nhất", "1"), ("C", "c"), ("12a", "12a"), ("đ)", "đ")],
    )
    def test_label(self, written, label):
        assert plain_label(written) == label

    @pytest.mark.parametrize("element", ["art_12a__para_2__point_dd", "chp_3__sec_2", "att_1__art_5", ""])
    def test_place_keeps_the_id_it_was_made_of(self, element):
        assert Place.of_id(element).element_id == element


class TestNamedDocuments:
    @pytest.mark.parametrize(
        ("text", "words", "year"),
        [
            ("theo Luật Đất đai và văn bản hướng dẫn", "Luật Đất đai", None),
            ("theo Bộ luật Dân sự năm 2015.", "Bộ luật Dân sự năm 2015", 2015),
            ("theo Luật phòng chống tham nhũng hiện hành", "Luật phòng chống tham nhũng", None),
            ("theo Luật Hoà giải ở cơ sở", "Luật Hoà giải ở cơ sở", None),
            ("theo Luật Đất đai số 45/2013/QH13 thì", "Luật Đất đai số 45/2013/QH13", None),
            ("theo Hiến pháp năm 2013.", "Hiến pháp năm 2013", 2013),
            ("phù hợp với Hiến pháp và pháp luật", "Hiến pháp", None),
            (
                "theo Luật sửa đổi, bổ sung một số điều của Luật Giáo dục đại học",
                "Luật sửa đổi, bổ sung một số điều của Luật Giáo dục đại học",
                None,
            ),
            ("theo Luật Thám hiểm vũ trụ được ban hành", "Luật Thám hiểm vũ trụ", None),
        ],
    )
    def test_name_ends_where_it_ends(self, text, words, year):
        (citation,) = find_citations(text, DECREE)
        assert (citation.text, citation.document.year) == (words, year)

    def test_article_of_a_law_that_is_only_called_by_its_form_is_not_of_this_document(self):
        ((words, document, element),) = links("nói tại Điều 39 của Pháp lệnh gồm có")
        assert (words, document, element) == ("Điều 39 của Pháp lệnh", "Pháp lệnh", "art_39")


class TestNoLinks:
    @pytest.mark.parametrize(
        "text",
        [
            "theo quy định của pháp luật về đất đai",
            "theo pháp luật đất đai",
            "kỷ luật cán bộ, công chức",
            "Luật sư và Đoàn luật sư; Luật được ban hành",
            "theo mẫu số 09A/TNĐB và tài khoản 111",
            "tại thời điểm 5 năm trước, đạt 50 điểm",
            "chuyển số dư trên tài khoản này; khoản này được hạch toán",
            "Điều lệ công ty, vốn điều lệ và điều kiện",
            "Khi biết điều này, quyết định này phải được gửi ngay",
            "TCVN 5507:2002 và QCVN 01:2010/BTNMT",
            "theo Khoản 4.1 và Khoản 4.2 Điều 4 QCXDVN 01 : 2002",
            "quy định tại Điều 8 của Công ước Tống đạt",
            "Điều 12. Trách nhiệm thi hành",
            "Kế hoạch 5 năm và Quyết định 12 người",
            "danh mục 2, hạng mục 3, cổ phần 5",
        ],
    )
    def test_words_that_only_look_like_citations(self, text):
        assert links(text) == []

    def test_decision_of_an_authority_is_not_this_document(self):
        assert links("Quyết định này phải được gửi cho người khiếu nại.", LAW) == []
