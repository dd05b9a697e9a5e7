"""PDFs become paragraphs, columns and tables as a reader would say them."""

import pytest

from legal_docs.reading.limits import Limits
from legal_docs.reading.outcome import UnreadableFile
from legal_docs.reading.pdf import draft_of, open_layer
from legal_docs.structure.blocks import Cell, Paragraph, Table

from . import reading_files as files
from .reading_files import grid, ruled, text
from .test_reading_encodings import tcvn3

_LEFT, _INDENT = 60, 88
# 67 letters of 7 points reach the right margin.
_FULL = "Căn cứ quy định của pháp luật về ban hành văn bản, cơ quan có thẩm "


def _line(words: str, y: float, x: float = _LEFT, **more) -> str:
    return text(words, x, y, **more)


def _centred(words: str, y: float, **more) -> str:
    return text(words, 297 - len(words) * 3.5, y, **more)


def _body(y: float = 300, count: int = 3) -> list[str]:
    """Return paragraphs of full lines, by which margins and indents are known."""
    lines = []
    for number in range(count):
        lines += [
            _line(_FULL[:62] + "quy", y + 60 * number, _INDENT),
            _line(_FULL[:66], y + 60 * number + 18),
            _line("hết đoạn.", y + 60 * number + 36),
        ]
    return lines


@pytest.fixture
def layer(tmp_path):
    def opened(*pages, limits=None, **more):
        path = tmp_path / "file.pdf"
        path.write_bytes(files.pdf(*pages, **more))
        return open_layer(path, limits or Limits())

    return opened


@pytest.fixture
def draft(layer):
    return lambda *pages, **more: draft_of(layer(*pages, **more))


def _texts(found):
    return [block.text for block in found.blocks if isinstance(block, Paragraph)]


class TestParagraphs:
    def test_full_lines_are_rejoined(self, draft):
        found = draft(_body())
        assert len(found.blocks) == 3
        assert found.blocks[0].text.endswith(
            "quy Căn cứ quy định của pháp luật về ban hành văn bản, cơ quan có thẩm hết đoạn."
        )
        assert (found.source, found.pages) == ("pdf", 1)

    def test_a_list_begins_a_paragraph_for_each_item(self, draft):
        found = draft([*_body(), _line("a) Một;", 500, _INDENT), _line("b) Hai.", 518, _INDENT)])
        assert _texts(found)[-2:] == ["a) Một;", "b) Hai."]

    def test_a_paragraph_goes_on_over_the_end_of_a_page(self, draft):
        first = [*_body(), _line("1. " + _FULL[:60], 700, _INDENT)]
        found = draft(first, [_line("quyền quyết định.", 100), *_body()])
        assert _texts(found)[3] == "1. " + _FULL[:60].strip() + " quyền quyết định."

    def test_titles_are_centred_and_their_lines_are_joined(self, draft):
        title = [
            _centred("NGHỊ ĐỊNH", 200, font="F2"),
            _centred("Quy định mức lương", 218, font="F2"),
            _centred("đối với người lao động", 236, font="F2"),
        ]
        found = draft([*title, *_body()])
        assert found.blocks[:2] == (
            Paragraph("NGHỊ ĐỊNH", True, True),
            Paragraph("Quy định mức lương đối với người lao động", True, True),
        )

    def test_a_short_first_line_is_not_taken_for_a_title(self, draft):
        words = "1. Nghị định này có hiệu lực từ ngày ký ban hành"
        found = draft([*_body(), _line(words, 500, _INDENT)])
        assert found.blocks[-1] == Paragraph(words)

    def test_a_bold_heading_does_not_swallow_its_text(self, draft):
        heading = _line("Điều 1. " + _FULL[:56], 500, _INDENT, font="F2")
        found = draft([*_body(), heading, _line("quyền và", 518, font="F2"), _line("Nghị định này.", 536, _INDENT)])
        assert found.blocks[-2].is_bold
        assert _texts(found)[-1] == "Nghị định này."

    def test_raised_figures_are_unicode(self, draft):
        found = draft([*_body(), _line("rộng 100 m", 500), text("2", 131, 494, size=8)])
        assert _texts(found)[-1] == "rộng 100 m²"

    def test_what_is_printed_twice_is_read_once(self, draft):
        found = draft([*_body(), _line("Chương I", 500), _line("Chương I", 500, _LEFT + 0.4)])
        assert _texts(found)[-1] == "Chương I"

    def test_white_marks_of_signing_programs_are_no_text(self, draft):
        found = draft([*_body(), "1 g", _line("[daky]", 600), "0 g"])
        assert len(found.blocks) == 3


