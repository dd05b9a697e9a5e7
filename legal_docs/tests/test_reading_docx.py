"""Word files become paragraphs with the numbers that Word shows, and tables with their spans."""

import pytest

from legal_docs.reading.docx import read_docx
from legal_docs.reading.limits import Limits
from legal_docs.reading.outcome import UnreadableFile
from legal_docs.structure.blocks import Cell, Paragraph, Table
from legal_docs.structure.parsing import parse

from . import reading_files as files
from .reading_files import numbered, paragraph, wordml
from .test_reading_encodings import tcvn3

_CENTRE = '<w:jc w:val="center"/>'
_BOLD = "<w:b/>"


@pytest.fixture
def draft(tmp_path):
    def read(body, parts=None, limits=None):
        path = tmp_path / "file.docx"
        path.write_bytes(files.docx(body, parts))
        return read_docx(path, limits or Limits())

    return read


def _texts(found):
    return [block.text for block in found.blocks]


def _level(level: int, form: str, text: str, more: str = "") -> str:
    inner = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{level}">{inner}</w:lvl>'


def _numbering(levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>') -> dict[str, str]:
    inner = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{lists}'
    return {"word/numbering.xml": wordml("numbering", inner)}


_LAW = _level(0, "decimal", "Điều %1.") + _level(1, "decimal", "%2.") + _level(2, "lowerLetter", "%3)")


def test_look_and_text_are_kept(draft):
    found = draft(paragraph("CHỦ TỊCH", _CENTRE, _BOLD) + paragraph("Căn  cứ\u00a0Luật;"))
    assert found.blocks == (Paragraph("CHỦ TỊCH", True, True), Paragraph("Căn cứ Luật;"))
    assert (found.source, found.pages, found.remarks) == ("docx", None, ())


def test_text_becomes_nfc_with_the_vietnamese_letter(draft):
    assert _texts(draft(paragraph("\u00d0iê\u0300u"))) == ["Điều"]


class TestNumbering:
    def test_numbers_that_stand_nowhere_in_the_text_are_counted(self, draft):
        body = (
            numbered("Phạm vi")
            + numbered("Một", level=1)
            + numbered("Hai", level=1)
            + numbered("a", level=2)
            + numbered("b", level=2)
            + numbered("Đối tượng")
            + numbered("Một lại", level=1)
        )
        found = draft(body, _numbering(_LAW))
        assert [block.number for block in found.blocks] == ["Điều 1.", "1.", "2.", "a)", "b)", "Điều 2.", "1."]

    def test_the_structure_finds_the_articles_by_them(self, draft):
        body = numbered("Phạm vi") + numbered("Khoản một", level=1) + numbered("Đối tượng") + paragraph("Văn bản.")
        articles = list(parse(draft(body, _numbering(_LAW)).blocks).articles())
        assert [article.eid for article in articles] == ["art_1", "art_2"]

    def test_lists_of_one_definition_count_on_unless_one_says_where_it_begins(self, draft):
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="7"/>{override}</w:num>'
            for number, override in (
                (1, ""),
                (2, ""),
                (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
            )
        )
        body = numbered("a") + numbered("b", number=2) + numbered("c", number=3) + numbered("d", number=3)
        found = draft(body, _numbering(_level(0, "decimal", "%1."), lists))
        assert [block.number for block in found.blocks] == ["1.", "2.", "5.", "6."]

    def test_upper_levels_stand_in_the_number_and_as_figures_where_the_law_is_legal(self, draft):
        levels = (
            _level(0, "upperRoman", "%1.")
            + _level(1, "decimal", "%1.%2")
            + _level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
        )
        body = numbered("a") + numbered("b", level=1) + numbered("c", level=2)
        assert [block.number for block in draft(body, _numbering(levels)).blocks] == ["I.", "I.1", "1.1.1"]

    @pytest.mark.parametrize(
        ("form", "numbers"),
        [
            ("lowerRoman", ["i", "ii", "iii", "iv"]),
            ("upperLetter", ["A", "B", "C", "D"]),
            ("decimalZero", ["01", "02", "03", "04"]),
            ("vietnameseCounting", ["một", "hai", "ba", "bốn"]),
        ],
    )
    def test_forms_of_numbers(self, draft, form, numbers):
        found = draft("".join(map(numbered, "abcd")), _numbering(_level(0, form, "%1")))
        assert [block.number for block in found.blocks] == numbers

    def test_bullets_are_dashes_pluses_or_dots(self, draft):
        levels = _level(0, "bullet", "-") + _level(1, "bullet", "+") + _level(2, "bullet", "\uf0b7")
        body = numbered("a") + numbered("b", level=1) + numbered("c", level=2)
        assert [block.number for block in draft(body, _numbering(levels)).blocks] == ["-", "+", "•"]

    def test_a_style_may_number(self, draft):
        styles = wordml(
            "styles",
            '<w:style w:type="paragraph" w:styleId="Heading1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
            "<w:rPr><w:b/></w:rPr></w:style>",
        )
        body = paragraph("Phạm vi", '<w:pStyle w:val="Heading1"/>')
        found = draft(body, {**_numbering(_LAW), "word/styles.xml": styles})
        assert found.blocks == (Paragraph("Phạm vi", is_bold=True, number="Điều 1."),)

    def test_a_number_of_nothing_is_none(self, draft):
        body = numbered("a", number=99) + numbered("b", number=0)
        assert [block.number for block in draft(body, _numbering(_LAW)).blocks] == ["", ""]


class TestRuns:
    def test_tracked_changes_are_taken_as_accepted(self, draft):
        body = (
            "<w:p><w:r><w:t>Mức </w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>20</w:t></w:r></w:ins></w:p>"
        )
        found = draft(body)
        assert _texts(found) == ["Mức 20"]
        assert [each.about for each in found.remarks] == ["tracked_changes"]

    def test_a_deleted_end_of_paragraph_joins_two(self, draft):
        first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Điều 1. </w:t></w:r></w:p>"
        assert _texts(draft(first + paragraph("Phạm vi"))) == ["Điều 1. Phạm vi"]

    def test_line_breaks_part_and_raised_figures_are_unicode(self, draft):
        body = (
            '<w:p><w:r><w:t>100 m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
            "<w:r><w:br/><w:t>CO</w:t></w:r>"
            '<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r></w:p>'
        )
        assert _texts(draft(body)) == ["100 m²", "CO₂"]

    def test_hidden_text_and_codes_of_fields_are_no_text(self, draft):
        body = (
            '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> trang</w:t></w:r></w:p>'
        )
        assert _texts(draft(body)) == ["12 trang"]

    def test_all_capitals_are_written_as_they_look(self, draft):
        assert _texts(draft(paragraph("Quyết định", run="<w:caps/>"))) == ["QUYẾT ĐỊNH"]

    def test_boxes_of_forms_are_signs(self, draft):
        body = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t> Nam</w:t></w:r></w:p>'
        assert _texts(draft(body)) == ["☐ Nam"]

    def test_a_text_box_follows_its_paragraph_once(self, draft):
        box = f"<w:drawing><w:txbxContent>{paragraph('Trong khung')}</w:txbxContent></w:drawing>"
        same = f"<w:pict><w:txbxContent>{paragraph('Trong khung')}</w:txbxContent></w:pict>"
        both = (
            f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{same}</mc:Fallback></mc:AlternateContent>"
        )
        assert _texts(draft(f"<w:p><w:r><w:t>Ngoài</w:t></w:r><w:r>{both}</w:r></w:p>")) == ["Ngoài", "Trong khung"]

    def test_footnotes_stand_at_the_end_with_their_number(self, draft):
        notes = wordml("footnotes", f'<w:footnote w:id="3">{paragraph("Sửa đổi theo Luật.")}</w:footnote>')
        body = '<w:p><w:r><w:t>Khoản 1</w:t><w:footnoteReference w:id="3"/></w:r></w:p>'
        found = draft(body, {"word/footnotes.xml": notes})
        assert _texts(found) == ["Khoản 1[1]", "[1] Sửa đổi theo Luật."]
        assert [each.about for each in found.remarks] == ["footnotes"]

    def test_formulas_are_text_and_told(self, draft):
        fraction = "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b+1</m:t></m:r></m:den></m:f>"
        power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
        found = draft(f"<w:p><m:oMath>{fraction}<m:r><m:t>=</m:t></m:r>{power}</m:oMath></w:p>")
        assert _texts(found) == ["a/(b+1)=x²"]
        assert [each.about for each in found.remarks] == ["formulas"]

    def test_pictures_are_told(self, draft):
        found = draft(paragraph("Bản đồ") + "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>")
        assert [(each.about, dict(each.facts)) for each in found.remarks] == [("pictures", {"count": 1})]

    def test_old_fonts_become_unicode(self, draft):
        words = tcvn3("Căn cứ Luật Tổ chức chính quyền địa phương").decode("latin-1")
        font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
        capitals = tcvn3("quyết định").decode("latin-1")
        found = draft(paragraph(words, run=font) + paragraph(capitals, run=font.replace("Time", "TimeH")))
        assert _texts(found) == ["Căn cứ Luật Tổ chức chính quyền địa phương", "QUYẾT ĐỊNH"]
        assert [each.about for each in found.remarks] == ["old_fonts"]

    def test_a_table_of_contents_is_no_text(self, draft):
        contents = (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{paragraph('Điều 1. Phạm vi 3')}</w:sdtContent></w:sdt>"
        )
        assert _texts(draft(contents + paragraph("Điều 1. Phạm vi"))) == ["Điều 1. Phạm vi"]


def _cell(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text, run=run)}</w:tc>"


