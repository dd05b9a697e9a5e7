"""What somebody pastes into a field becomes paragraphs and tables."""

import pytest

from legal_docs.reading import UnreadableFile, read_pasted
from legal_docs.structure.blocks import Cell, Paragraph, Table

from .test_reading_encodings import SENTENCE, tcvn3


def test_lines_become_paragraphs_without_control_characters():
    found = read_pasted("Điều 1.\u200b  Phạm vi\r\n\r\n\x071. Một;\u2028_____\n2. Hai.")
    assert found.blocks == (Paragraph("Điều 1. Phạm vi"), Paragraph("1. Một;"), Paragraph("2. Hai."))
    assert (found.source, found.remarks) == ("pasted", ())


def test_rows_with_tabs_become_a_table_and_a_lone_one_a_line():
    found = read_pasted("STT\tTên\n1\tAn Giang\n\nSố:\t12/QĐ")
    assert found.blocks == (
        Table(((Cell("STT"), Cell("Tên")), (Cell("1"), Cell("An Giang")))),
        Paragraph("Số: 12/QĐ"),
    )


def test_old_letters_become_unicode_and_that_is_told():
    found = read_pasted(tcvn3(SENTENCE).decode("latin-1"))
    assert found.blocks == (Paragraph(SENTENCE),)
    assert "TCVN3" in found.remarks[0]


def test_html_of_the_clipboard_keeps_what_structure_needs():
    found = read_pasted(
        "<html><head><style>p{}</style></head><body><p align=center><b>Chương I</b></p>"
        "<p style='text-align: center'>QUY ĐỊNH<br>CHUNG</p><p>Diện tích 5 m<sup>2</sup>&nbsp;&amp; hơn</p>"
        "<script>alert(1)</script><ul><li>Một<li>Hai</ul></body></html>"
    )
    assert found.blocks == (
        Paragraph("Chương I", True, True),
        Paragraph("QUY ĐỊNH", False, True),
        Paragraph("CHUNG", False, True),
        Paragraph("Diện tích 5 m² & hơn"),
        Paragraph("Một"),
        Paragraph("Hai"),
    )


def test_tables_of_html_keep_their_spans():
    found = read_pasted(
        "<table><tr><th colspan=2>A</th></tr><tr><td rowspan='2'>b<br>c</td><td>d</td></tr><tr><td>e</td></tr></table>"
    )
    assert found.blocks == (
        Table(((Cell("A", columns=2, is_header=True),), (Cell("b\nc", rows=2), Cell("d")), (Cell("e"),))),
    )


def test_html_that_is_not_closed_loses_nothing():
    found = read_pasted("<div>Một<table><tr><td>a<td>b<table><tr><td>x<td>y")
    texts = [block.text for block in found.blocks if isinstance(block, Paragraph)]
    assert texts == ["Một"]
    assert found.blocks[1] == Table(((Cell("a"), Cell("b\nx | y")),))


def test_nothing_pasted_is_refused():
    with pytest.raises(UnreadableFile) as caught:
        read_pasted(" \n\t\n")
    assert caught.value.reason == "no_text"