class TestPages:
    def test_running_heads_of_the_gazette_and_page_numbers_go(self, draft):
        pages = [
            [_centred(f"CÔNG BÁO/Số 447 + 448/Ngày 25-6-2022 {number}", 60), *_body(), _centred(f"{number}", 800)]
            for number in (2, 3)
        ]
        found = draft(*pages)
        assert not any("CÔNG BÁO" in words or words.isdigit() for words in _texts(found))

    def test_what_comes_on_every_page_goes(self, draft):
        found = draft(*[[_line(f"Trang web: vi du, {number}", 50), *_body()] for number in range(4)])
        assert not any("Trang web" in words for words in _texts(found))

    def test_footnotes_do_not_part_a_paragraph_that_goes_on(self, draft):
        first = [
            *_body(),
            _line("1. " + _FULL[:60], 700, _INDENT),
            text("1", _LEFT, 745, size=8),
            _line("Ghi chú.", 750, 70),
        ]
        found = draft(first, [_line("quyền quyết định.", 100), *_body()])
        assert _texts(found)[3:5] == ["1. " + _FULL[:60].strip() + " quyền quyết định.", "¹ Ghi chú."]

    def test_a_page_on_its_side_is_read_upright(self, draft):
        lines = [
            text(words, 100 + 18 * place, 700, turn="0 1 -1 0")
            for place, words in enumerate(("Mẫu số 01", "Họ và tên"))
        ]
        assert _texts(draft(lines)) == ["Mẫu số 01", "Họ và tên"]

    def test_a_page_that_stands_on_its_head_is_read(self, draft):
        lines = [text(words, 500, 700 - 18 * place, turn="-1 0 0 -1") for place, words in enumerate(("Một:", "Hai."))]
        assert _texts(draft(lines)) == ["Một:", "Hai."]

    def test_a_damaged_page_does_not_spoil_the_others(self, draft):
        found = draft(_body(), _body(), damaged_on=(1,))
        assert len(found.blocks) == 3
        assert [(each.about, dict(each.facts)) for each in found.remarks] == [("damaged_pages", {"pages": "2"})]

    def test_where_every_page_is_damaged_the_file_is(self, layer):
        with pytest.raises(UnreadableFile) as caught:
            layer(_body(), damaged_on=(0,))
        assert caught.value.reason == "broken"

    def test_too_many_pages_are_refused(self, layer):
        with pytest.raises(UnreadableFile) as caught:
            layer(*[[]] * 4, limits=Limits(pages=3))
        assert (caught.value.reason, caught.value.facts) == ("too_many_pages", {"pages": 4, "most": 3})


class TestColumns:
    def test_issuer_and_motto_stand_side_by_side(self, draft):
        head = [
            _line("BỘ TÀI CHÍNH", 100, 80, font="F2"),
            _line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 100, 270, font="F2"),
            _line("Độc lập - Tự do - Hạnh phúc", 118, 300, font="F2"),
            _line("Số: 02/2026/TT-BTC", 150, 70),
            _line("Hà Nội, ngày 01 tháng 01 năm 2026", 150, 290),
            _centred("THÔNG TƯ", 220, font="F2"),
        ]
        found = draft([*head, *_body()])
        left, right = found.blocks[0].rows[0]
        assert left.text == "BỘ TÀI CHÍNH\nSố: 02/2026/TT-BTC"
        assert right.text.split("\n") == [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Hà Nội, ngày 01 tháng 01 năm 2026",
        ]
        assert found.blocks[1] == Paragraph("THÔNG TƯ", True, True)

    def test_recipients_and_signature_stand_side_by_side(self, draft):
        end = [
            _line("Nơi nhận:", 520, size=12),
            _line("KT. BỘ TRƯỞNG", 520, 380, font="F2"),
            _line("- Như trên;", 534, size=11),
            _line("THỨ TRƯỞNG", 538, 390, font="F2"),
            _line("- Lưu: VT.", 548, size=11),
            _line("Nguyễn Văn A", 620, 390, font="F2"),
        ]
        found = draft([*_body(), *end])
        assert found.blocks[-1] == Table(
            ((Cell("Nơi nhận:\n- Như trên;\n- Lưu: VT."), Cell("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nNguyễn Văn A")),)
        )

    def test_lines_of_a_signature_are_not_glued(self, draft):
        end = [_line("TM. CHÍNH PHỦ", 520, 400, font="F2"), _line("KT. THỦ TƯỚNG", 538, 400, font="F2")]
        assert _texts(draft([*_body(), *end]))[-2:] == ["TM. CHÍNH PHỦ", "KT. THỦ TƯỚNG"]