def _table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


_LINES = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>'


class TestTables:
    def test_spans_are_kept(self, draft):
        wide, begins, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        body = _table(
            _cell("a", begins) + _cell("b", wide),
            _cell("", goes_on) + _cell("c") + _cell("d"),
        )
        assert draft(body).blocks == (Table(((Cell("a", rows=2), Cell("b", columns=2)), (Cell("c"), Cell("d")))),)

    def test_a_bold_first_row_of_a_table_with_lines_is_its_header(self, draft):
        rows = (_cell("STT", run=_BOLD) + _cell("Tên", run=_BOLD), _cell("1") + _cell("An Giang"))
        assert draft(_table(*rows, properties=_LINES)).blocks[0].rows[0][0] == Cell("STT", is_header=True)
        assert draft(_table(*rows)).blocks[0].rows[0][0] == Cell("STT")

    def test_a_table_of_one_column_is_no_table(self, draft):
        found = draft(_table(_cell("Điều 1. Phạm vi"), _cell("Văn bản.")))
        assert _texts(found) == ["Điều 1. Phạm vi", "Văn bản."]

    def test_lines_of_a_cell_keep_their_numbers(self, draft):
        cell = f"<w:tc>{numbered('Một')}{numbered('Hai')}</w:tc>"
        found = draft(_table(cell + _cell("x")), _numbering(_level(0, "decimal", "%1.")))
        assert found.blocks[0].rows[0][0].text == "1. Một\n2. Hai"

    def test_an_enormous_span_is_bounded(self, draft):
        found = draft(_table(_cell("a", '<w:gridSpan w:val="999999999"/>') + _cell("b")))
        assert found.blocks[0].rows[0][0].columns <= 200

    def test_a_deleted_row_is_gone(self, draft):
        deleted = "<w:trPr><w:del/></w:trPr>" + _cell("cũ") + _cell("cũ")
        assert draft(_table(deleted, _cell("mới") + _cell("x"))).blocks == (Table(((Cell("mới"), Cell("x")),)),)


