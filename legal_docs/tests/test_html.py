"""The text as a reader has it."""

from html.parser import HTMLParser

from hypothesis import given, settings

from legal_docs.structure.blocks import Cell, Paragraph, Table
from legal_docs.structure.html import Link, contents, linked, render
from legal_docs.structure.parsing import blocks_of_text, parse, parse_text
from legal_docs.structure.tree import all_texts
from legal_docs.tests.factories import DECREE, trees

VOID = {"br"}


class Page(HTMLParser):
    """Checks that every element is closed in order, and collects ids and text."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.targets, self.pieces = [], [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.targets += [attributes["href"]] if "href" in attributes else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.pieces.append(data)

    @property
    def text(self):
        return "".join("".join(self.pieces).split())


@given(trees)
@settings(max_examples=30, deadline=None)
def test_html_of_any_tree_is_well_formed_has_every_id_once_and_every_text(tree):
    page = Page(render(tree))
    assert len(set(page.ids)) == len(page.ids)
    assert {element.eid for element in tree.walk() if element.eid} <= set(page.ids)
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    for _eid, _place, text in all_texts(tree):
        assert "".join(text.split()) in page.text


def test_articles_clauses_and_points_have_a_link_to_copy():
    html = render(parse_text(DECREE))
    for eid in ("art_2", "art_2__para_1", "art_2__para_1__point_dd", "chp_1", "att_1"):
        assert f'href="#{eid}" data-copy-link' in html
    assert 'aria-label="Link to điểm đ khoản 1 Điều 2"' in html.replace("Liên kết đến", "Link to")


def test_quoted_amendment_is_a_block_quotation_without_ids_of_its_own():
    html = render(parse_text(DECREE))
    assert '<blockquote class="law-quotation"><p>“Điều 5. Tờ bìa</p>' in html
    assert 'id="art_5"' not in html


def test_text_is_escaped():
    html = render(parse_text("Điều 1. A & <b>\n1. <script>alert(1)</script>"))
    assert "<script>" not in html
    assert "A &amp; &lt;b&gt;" in html


def test_citation_is_linked_where_its_place_says():
    tree = parse_text("Điều 1. Theo Điều 2\nXem Điều 2 & khác.\nĐiều 2. B\nC.")
    links = {("art_1", 0): [Link(5, 11, "#art_2")], ("art_1", 1): [Link(4, 10, "/van-ban/x/#art_2", "Nghị định & x")]}
    html = render(tree, links)
    assert 'Theo <a href="#art_2">Điều 2</a>' in html
    assert '<p>Xem <a href="/van-ban/x/#art_2" title="Nghị định &amp; x">Điều 2</a> &amp; khác.</p>' in html


def test_places_count_quoted_paragraphs_and_cells():
    table = Table(((Cell("Cột"), Cell("Điều 9")),))
    tree = parse([*blocks_of_text("Điều 1. A\nSửa như sau:\n“Điều 5. B\nC.”"), table])
    assert list(all_texts(tree)) == [
        *(("art_1", 0, "A"), ("art_1", 1, "Sửa như sau:"), ("art_1", 2, "“Điều 5. B"), ("art_1", 3, "C.”")),
        *(("art_1", 4, "Cột"), ("art_1", 5, "Điều 9")),
    ]
    assert '<a href="/x/">Điều 9</a></td>' in render(tree, {("art_1", 5): [Link(0, 6, "/x/")]})


def test_links_that_overlap_reach_too_far_or_run_a_script_are_left_out():
    links = [Link(0, 3, "/a/"), Link(2, 5, "/b/"), Link(4, 99, "/c/"), Link(3, 3, "/d/"), Link(4, 5, "javascript:x")]
    assert linked("abcdef", links) == '<a href="/a/">abc</a>def'


def test_table_has_header_cells_spans_and_a_caption():
    rows = (
        (Cell("TT", is_header=True), Cell("Mức", columns=2, is_header=True)),
        (Cell("1", rows=2), Cell("10\n20"), Cell("30")),
    )
    html = render(parse([*blocks_of_text("Điều 1. A\nNhư sau:\nBảng 1. Mức phí"), Table(rows)]))
    assert '<caption id="art_1__table_1__caption">Bảng 1. Mức phí</caption>' in html
    assert '<thead><tr><th scope="col">TT</th><th scope="col" colspan="2">Mức</th></tr></thead>' in html
    assert '<td rowspan="2">1</td><td>10<br>20</td>' in html
    assert html.count("Bảng 1. Mức phí") == 1


def test_table_without_a_title_is_named_for_its_place():
    html = render(parse([*blocks_of_text("Điều 1. A\nB."), Table(((Cell("x"),),))]))
    assert 'class="visually-hidden"' in html
    assert "Điều 1</caption>" in html


def test_bold_and_centred_paragraphs_keep_their_looks():
    html = render(parse([Paragraph("QUYẾT ĐỊNH", is_bold=True, is_centred=True), *blocks_of_text("Điều 1. A\nB.")]))
    assert '<p class="law-bold law-centred">QUYẾT ĐỊNH</p>' in html


def test_headings_go_down_without_leaving_a_level_out():
    html = render(parse_text("Chương I\nMỘT\nMục 1\nHAI\nĐiều 1. A\nB."))
    assert [level for level in "23456" if f"<h{level} " in html] == ["2", "3", "4"]


def test_contents_lead_down_to_articles_and_to_attachments():
    chapter, first, second = contents(parse_text(DECREE))
    assert [entry.eid for entry in chapter.children] == ["art_1", "art_2", "chp_1__sec_1"]
    assert [entry.eid for entry in chapter.children[-1].children] == ["art_3", "art_12a"]
    assert (first.label, first.heading, second.children[0].eid) == ("Phụ lục I", "DANH MỤC SỔ", "att_2__art_1")
