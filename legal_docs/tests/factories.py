"""Documents for tests: a made-up decree with everything in it, trees by chance, and real documents where they are."""

import json
import os
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import strategies as st

from legal_docs.exporting.facts import DocumentFacts
from legal_docs.structure.blocks import Cell, Paragraph, Table
from legal_docs.structure.ids import with_ids
from legal_docs.structure.numerals import LETTERS, to_roman
from legal_docs.structure.tree import Element, Kind, Quotation

DECREE = """CHÍNH PHỦ
Số: 1/2020/NĐ-CP
NGHỊ ĐỊNH
Quy định về sổ ghi chép
Căn cứ Luật Ghi chép;
Theo đề nghị của cơ quan soạn thảo;
Chính phủ ban hành Nghị định quy định về sổ ghi chép.
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về sổ ghi chép.
Điều 2. Giải thích từ ngữ
1. Sổ bao gồm:
a) Sổ giấy;
b) Sổ điện tử;
c) Sổ khác;
d) Sổ cũ;
đ) Sổ mới.
2. Trang là một mặt của tờ giấy.
Đoạn này tiếp tục khoản 2.
Mục 1
SỬA ĐỔI
Điều 3. Sửa đổi văn bản khác
1. Sửa đổi Điều 5 như sau:
“Điều 5. Tờ bìa
1. Tờ bìa có tên sổ.
2. Tờ bìa có năm.”.
2. Bổ sung Điều 6 như sau:
“Điều 6. Gáy sổ có số.”
Điều 12a. Hiệu lực thi hành
Nghị định này có hiệu lực kể từ ngày 01 tháng 3 năm 2020.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. CHÍNH PHỦ
THỦ TƯỚNG
Phụ lục I
DANH MỤC SỔ
(Ban hành kèm theo Nghị định số 1/2020/NĐ-CP)
1. Sổ thứ nhất
2. Sổ thứ hai
QUY CHẾ
GIỮ SỔ
(Ban hành kèm theo Nghị định số 1/2020/NĐ-CP)
Điều 1. Nơi giữ
1. Giữ ở tủ.
Điều 2. Người giữ
Người giữ là văn thư."""

FACTS = DocumentFacts(
    number="1/2020/NĐ-CP",
    title="Quy định về sổ ghi chép",
    type_name="Nghị định",
    issuer="Chính phủ",
    url="https://vi-du.test/van-ban/1-2020-nd-cp/",
    issued_on=date(2020, 1, 15),
    effective_on=date(2020, 3, 1),
    published_on=date(2020, 1, 17),
)

words = st.text("abcđeghikXYZĐÂơư&<>\"'0123.;:/—“” ", min_size=1, max_size=40).map(lambda text: " ".join(text.split()))
texts = words.filter(bool)
paragraphs = st.builds(Paragraph, texts, st.booleans(), st.booleans())
cell_texts = st.lists(texts, max_size=2).map("\n".join)
cells = st.builds(Cell, cell_texts, st.integers(1, 3), st.integers(1, 2), st.booleans())
rows = st.lists(cells, min_size=1, max_size=3).map(tuple)
tables = st.builds(Table, st.lists(rows, min_size=1, max_size=3).map(tuple))
blocks = st.one_of(paragraphs, paragraphs, tables)
quotations = st.builds(Quotation, st.lists(blocks, min_size=1, max_size=3).map(tuple))
contents = st.lists(st.one_of(paragraphs, paragraphs, tables, quotations), max_size=3).map(tuple)
some_contents = st.lists(st.one_of(paragraphs, tables), min_size=1, max_size=3).map(tuple)


def numbered(kind, label, inner, count=3, number=str):
    """Return lists of elements that count from 1, with what is below them."""

    def label_them(found):
        return tuple(
            Element(kind, "", number(place), label(place), heading, content, children)
            for place, (heading, content, children) in enumerate(found, 1)
        )

    headings = st.just("") if kind in (Kind.CLAUSE, Kind.POINT, Kind.SUBPOINT) else st.one_of(st.just(""), texts)
    return st.lists(st.tuples(headings, contents, inner), max_size=count).map(label_them)


def _letter(place):
    return LETTERS[place - 1]


subpoints = numbered(Kind.SUBPOINT, lambda n: f"({to_roman(n).lower()})", st.just(()), 2)
points = numbered(Kind.POINT, lambda n: f"{_letter(n)})", subpoints, 6, _letter)
clauses = numbered(Kind.CLAUSE, lambda n: f"{n}.", points)
articles = numbered(Kind.ARTICLE, lambda n: f"Điều {n}.", st.one_of(clauses, points))
chapters = numbered(Kind.CHAPTER, lambda n: f"Chương {to_roman(n)}", articles)
bodies = st.one_of(articles, chapters, st.just(()), some_contents.map(lambda c: (Element(Kind.TEXT, content=c),)))
prefaces = some_contents.map(lambda content: (Element(Kind.PREFACE, content=content),))
preambles = st.lists(some_contents, min_size=1, max_size=3).map(
    lambda bases: (
        Element(
            Kind.PREAMBLE,
            children=(*(Element(Kind.BASIS, content=c) for c in bases), Element(Kind.FORMULA, content=bases[0])),
        ),
    )
)
conclusions = some_contents.map(
    lambda content: (Element(Kind.CONCLUSIONS, content=content, children=(Element(Kind.SIGNATURE, content=content),)),)
)
attachments = st.lists(
    st.builds(
        lambda heading, content, body, end: Element(
            Kind.ATTACHMENT, "", "", "Phụ lục", heading, content, (*body, *end)
        ),
        texts,
        contents,
        st.one_of(articles, clauses),
        st.one_of(st.just(()), conclusions),
    ),
    max_size=2,
).map(tuple)
trees = st.builds(
    lambda *parts: with_ids(Element(Kind.DOCUMENT, children=tuple(child for part in parts for child in part))),
    st.one_of(st.just(()), prefaces),
    st.one_of(st.just(()), preambles),
    bodies,
    st.one_of(st.just(()), conclusions),
    attachments,
)


def real_documents(step: int = 1) -> list[dict]:
    """Return every nth of the real documents; skip the test, and say so, where they do not lie beside the checkout."""
    folder = Path(os.environ.get("CONGKHAI_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
    path = folder / "legal_documents.jsonl"
    if not path.is_file():
        pytest.skip("legal_documents.jsonl is in neither ../shared/data nor CONGKHAI_DATA")
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in islice(file, 0, None, step)]
