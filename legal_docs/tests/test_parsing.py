"""From paragraphs to the tree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal_docs.structure.blocks import Cell, Paragraph, Table
from legal_docs.structure.numbering import LETTERS_OF_POINTS
from legal_docs.structure.parsing import blocks_of_text, parse, parse_text
from legal_docs.structure.plain_text import lines, plain_text
from legal_docs.structure.tree import Kind, Quotation
from legal_docs.tests.factories import DECREE, blocks, real_documents


def eids(text):
    return [element.eid for element in parse_text(text).walk() if element.eid]


def articles(text):
    return [article.number for article in parse_text(text).articles()]


def squeezed(text):
    return "".join(text.split())


def test_decree_is_read_as_a_whole():
    assert eids(DECREE) == [
        *("preface", "preamble", "preamble__basis_1", "preamble__basis_2", "preamble__formula", "chp_1", "art_1"),
        *("art_2", "art_2__para_1", "art_2__para_1__point_a", "art_2__para_1__point_b", "art_2__para_1__point_c"),
        *("art_2__para_1__point_d", "art_2__para_1__point_dd", "art_2__para_2", "chp_1__sec_1", "art_3"),
        *("art_3__para_1", "art_3__para_2", "art_12a", "concl", "concl__recipients", "concl__signature"),
        *("att_1", "att_1__para_1", "att_1__para_2", "att_2", "att_2__art_1", "att_2__art_1__para_1", "att_2__art_2"),
    ]


def test_text_that_is_printed_is_read_as_the_same_tree():
    tree = parse_text(DECREE)
    assert plain_text(tree) == DECREE + "\n"
    assert parse_text(plain_text(tree)) == tree


@given(st.lists(blocks, max_size=12), st.lists(st.sampled_from(DECREE.split("\n")), max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_text_is_lost_and_none_changes_its_order(given_blocks, given_lines):
    mixed = [*given_blocks, *blocks_of_text("\n".join(given_lines)), *given_blocks]
    words = [
        block.text if isinstance(block, Paragraph) else "".join(cell.text for row in block.rows for cell in row)
        for block in mixed
    ]
    read = "".join(lines(parse(mixed)))
    assert squeezed(read) == squeezed("".join(words))


@pytest.mark.parametrize(
    "closing",
    [
        "TM. CHÍNH PHỦ\nNơi nhận:\nX",
        "TM. CHÍNH PHỦ\nNơi nhận:\n- Như trên;\nKT. BỘ TRƯỞNG",
        "Nơi nhận:\n- Như trên;\nTM. CHÍNH PHỦ\nNơi nhận:",
    ],
)
def test_signature_above_the_recipients_stays_there(closing):
    text = f"Điều 1. Tên\nNội dung.\n{closing}\n"
    assert squeezed(plain_text(parse_text(text))) == squeezed(text)


@given(st.lists(st.lists(st.integers(0, 8), max_size=4), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_numbered_documents_are_found_to_the_last_point(shape):
    """`shape` says for each article how many points each of its clauses has."""
    text, expected = [], []
    for number, clauses in enumerate(shape, 1):
        text += [f"Điều {number}. Ghi sổ", *([] if clauses else ["Lời văn của điều."])]
        expected.append(f"art_{number}")
        for clause, points in enumerate(clauses, 1):
            text.append(f"{clause}. Khoản này gồm:")
            expected.append(f"art_{number}__para_{clause}")
            for letter in LETTERS_OF_POINTS[:points]:
                text.append(f"{letter}) điểm này;")
                expected.append(f"art_{number}__para_{clause}__point_{'dd' if letter == 'đ' else letter}")
    assert eids("\n".join(text)) == expected


def test_article_is_found_however_its_heading_is_written():
    assert articles("ĐIỀU 1: Một\nA\nĐiều 2 . Hai\nB\nĐiều 3 Ba\nC\nĐiều 4\nBốn\nD.\nĐiều 4a. Năm\nE") == [
        *("1", "2", "3", "4", "4a")
    ]


def test_heading_on_the_following_line_is_the_heading():
    article = parse_text("Điều 1\nPhạm vi điều chỉnh\nLời văn của điều.").find("art_1")
    assert (article.heading, len(article.content)) == ("Phạm vi điều chỉnh", 1)


def test_sentence_after_the_label_is_text_and_no_heading():
    tree = parse_text("Điều 1. Phê duyệt Đề án với các nội dung sau:\n1. Một\nĐiều 2. Quyết định này có hiệu lực.")
    assert [(article.heading, len(article.content)) for article in tree.articles()] == [("", 1), ("", 1)]


def test_bold_label_tells_a_heading_that_ends_like_a_sentence():
    heading = "Trách nhiệm của Ủy ban nhân dân các cấp trong việc quản lý sổ."
    tree = parse([Paragraph(f"Điều 1. {heading}", is_bold=True), Paragraph("Lời văn.")])
    assert tree.find("art_1").heading == heading


def test_sentence_about_an_article_stays_in_its_paragraph():
    text = "Điều 1. Một\nĐiều 5 của Luật này quy định.\nĐiều 2, Điều 3 bãi bỏ.\nĐiều 2. Hai\nB."
    assert articles(text) == ["1", "2"]


def test_quoted_articles_are_text_of_the_amending_clause():
    clause = parse_text(DECREE).find("art_3__para_1")
    announcement, quotation = clause.content
    assert announcement.text == "Sửa đổi Điều 5 như sau:"
    assert isinstance(quotation, Quotation)
    assert [block.text[:7] for block in quotation.blocks] == ["“Điều 5", "1. Tờ b", "2. Tờ b"]


def test_quotation_with_straight_marks_and_terms_in_marks_inside():
    amended = '"Điều 5. Xe\n1. Gọi là "xe máy".\n2. Hết."'
    text = f"Điều 1. Sửa đổi\n1. Sửa đổi Điều 5 như sau:\n{amended}\n2. Bãi bỏ Điều 6.\nĐiều 2. Z\nZ."
    assert eids(text) == ["art_1", "art_1__para_1", "art_1__para_2", "art_2"]


def test_quotation_that_is_never_closed_swallows_nothing():
    text = "Điều 1. A\n1. Sửa đổi như sau:\n“Điều 5. B\n2. Tiếp theo.\nĐiều 2. C\nD."
    assert articles(text) == ["1", "2"]


def test_forgotten_mark_inside_a_quotation_ends_with_the_amendment():
    first, second = "“Điều 5. Gọi là “sổ.\n1. Sổ.”.", "“Điều 6. X”."
    text = f"Điều 1. A\n1. Sửa đổi như sau:\n{first}\n2. Bổ sung Điều 6 như sau:\n{second}\nĐiều 2. Y\nZ."
    assert eids(text) == ["art_1", "art_1__para_1", "art_1__para_2", "art_2"]


def test_term_in_marks_at_the_beginning_of_a_line_is_no_quotation():
    tree = parse_text("Điều 1. Giải thích:\n“Sổ” là tập giấy.\n“Trang” là mặt giấy.\nĐiều 2. B\nC.")
    assert not any(isinstance(block, Quotation) for element in tree.walk() for block in element.content)


@pytest.mark.parametrize("line", ["1.000 đồng một tờ.", "01/01/2016 là ngày đầu.", "12. tháng đó", "2.5 triệu đồng"])
def test_figures_at_the_beginning_of_a_line_are_text_of_the_clause(line):
    tree = parse_text(f"Điều 1. Mức tiền\n1. Mức tiền là\n{line}\n2. Khác.")
    assert [child.number for child in tree.find("art_1").children] == ["1", "2"]


def test_page_numbers_that_count_through_are_left_out():
    page = "Lời văn của điều này dài một trang. " * 20
    tree = parse_text(f"Điều 1. Một\n{page}\n2\n{page}\n- 3 -\n{page}\n4\n{page}")
    assert [block.text for block in tree.find("art_1").content] == [page.strip()] * 4


def test_lone_figures_of_a_table_are_kept():
    tree = parse_text("Điều 1. Mức phí như sau:\n1\nĐến 10\n2\nTrên 10\n3\nTrên 20")
    assert "".join(lines(tree)).count("Trên") == 2
    assert [line for line in lines(tree) if line.isdigit()] == ["1", "2", "3"]


def test_two_lists_in_one_article_have_different_ids():
    text = "Điều 1. A\n1. Một\n2. Hai\nTiếp theo:\n1. Một nữa\n2. Hai nữa"
    assert eids(text)[1:] == ["art_1__para_1", "art_1__para_2", "art_1__list_2__para_1", "art_1__list_2__para_2"]


def test_repealed_clause_leaves_a_gap_and_no_shift():
    assert eids("Điều 1. A\n1. Một\n3. Ba\nĐiều 2. B\n2. Hai") == [
        *("art_1", "art_1__para_1", "art_1__para_3", "art_2", "art_2__para_2")
    ]


def test_inserted_clauses_and_points_stand_beside_the_others():
    assert eids("Điều 1. A\n1. Một:\na) x;\na1) y;\nb) z.\n1a. Thêm\n2. Hai")[1:] == [
        *("art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_a1", "art_1__para_1__point_b"),
        *("art_1__para_1a", "art_1__para_2"),
    ]


def test_points_of_a_point_stand_below_it():
    assert eids("Điều 1. A\n1. Một:\na) Gồm:\na1) y;\na2) z;\nb) Hai:\n(i) x;\n(ii) y;\nc) Ba.")[2:] == [
        *("art_1__para_1__point_a", "art_1__para_1__point_a__point_a1", "art_1__para_1__point_a__point_a2"),
        *("art_1__para_1__point_b", "art_1__para_1__point_b__point_1", "art_1__para_1__point_b__point_2"),
        "art_1__para_1__point_c",
    ]


def test_letter_i_after_h_is_a_point_and_after_nothing_a_roman_figure():
    letters = "\n".join(f"{letter}) x;" for letter in "abcdđeghik")
    assert eids(f"Điều 1. A\n{letters}")[-2:] == ["art_1__point_i", "art_1__point_k"]
    assert eids("Điều 1. A\n1. Một:\na) Gồm:\ni) x;\nii) y;\niii) z;\nb) B.")[3:] == [
        *(f"art_1__para_1__point_a__point_{number}" for number in (1, 2, 3)),
        "art_1__para_1__point_b",
    ]


def test_points_directly_below_an_article():
    assert eids("Điều 1. A gồm:\na) x;\nb) y:\n1. Một\n2. Hai\nc) z.")[1:] == [
        *("art_1__point_a", "art_1__point_b", "art_1__point_b__para_1", "art_1__point_b__para_2", "art_1__point_c")
    ]


def test_subclauses_stand_below_their_clause():
    assert eids("Điều 1. A\n1. Một\n1.1. Một một\n1.1.1. Sâu\n1.2. Một hai\n2. Hai")[1:] == [
        *("art_1__para_1", "art_1__para_1__subpara_1", "art_1__para_1__subpara_1__subpara_1"),
        *("art_1__para_1__subpara_2", "art_1__para_2"),
    ]


def test_slip_of_the_pen_in_a_label_is_still_a_clause():
    assert eids("Điều 1. A\n1. Một:\na) x;\n2) Hai:\na) y;\n3 Ba gồm:\na) z.")[1::2] == [
        *("art_1__para_1", "art_1__para_2", "art_1__para_3")
    ]


def test_consolidated_clause_that_kept_its_quotation_marks_is_a_clause():
    tree = parse_text("Điều 1. A\n1. Một.\n“2. Hai.”\n3. Ba.")
    assert [(child.number, child.label) for child in tree.find("art_1").children] == [
        *(("1", "1."), ("2", "“2."), ("3", "3."))
    ]


def test_quoted_clause_after_an_amendment_without_a_colon_is_text():
    assert eids("Điều 1. A\n1. Sửa đổi khoản 2 Điều 5\n“2. Hai.”\n2. Bãi bỏ Điều 6.")[1:] == [
        *("art_1__para_1", "art_1__para_2")
    ]


def test_clause_may_begin_with_a_figure():
    assert eids("Điều 1. Hồ sơ gồm:\n1. 01 đơn;\n2. 02 ảnh.")[1:] == ["art_1__para_1", "art_1__para_2"]


def test_first_clause_may_lack_its_period_too():
    text = "Điều 1. A\n1 Trưởng đoàn có trách nhiệm:\na) x;\n2 Thành viên có trách nhiệm:\na) y."
    assert eids(text)[1::2] == ["art_1__para_1", "art_1__para_2"]


def test_rows_of_a_table_are_no_clauses_for_lack_of_a_period():
    tree = parse_text("Điều 1. A\n1. Các xã sau đây:\n2 Xã Bình An\n3 Xã Bình Hòa\n2. Hai")
    assert [child.label for child in tree.find("art_1").children] == ["1.", "2."]


def test_invisible_characters_hide_no_label():
    assert eids("Điều 1. A\n1. Một\n\u00ad2. Hai\n\ufeff3. Ba")[1:] == [f"art_1__para_{n}" for n in (1, 2, 3)]


def test_decision_without_articles_has_sections():
    text = "KẾ HOẠCH\nCăn cứ Luật Ghi chép;\nI. MỤC ĐÍCH\n1. Một\na) x;\nb) y.\n2. Hai\nII. NỘI DUNG\n1. Một"
    assert eids(text)[3:] == [
        *("sec_1", "sec_1__para_1", "sec_1__para_1__point_a", "sec_1__para_1__point_b", "sec_1__para_2"),
        *("sec_2", "sec_2__para_1"),
    ]


def test_letter_without_numbers_is_head_text_and_end():
    tree = parse_text(
        "SỞ NỘI VỤ\nSố: 12/SNV-VP\nKính gửi: Các phòng\nĐề nghị gửi sổ.\nTrân trọng./.\nNơi nhận:\n- Như trên;"
    )
    assert [child.kind for child in tree.children] == [Kind.PREFACE, Kind.TEXT, Kind.CONCLUSIONS]


@pytest.mark.parametrize("text", ["", "\n \n", "Một dòng.", "Điều 1.", "“", "a)", "1."])
def test_nearly_nothing_is_read_without_an_error(text):
    assert squeezed("".join(lines(parse_text(text)))) == squeezed(text)


def test_chapters_that_begin_anew_in_each_part_have_the_part_in_their_id():
    text = "\n".join(
        f"PHẦN THỨ {word}\nQUY ĐỊNH\nChương I\nCHUNG\nĐiều {number}. A\nB."
        for word, number in (("NHẤT", 1), ("HAI", 2))
    )
    assert [eid for eid in eids(text) if "chp" in eid] == ["part_1__chp_1", "part_2__chp_1"]


def test_element_keeps_its_id_whatever_is_inserted_before_it():
    before = set(eids(DECREE))
    after = set(eids(DECREE.replace("Điều 3. Sửa", "Điều 2a. Mới\n1. Nội dung mới.\nĐiều 3. Sửa")))
    assert after - before == {"art_2a", "art_2a__para_1"}
    assert before <= after


def test_ids_are_unique_even_where_numbers_are_printed_twice():
    found = eids(
        "Điều 1. A\n1. X\n1. Y\nĐiều 2. B\nC.\nĐiều 2. D\nE.\nChương I\nF\nĐiều 3. G\nH.\nChương I\nI\nĐiều 3. K\nL."
    )
    assert len(found) == len(set(found))


def test_heading_printed_twice_is_one_article():
    assert articles("Điều 1. Một\nĐiều 1. Một\nLời văn.\nĐiều 2. Hai\nB.") == ["1", "2"]


def test_appendix_named_in_the_text_is_no_attachment():
    text = "Điều 1. A\nMẫu theo\nPHỤ LỤC I\nĐiều 2. B\nC.\nNơi nhận:\n- X;\nPHỤ LỤC I\nMẪU SỔ\nNội dung."
    tree = parse_text(text)
    assert [(child.kind, child.eid) for child in tree.children] == [
        *((Kind.ARTICLE, "art_1"), (Kind.ARTICLE, "art_2"), (Kind.CONCLUSIONS, "concl"), (Kind.ATTACHMENT, "att_1"))
    ]


def test_appendices_have_their_printed_number():
    found = [
        (child.eid, child.heading)
        for child in parse_text(
            f"{DECREE}\nPhụ lục III\nMẪU SỔ BA\nNội dung.\nPhụ lục IIIa\nMẪU THÊM\nNội dung."
        ).children
        if child.kind is Kind.ATTACHMENT
    ]
    assert found == [("att_1", "DANH MỤC SỔ"), ("att_2", "GIỮ SỔ"), ("att_3", "MẪU SỔ BA"), ("att_3a", "MẪU THÊM")]


def test_signature_and_recipients_in_a_table_are_the_end():
    end = Table(((Cell("Nơi nhận:\n- Lưu: VT."), Cell("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")),))
    tree = parse([*blocks_of_text("Điều 1. A\nB."), end])
    assert [child.kind for child in tree.children] == [Kind.ARTICLE, Kind.CONCLUSIONS]


def test_tables_stay_where_they_stand():
    table = Table(((Cell("TT", is_header=True), Cell("Tên", is_header=True)), (Cell("1"), Cell("Sổ"))))
    tree = parse([*blocks_of_text("Điều 1. A\n1. Như sau:"), table, *blocks_of_text("2. Hai")])
    assert tree.find("art_1__para_1").content[-1] == table


def test_numbers_that_word_counted_are_read_like_printed_ones():
    tree = parse([Paragraph("Phạm vi", number="Điều 1."), Paragraph("Một", number="1."), Paragraph("x", number="a)")])
    assert [element.eid for element in tree.walk()][1:] == ["art_1", "art_1__para_1", "art_1__para_1__point_a"]


def test_real_documents_have_their_articles_in_order():
    from benchmarks.structure import judge

    assert [document["so_ky_hieu"] for document in real_documents(step=15) if judge(document)[0] == "wrong"] == []
