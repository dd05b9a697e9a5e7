"""The real files of the shared data are read as somebody read them; skipped where they are not there."""

import os
from functools import cache
from pathlib import Path

import pytest

from legal_docs.reading import UnreadableFile, programs, read
from legal_docs.signatures import signatures_of
from legal_docs.structure.blocks import Paragraph, Table
from legal_docs.structure.parsing import parse

_FOLDER = Path(os.environ.get("CONGKHAI_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "files"
pytestmark = pytest.mark.skipif(
    not _FOLDER.is_dir(), reason="the real files are in neither ../shared/data/files nor CONGKHAI_DATA"
)

# File, source, number of articles, first words of the title, last words of the signature or of the last appendix.
_FILES = [
    ("02-2026-tt-btc.pdf", "pdf", 2, "Bãi bỏ Thông tư liên tịch số 72/2011/TTLT-BTC-BGTVT", "Nguyễn Thị Bích Ngọc"),
    ("13-2022-tt-bldtbxh.pdf", "pdf", 10, "Hướng dẫn thực hiện quản lý lao động", "< 65"),
    ("162-2026-nd-cp.pdf", "pdf", 6, "Điều chỉnh lương hưu, trợ cấp bảo hiểm xã hội", "Phạm Thị Thanh Trà"),
    ("28-2021-qd-ttg.pdf", "pdf", 8, "Quy định về việc thực hiện chính sách hỗ trợ", "Trung ương."),
    (
        "38-2022-nd-cp.pdf",
        "pdf",
        5,
        "Quy định mức lương tối thiểu đối với người lao động",
        "4. Vùng IV, gồm các địa bàn còn lại./.",
    ),
    ("78-2025-ubtvqh15.pdf", "pdf", 3, "Về việc ghi nhận thời gian đóng bảo hiểm xã hội", "Trần Thanh Mẫn"),
    ("51-2025-tt-bca_scan.pdf", "scan", 3, "", ""),
    ("23_2018_ND-CP.doc", "doc", 18, "QUY ĐỊNH VỀ BẢO HIỂM CHÁY, NỔ BẮT BUỘC", "(Ký và đóng dấu)"),
    ("Dự thảo Luật.doc", "doc", 54, "TỔ CHỨC CƠ QUAN ĐIỀU TRA HÌNH SỰ", "Trần Thanh Mẫn"),
    ("LuatPCCC_L27QH.docx", "doc", 65, "PHÒNG CHÁY VÀ CHỮA CHÁY", "Nông Đức Mạnh"),
]


@cache
def _read(name):
    needed = {".doc": "soffice"}.get(Path(name).suffix, "")
    needed = "soffice" if name == "LuatPCCC_L27QH.docx" else "ocrmypdf" if "scan" in name else needed
    if needed and not programs.is_installed(needed):
        pytest.skip(f"not installed: {programs.PACKAGES[needed]}")
    return read(_FOLDER / name, name=name)


def _last_text(blocks):
    block = blocks[-1]
    return block.text if isinstance(block, Paragraph) else block.rows[-1][-1].text


@pytest.mark.parametrize(("name", "source", "articles", "title", "end"), _FILES)
def test_every_article_is_found_in_order(name, source, articles, title, end):
    found = _read(name)
    numbers = [article.number for article in parse(found.blocks).articles()]
    assert numbers == [str(number) for number in range(1, articles + 1)]
    assert found.source == source
    assert any(isinstance(block, Paragraph) and block.text.startswith(title) for block in found.blocks[:6])
    assert _last_text(found.blocks).endswith(end)


@pytest.mark.parametrize("name", [name for name, source, *_rest in _FILES if source == "pdf"])
def test_head_of_the_gazette_is_two_columns_and_its_running_heads_are_gone(name):
    found = _read(name)
    left, right = found.blocks[0].rows[0]
    assert right.text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert "ố:" in left.text.split("\n")[-1]
    assert not any("CÔNG BÁO/" in block.text for block in found.blocks if isinstance(block, Paragraph))


def test_tables_keep_rows_and_spans():
    wages = [block for block in _read("38-2022-nd-cp.pdf").blocks if isinstance(block, Table)][1]
    assert [[cell.text for cell in row] for row in wages.rows][1:] == [
        ["Vùng I", "4.680.000", "22.500"],
        ["Vùng II", "4.160.000", "20.000"],
        ["Vùng III", "3.640.000", "17.500"],
        ["Vùng IV", "3.250.000", "15.600"],
    ]
    ranks = [block for block in _read("13-2022-tt-bldtbxh.pdf").blocks if isinstance(block, Table)][1]
    assert [(cell.text, cell.rows) for cell in ranks.rows[2]][:3] == [("1", 3), ("Vốn", 3), ("(tỷ đồng)", 3)]


def test_forms_on_their_side_are_read_upright():
    tables = [block for block in _read("28-2021-qd-ttg.pdf").blocks if isinstance(block, Table)]
    assert [cell.text for cell in tables[2].rows[0]][:3] == ["STT", "Họ và tên", "Mã số\nBHXH"]


def test_a_form_of_word_keeps_its_tables():
    found = _read("to-khai-dang-ky-khai-sinh.docx")
    assert sum(isinstance(block, Table) for block in found.blocks) == 5


def test_names_that_lie_are_told():
    assert "LuatPCCC_L27QH.docx" in _read("LuatPCCC_L27QH.docx").remarks[0]
    with pytest.raises(UnreadableFile) as caught:
        _read("TCVN 7568-29.pdf")
    assert caught.value.reason == "web_page"


def test_a_letter_whose_number_was_stamped_says_so():
    found = _read("cong-van-xin-y-kien-du-thao_signed.pdf")
    assert any("thiếu số hoặc ngày" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("name", "verdicts"),
    [
        ("02-2026-tt-btc.pdf", ["untrusted"]),
        ("162-2026-nd-cp.pdf", ["untrusted"]),
        ("51-2025-tt-bca_scan.pdf", ["untrusted"]),
        # Both were written anew after signing: the signed bytes are not in the file any more.
        ("28-2021-qd-ttg.pdf", ["changed"]),
        ("38-2022-nd-cp.pdf", ["changed"]),
        # The first signature allows no more than filling in; five others followed.
        ("cong-van-xin-y-kien-du-thao_signed.pdf", ["extended", *["untrusted"] * 5]),
        ("78-2025-ubtvqh15.pdf", []),
    ],
)
def test_signatures_are_told_as_they_are(name, verdicts):
    assert [report.verdict for report in signatures_of(_FOLDER / name)] == verdicts