class TestTables:
    _COLUMNS, _ROWS = [60, 160, 300, 530], [500, 530, 560, 590]

    def _cells(self, *rows, font="F1"):
        return [
            text(words, self._COLUMNS[column] + 5, self._ROWS[row] + 20, font="F2" if row == 0 else font)
            for row, cells in enumerate(rows)
            for column, words in enumerate(cells)
        ]

    def test_a_ruled_table_is_one(self, draft):
        rows = (("Vùng", "Tháng", "Giờ"), ("Vùng I", "4.680.000", "22.500"), ("Vùng II", "4.160.000", "20.000"))
        found = draft([*_body(), grid(self._COLUMNS, self._ROWS), *self._cells(*rows)])
        assert found.blocks[-1] == Table(
            tuple(tuple(Cell(words, is_header=row == 0) for words in cells) for row, cells in enumerate(rows))
        )

    def test_spans_are_kept(self, draft):
        lines = "\n".join(
            [ruled(60, y, 530, y) for y in (500, 560)]
            + [ruled(160, 530, 530, 530)]
            + [ruled(x, 500, x, 560) for x in (60, 160, 530)]
            + [ruled(300, 530, 300, 560)]
        )
        words = [text("STT", 65, 530), text("Tài khoản", 200, 520), text("Số", 165, 550), text("Nơi mở", 305, 550)]
        found = draft([*_body(), lines, *words])
        assert found.blocks[-1] == Table(
            ((Cell("STT", rows=2), Cell("Tài khoản", columns=2)), (Cell("Số"), Cell("Nơi mở")))
        )

    def test_a_table_goes_on_on_the_next_page_without_its_header_again(self, draft):
        header = ("STT", "Tên", "Số")
        first = [*_body(), grid(self._COLUMNS, self._ROWS), *self._cells(header, ("1", "a", "x"), ("2", "b", "y"))]
        second = [
            grid(self._COLUMNS, self._ROWS),
            *self._cells(header, ("3", "c", "z"), ("4", "d", "t")),
            *_body(y=620, count=1),
        ]
        found = draft(first, second)
        tables = [block for block in found.blocks if isinstance(block, Table)]
        assert [[row[0].text for row in table.rows] for table in tables] == [["STT", "1", "2", "3", "4"]]

    def test_coloured_areas_behind_text_are_no_table(self, draft):
        areas = "0.9 g " + " ".join(
            f"{60 + 100 * column} {300 - 16 * row} 100 16 re f" for row in range(4) for column in range(3)
        )
        found = draft([*_body(), areas + " 0 g"])
        assert not any(isinstance(block, Table) for block in found.blocks)


class TestFonts:
    def test_old_fonts_become_unicode(self, draft):
        words = tcvn3("Căn cứ Luật Tổ chức chính quyền địa phương").decode("latin-1")
        found = draft([_line(words, 100, font="F3"), _line(tcvn3("quyết định").decode("latin-1"), 130, font="F4")])
        assert _texts(found) == ["Căn cứ Luật Tổ chức chính quyền địa phương", "QUYẾT ĐỊNH"]
        assert [each.about for each in found.remarks] == ["old_fonts"]

    def test_letters_without_meaning_are_known(self, layer):
        assert layer(_body(), unknown=True).is_unreadable
        assert not layer(_body()).is_unreadable


class TestScans:
    def test_a_scan_is_known_and_its_pages(self, layer):
        scan = layer([], [], image_on=(0, 1))
        assert (scan.is_scan, scan.empty) == (True, [1, 2])
        mixed = layer(_body(), [], image_on=(1,))
        assert (mixed.is_scan, mixed.empty) == (False, [2])

    def test_text_over_a_picture_of_the_page_is_told_to_be_recognised(self, draft):
        found = draft(_body(), image_on=(0,))
        assert found.source == "scan"
        assert [each.about for each in found.remarks] == ["hidden_text"]

    def test_an_empty_pdf_has_no_text(self, draft):
        with pytest.raises(UnreadableFile) as caught:
            draft([])
        assert caught.value.reason == "no_text"
