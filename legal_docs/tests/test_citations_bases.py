"""Relations that a text proposes: bases, replaced, repealed, amended and guided documents."""

from datetime import date

import pytest

from legal_docs.citations import CitingDocument, find_citations
from legal_docs.citations.bases import effective_on, legal_bases, proposed_relations
from legal_docs.enums import RelationKind

DECREE = CitingDocument(form="Nghị định")


def proposed(text):
    relations = proposed_relations(text, find_citations(text, DECREE, "art_9"))
    return [(one.kind, one.document.number or one.document.name, " ".join(one.elements)) for one in relations]


def bases(text):
    return [one.document.number or one.document.name for one in legal_bases(text, find_citations(text, DECREE))]


class TestLegalBases:
    def test_each_line_names_its_documents(self):
        assert bases("Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;\nCăn cứ Luật Đất đai;") == [
            "Luật Tổ chức Chính phủ",
            "Luật Đất đai",
        ]

    def test_law_in_the_title_of_a_basis_is_none(self):
        text = "Căn cứ Nghị định số 34/2016/NĐ-CP quy định chi tiết một số điều của Luật Đất đai;"
        assert bases(text) == ["34/2016/NĐ-CP"]

    def test_two_bases_in_one_line(self):
        text = "Căn cứ Nghị định số 1/2010/NĐ-CP về phí và Nghị định số 2/2012/NĐ-CP về lệ phí;"
        assert bases(text) == ["01/2010/NĐ-CP", "02/2012/NĐ-CP"]

    def test_other_lines_of_a_preamble_are_no_bases(self):
        assert bases("Theo đề nghị của Bộ trưởng;\nChính phủ ban hành Nghị định hướng dẫn Luật Đất đai.") == []


class TestFinalProvisions:
    def test_replaced_document(self):
        text = (
            "Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2018 và thay thế Nghị định số 52/2002/NĐ-CP ngày 29"
            " tháng 4 năm 2002 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 16/1999/NĐ-CP."
        )
        assert proposed(text) == [(RelationKind.REPLACES, "52/2002/NĐ-CP", "")]

    def test_repealed_documents_in_a_list_of_lines(self):
        text = (
            "2. Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực:\n"
            "a) Nghị định số 1/2010/NĐ-CP về phí;\nb) Điều 3 Nghị định số 2/2012/NĐ-CP.\n3. Theo Luật Đất đai."
        )
        assert proposed(text) == [
            (RelationKind.REPEALS, "01/2010/NĐ-CP", ""),
            (RelationKind.PARTLY_REPEALS, "02/2012/NĐ-CP", "art_3"),
        ]

    def test_elements_are_repealed_in_part(self):
        assert proposed("2. Bãi bỏ Điều 13, Điều 17 của Nghị định số 92/2016/NĐ-CP.") == [
            (RelationKind.PARTLY_REPEALS, "92/2016/NĐ-CP", "art_13"),
            (RelationKind.PARTLY_REPEALS, "92/2016/NĐ-CP", "art_17"),
        ]

    def test_day_on_which_a_document_expires(self):
        text = "2. Nghị định số 1/2010/NĐ-CP về phí hết hiệu lực kể từ ngày 01/7/2019."
        (relation,) = proposed_relations(text, find_citations(text, DECREE))
        assert (relation.kind, relation.since) == (RelationKind.REPEALS, date(2019, 7, 1))
        assert text[relation.start : relation.end] == relation.text

    def test_provisions_of_a_document_expire_in_part(self):
        text = "Những quy định về phí trong Nghị định số 1/2010/NĐ-CP hết hiệu lực."
        assert proposed(text) == [(RelationKind.PARTLY_REPEALS, "01/2010/NĐ-CP", "")]

    def test_guided_law(self):
        assert proposed("Nghị định này quy định chi tiết khoản 3 Điều 15 Luật Quốc phòng về nguyên tắc.") == [
            (RelationKind.GUIDES, "Luật Quốc phòng", "art_15__para_3")
        ]

    def test_amended_element(self):
        assert proposed("3. Sửa đổi Khoản 2 Điều 63 của Nghị định số 126/2014/NĐ-CP như sau:") == [
            (RelationKind.AMENDS, "126/2014/NĐ-CP", "art_63__para_2")
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "Hồ sơ được sửa đổi, bổ sung theo Nghị định số 1/2010/NĐ-CP.",
            "Hủy bỏ hợp đồng theo quy định tại Điều 38 Nghị định số 23/2015/NĐ-CP.",
            "thực hiện theo hướng dẫn tại Thông tư số 111/2013/TT-BTC.",
            "Nghị định này được thay thế khi cần.",
            "Quốc hội bãi bỏ văn bản trái với Hiến pháp.",
        ],
    )
    def test_other_uses_of_the_words_propose_nothing(self, text):
        assert proposed(text) == []

    def test_quoted_new_wording_proposes_nothing(self):
        text = "1. Sửa đổi Điều 5 Nghị định số 1/2010/NĐ-CP như sau:\n“Điều 5. Bãi bỏ Nghị định số 2/2009/NĐ-CP.”"
        assert proposed(text) == [(RelationKind.AMENDS, "01/2010/NĐ-CP", "art_5")]

    def test_effective_day(self):
        assert effective_on("Nghị định này có hiệu lực thi hành kể từ ngày 05 tháng 5 năm 2021.") == date(2021, 5, 5)
        assert effective_on("Nghị định này có hiệu lực kể từ ngày ký.") is None