class TestHostile:
    def _refused(self, tmp_path, data, limits=None):
        path = tmp_path / "file.docx"
        path.write_bytes(data)
        with pytest.raises(UnreadableFile) as caught:
            read_docx(path, limits or Limits())
        return caught.value.reason

    def test_external_entities_are_refused(self, tmp_path):
        evil = (
            '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            + files.wordml("document", "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>").split("?>", 1)[1]
        )
        assert self._refused(tmp_path, files.packed({"word/document.xml": evil})) == "external_entities"

    def test_a_billion_laughs_are_refused(self, tmp_path):
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        evil = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l9;</d>'
        assert self._refused(tmp_path, files.packed({"word/document.xml": evil})) == "external_entities"

    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self, tmp_path):
        bomb = files.packed({"word/document.xml": b" " * 30_000_000})
        assert len(bomb) < 100_000
        assert self._refused(tmp_path, bomb) == "zip_bomb"

    def test_too_many_members_are_refused(self, tmp_path):
        members = {f"word/{number}.xml": "x" for number in range(30)}
        data = files.docx(paragraph("a"), members)
        assert self._refused(tmp_path, data, Limits(members=20)) == "zip_bomb"

    def test_names_that_lead_elsewhere_mean_nothing(self, tmp_path, draft):
        found = draft(paragraph("a"), {"../../escaped.txt": "x", "/absolute.txt": "y"})
        assert _texts(found) == ["a"]
        assert [path.name for path in tmp_path.iterdir()] == ["file.docx"]

    def test_a_truncated_file_is_broken(self, tmp_path):
        data = files.docx("".join(paragraph(str(number)) for number in range(500)))
        assert self._refused(tmp_path, data[: len(data) // 2]) == "broken"

    def test_xml_that_is_none_is_broken(self, tmp_path):
        assert self._refused(tmp_path, files.packed({"word/document.xml": "<w:document>"})) == "broken"

    def test_a_file_without_text_says_so(self, tmp_path):
        assert self._refused(tmp_path, files.docx("<w:p/>")) == "no_text"
