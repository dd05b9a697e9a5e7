"""import_news at the door: the command, the pages it leaves, the addresses that lead to them."""

import csv
import re
import threading
from base64 import b64encode
from contextlib import suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from core.blocks import RICH_TEXT
from core.importing.refusals import RowError
from core.models import Picture
from home import views
from home.importing.cleaning import pieces_of
from home.importing.dates import read_time
from home.importing.downloads import Downloader, DownloadError, is_public_address
from home.importing.old_addresses import WORDS_BELOW_A_PAGE
from home.models import NewsPage, NewsPlacement
from home.services import accept_offer, offer_article

from .factories import jsonl_file, news_row, picture_bytes, text_of

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()


@pytest.fixture
def run(department, capsys):
    """Run the command on the department's portal and return its rows as (state, reason) by number."""

    def run_command(path, *arguments):
        try:
            call_command("import_news", str(path), "--portal", department.code, *arguments)
        except CommandError as error:
            run_command.error = str(error)
        else:
            run_command.error = None
        rows = {}
        run_command.said = capsys.readouterr().out
        for line in run_command.said.splitlines():
            cells = line.split("\t")
            if len(cells) > 2:
                rows[int(cells[0])] = (cells[1], cells[3] if len(cells) > 3 else "")
        return rows

    return run_command


def states(rows):
    return [state for _number, (state, _reason) in sorted(rows.items())]


def media_files():
    root = Path(settings.MEDIA_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


# Coming in


def test_article_comes_in_whole_and_is_public(run, department, client_for, tmp_path):
    row = news_row(section="thong-bao", author="N.A", source_name="Báo tỉnh", source_url="https://bao.example/5")
    assert states(run(jsonl_file(tmp_path, row))) == ["created"]
    page = NewsPage.objects.get()
    assert page.live
    assert page.origin == department
    assert page.get_parent().slug == "thong-bao"
    assert page.published_at == datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)
    assert (page.author_initials, page.source_name, page.source_url) == ("N.A", "Báo tỉnh", "https://bao.example/5")
    assert NewsPlacement.objects.get().published_at == page.published_at
    answer = client_for(department).get(page.path_in_portal)
    assert answer.status_code == 200
    assert "Sáng nay, hội nghị đã khai mạc" in answer.content.decode()
    assert "12/05/2014" in answer.content.decode()


def test_second_run_changes_nothing(run, tmp_path):
    path = jsonl_file(tmp_path, news_row(1), news_row(2))
    run(path)
    revisions = list(NewsPage.objects.values_list("latest_revision", "last_published_at"))
    assert states(run(path)) == ["unchanged", "unchanged"]
    assert list(NewsPage.objects.values_list("latest_revision", "last_published_at")) == revisions


def test_changed_row_is_a_new_revision_at_the_same_address(run, tmp_path):
    run(jsonl_file(tmp_path, news_row()))
    before = NewsPage.objects.get()
    assert states(run(jsonl_file(tmp_path, news_row(title="Hội nghị đã kết thúc")))) == ["updated"]
    after = NewsPage.objects.get()
    assert (after.title, after.slug) == ("Hội nghị đã kết thúc", before.slug)
    assert after.revisions.count() == 2
    assert after.live
    assert not after.has_unpublished_changes


def test_editors_change_survives_a_second_run(run, tmp_path):
    path = jsonl_file(tmp_path, news_row())
    run(path)
    page = NewsPage.objects.get()
    page.title = "Tiêu đề do biên tập viên sửa"
    page.save_revision().publish()
    assert states(run(path)) == ["unchanged"]
    assert NewsPage.objects.get().title == "Tiêu đề do biên tập viên sửa"


def test_withdrawn_article_stays_withdrawn_when_its_row_changes(run, tmp_path):
    run(jsonl_file(tmp_path, news_row()))
    NewsPage.objects.get().unpublish()
    assert states(run(jsonl_file(tmp_path, news_row(summary="Khác.")))) == ["updated"]
    assert not NewsPage.objects.get().live


def test_history_of_the_page_tells_of_the_import(run, department, editor_of, client_for, tmp_path):
    run(jsonl_file(tmp_path, news_row()))
    client = client_for(department, editor_of(department))
    for address in ("wagtailadmin_pages:history", "wagtailadmin_pages:edit"):
        answer = client.get(reverse(address, args=[NewsPage.objects.get().pk]))
        assert answer.status_code == 200
    entry = PageLogEntry.objects.get(page=NewsPage.objects.get().pk)
    assert entry.action == "core.import_public"
    assert "không qua duyệt" in entry.message
    assert entry.revision == NewsPage.objects.get().live_revision


def test_drafts_are_not_public(run, department, client_for, tmp_path):
    assert states(run(jsonl_file(tmp_path, news_row()), "--draft")) == ["created"]
    page = NewsPage.objects.get()
    assert not page.live
    assert client_for(department).get(page.path_in_portal).status_code == 404
    assert PageLogEntry.objects.get(page=page.pk).action == "core.import"


def test_summary_says_what_was_published_without_approval(run, tmp_path):
    for row, options, is_said in (
        (news_row(), (), True),
        (news_row(), (), False),
        (news_row(summary="Khác."), (), True),
        (news_row(title="Khác", url="http://cu.example/9"), ("--draft",), False),
        (news_row(title="Nữa", url="http://cu.example/10"), ("--dry-run",), False),
    ):
        run(jsonl_file(tmp_path, row), *options)
        assert ("Đăng không qua duyệt: 1." in run.said) == is_said, (row, options)


def test_row_that_changes_its_section_moves(run, tmp_path):
    run(jsonl_file(tmp_path, news_row(section="tin-tuc")))
    assert states(run(jsonl_file(tmp_path, news_row(section="thong-bao")))) == ["updated"]
    page = NewsPage.objects.get()
    assert page.get_parent().slug == "thong-bao"
    assert NewsPlacement.objects.get().section_id == page.get_parent().pk
    assert not any(Page.find_problems())


@pytest.mark.parametrize("name", ["tin-tuc/thong-bao", "thong-bao", "Thông báo", "thông  báo", "THÔNG BÁO"])
def test_section_is_found_by_key_slug_and_title(run, tmp_path, name):
    run(jsonl_file(tmp_path, news_row(section=name)))
    assert NewsPage.objects.get().get_parent().slug == "thong-bao"


def test_unknown_section_of_a_row_is_said_and_the_default_taken(run, tmp_path):
    rows = run(jsonl_file(tmp_path, news_row(section="Chuyện lạ")), "--section", "thong-bao")
    assert rows[1][0] == "created"
    assert "Chuyện lạ" in rows[1][1]
    assert NewsPage.objects.get().get_parent().slug == "thong-bao"


def test_articles_of_one_title_get_addresses_of_their_own(run, tmp_path):
    rows = [news_row(n, title="Lịch công tác tuần") for n in range(3)]
    run(jsonl_file(tmp_path, *rows, news_row(9, title="In")))
    slugs = set(NewsPage.objects.values_list("slug", flat=True))
    assert slugs == {
        "lich-cong-tac-tuan", "lich-cong-tac-tuan-2014-05-12", "lich-cong-tac-tuan-2014-05-12-2", "in-2014-05-12",
    }  # fmt: skip


def test_words_below_a_page_are_those_of_the_views():
    assert {views.PRINT, *views.FEEDS} == WORDS_BELOW_A_PAGE


def test_text_is_stored_in_its_one_form(run, tmp_path):
    decomposed = "Ho\u0323\u0302i nghi\u0323"
    run(jsonl_file(tmp_path, news_row(title=decomposed, body=f"<p>\u00d0ại hội {decomposed}</p>")))
    page = NewsPage.objects.get()
    assert page.title == "Hội nghị"
    assert text_of(page) == [("text", "<p>Đại hội Hội nghị</p>")]


def test_title_without_markup_and_entities(run, tmp_path):
    run(jsonl_file(tmp_path, news_row(title="Giải &quot;Sao <b>Khuê</b>&quot;\t2014 ")))
    assert NewsPage.objects.get().title == 'Giải "Sao Khuê" 2014'


def test_missing_summary_is_cut_from_the_body(run, tmp_path):
    run(jsonl_file(tmp_path, news_row(summary="", body="<p>" + "Một câu dài. " * 60 + "</p>")))
    summary = NewsPage.objects.get().summary
    assert summary.startswith("Một câu dài.")
    assert len(summary) <= 300


def test_two_portals_import_the_same_row(run, district, tmp_path):
    path = jsonl_file(tmp_path, news_row())
    run(path)
    call_command("import_news", str(path), "--portal", district.code)
    assert NewsPage.objects.count() == 2


# Rows that are broken


def _short(row):
    return repr(row if isinstance(row, bytes) else {k: v for k, v in row.items() if v != news_row().get(k)})[:40]


@pytest.mark.parametrize(
    "row",
    [
        b"{broken",
        b"[1, 2]",
        b'"text"',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"title": ' + b"9" * 5_000 + b"}",
        b'{"title": "' + b"a" * 5_000_001 + b'"}',
        news_row(title=""),
        news_row(title=None),
        news_row(title=5),
        news_row(title="<script>x</script>"),
        news_row(title="x" * 256),
        news_row(title="có \x00 byte"),
        b'{"title": "a", "time": "12/05/2014", "body": "\\ud800"}',
        news_row(time=""),
        news_row(time="hôm qua"),
        news_row(time="31/02/2014"),
        news_row(time="2999-01-01"),
        news_row(time="0001-01-01T00:00:00Z"),
        news_row(author="x" * 61),
        news_row(source_name="x" * 151),
        news_row(source_url="https://a.example/" + "x" * 500),
        news_row(url="/" + "x" * 2_001),
        news_row(section={"a": 1}),
        news_row(pictures="anh.jpg"),
        news_row(pictures=[{"alt": "không có src"}]),
        news_row(pictures=[{"src": f"{n}.jpg"} for n in range(51)]),
        news_row(body="<div>" * 30_001),
        news_row(body="<table><tr>" + "<td>a" * 61 + "</table>"),
        news_row(body='<table><tr><td colspan="1000" rowspan="1000">a<td>b</tr><tr><td>c</td></tr></table>' * 2),
    ],
    ids=_short,
)
def test_broken_row_is_named_and_the_rest_goes_on(run, tmp_path, row):
    rows = run(jsonl_file(tmp_path, news_row(1), row, news_row(3)))
    assert states(rows) == ["created", "error", "created"]
    assert rows[2][1]
    assert "unexpected" not in rows[2][1]
    assert "error: 1" in run.error
    assert NewsPage.objects.count() == 2


def test_row_that_fails_in_the_database_leaves_nothing(run, tmp_path):
    picture = f"data:image/png;base64,{b64encode(picture_bytes('PNG')).decode()}"
    path = jsonl_file(tmp_path, news_row(1, pictures=[{"src": picture}]), news_row(2))
    before = media_files()
    real = NewsPage.save_revision

    def save_revision(page, *args, **kwargs):
        if "lần thứ 1" in page.title:
            raise ValueError("không ghi được")
        return real(page, *args, **kwargs)

    with mock.patch.object(NewsPage, "save_revision", save_revision):
        rows = run(path)
    assert states(rows) == ["error", "created"]
    assert NewsPage.objects.count() == 1
    assert not Picture.objects.exists()
    assert media_files() == before
    assert not any(Page.find_problems())


def test_section_that_is_deleted_meanwhile_is_named(run, department, tmp_path):
    section = Page.objects.get(url_path=f"/{department.code}/tin-tuc/thong-bao/")
    real = NewsPage.save_revision

    def save_revision(page, *args, **kwargs):
        if Page.objects.filter(pk=section.pk).exists():
            section.delete()
        return real(page, *args, **kwargs)

    with mock.patch.object(NewsPage, "save_revision", save_revision):
        rows = run(jsonl_file(tmp_path, news_row(1), news_row(2, section="thong-bao"), news_row(3)))
    assert rows[2][0] == "error"
    assert "unexpected" not in rows[2][1]


def test_run_that_was_stopped_is_finished_by_the_next(run, tmp_path):
    path = jsonl_file(tmp_path, *(news_row(n) for n in range(4)))
    real = NewsPage.save_revision

    def save_revision(page, *args, **kwargs):
        if "lần thứ 2" in page.title:
            raise KeyboardInterrupt
        return real(page, *args, **kwargs)

    with mock.patch.object(NewsPage, "save_revision", save_revision):
        assert states(run(path)) == ["created", "created"]
    assert "created: 2" in run.error
    assert states(run(path)) == ["unchanged", "unchanged", "created", "created"]


# Dry run and report


def test_dry_run_says_the_same_and_changes_nothing(run, tmp_path):
    picture = f"data:image/png;base64,{b64encode(picture_bytes('PNG')).decode()}"
    path = jsonl_file(
        tmp_path, news_row(1, pictures=[{"src": picture}]), b"{", news_row(1, pictures=[{"src": picture}]), news_row(1)
    )
    before = (media_files(), PageLogEntry.objects.count(), Redirect.objects.count(), Page.objects.count())
    dry = run(path, "--dry-run")
    assert (media_files(), PageLogEntry.objects.count(), Redirect.objects.count(), Page.objects.count()) == before
    assert run.error
    assert run(path) == dry
    assert states(dry) == ["created", "error", "unchanged", "updated"]


def test_report_is_a_table_without_formulas(run, tmp_path):
    report = tmp_path / "bao-cao.csv"
    run(jsonl_file(tmp_path, news_row(title="=1+1"), b"{"), "--report", str(report))
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["state"], row["title"]) for row in rows] == [("1", "created", "'=1+1"), ("2", "error", "")]
    assert rows[1]["reason"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["khong-co.jsonl", "--portal", "stttt"],
        ["{file}", "--portal", "khongco"],
        ["{file}", "--portal", "stttt", "--section", "khong-co"],
        ["{file}", "--portal", "stttt", "--format", "csv"],
        ["{file}", "--portal", "stttt", "--pictures", "khong-co"],
        ["{file}", "--portal", "stttt", "--report", "khong-co/bao-cao.csv"],
        ["{folder}", "--portal", "stttt"],
        ["{png}", "--portal", "stttt"],
    ],
)
def test_wrong_call_is_one_clear_line(department, tmp_path, arguments):
    file = jsonl_file(tmp_path, news_row())
    png = tmp_path / "anh.png"
    png.write_bytes(picture_bytes("PNG"))
    places = {"file": file, "folder": tmp_path, "png": png}
    with pytest.raises(CommandError) as caught:
        call_command("import_news", *(argument.format(**places) for argument in arguments))
    assert "\n" not in str(caught.value)
    assert not NewsPage.objects.exists()


# Feeds


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Tin</title><link>http://cu.example/</link>
{items}</channel></rss>"""
ITEM = """<item><title>Tin thứ {n}</title><link>http://cu.example/tin/{n}.html</link><guid>tin-{n}</guid>
<pubDate>Mon, 12 May 2014 02:30:00 GMT</pubDate><category>Chuyện lạ</category><category>Thông báo</category>
<author>ai@cu.example (N.A)</author><source url="http://nguon.example/">Nguồn</source>
<description>&lt;b&gt;Tóm tắt&lt;/b&gt; của tin.</description>
<content:encoded><![CDATA[<p>Nội dung <a href="/khac.html">đầy đủ</a>.</p><script>alert(1)</script>]]></content:encoded>
{more}</item>"""


def rss_file(folder, *items):
    path = folder / "tin.xml"
    path.write_text(RSS.format(items="".join(items)), encoding="utf-8")
    return path


def test_rss_comes_in(run, tmp_path):
    (tmp_path / "anh.jpg").write_bytes(picture_bytes())
    media = '<enclosure url="http://cu.example/x/anh.jpg" type="image/jpeg" length="1"/>'
    path = rss_file(tmp_path, ITEM.format(n=1, more=media), ITEM.format(n=2, more=""))
    assert states(run(path, "--pictures", str(tmp_path))) == ["created", "created"]
    page = NewsPage.objects.get(title="Tin thứ 1")
    assert page.published_at == datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)
    assert page.summary == "Tóm tắt của tin."
    assert text_of(page) == [("text", '<p>Nội dung <a href="http://cu.example/khac.html">đầy đủ</a>.</p>')]
    assert (page.author_initials, page.source_name, page.source_url) == ("N.A", "Nguồn", "http://nguon.example/")
    assert page.get_parent().slug == "thong-bao"
    assert page.lead_picture.alt_text == "Tin thứ 1"
    assert states(run(path, "--pictures", str(tmp_path))) == ["unchanged", "unchanged"]


def test_broken_item_does_not_stop_a_feed(run, tmp_path):
    path = rss_file(tmp_path, "<item><title>Không có ngày</title></item>", ITEM.format(n=2, more=""))
    assert states(run(path)) == ["error", "created"]


def test_rss_that_breaks_off_keeps_what_came_before(run, tmp_path):
    path = rss_file(tmp_path, ITEM.format(n=1, more=""), "<item><title>a</b></item>")
    rows = run(path)
    assert states(rows) == ["created", "error"]
    assert NewsPage.objects.count() == 1


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi"><title>Tin</title>
<entry><title type="html">Tin &amp;quot;html&amp;quot;</title><id>urn:1</id>
<published>2014-05-12T09:30:00+07:00</published>
<link href="http://cu.example/1"/><summary>Tóm tắt.</summary><author><name>N.A</name></author>
<content type="html">&lt;p&gt;Một&lt;/p&gt;</content></entry>
<entry><title>Tin xhtml</title><id>urn:2</id><updated>2014-05-12T02:30:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hai <em>ba</em></p></div></content></entry>
<entry><title>Tin chữ</title><id>urn:3</id><updated>2014-05-12T02:30:00Z</updated>
<content type="text">Bốn &amp; năm</content></entry></feed>"""


def test_atom_comes_in(run, tmp_path):
    path = tmp_path / "tin.atom"
    path.write_text(ATOM, encoding="utf-8")
    assert states(run(path)) == ["created"] * 3
    bodies = {page.title: text_of(page) for page in NewsPage.objects.all()}
    assert bodies == {
        'Tin "html"': [("text", "<p>Một</p>")],
        "Tin xhtml": [("text", "<p>Hai <i>ba</i></p>")],
        "Tin chữ": [("text", "<p>Bốn &amp; năm</p>")],
    }
    moments = set(NewsPage.objects.values_list("published_at", flat=True))
    assert moments == {datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)}
    assert states(run(path)) == ["unchanged"] * 3


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
    ],
)
def test_entities_and_document_types_are_refused(run, tmp_path, declaration):
    path = tmp_path / "tin.xml"
    item = ITEM.format(n=1, more="")
    path.write_text(RSS.format(items=item).replace("?>", f"?>{declaration}", 1).replace("Tin thứ", "&a;"))
    assert states(run(path)) == ["error"]
    assert not NewsPage.objects.exists()


# Cleaning


def test_no_script_survives(run, department, client_for, tmp_path):
    body = (
        '<p onclick="x()" style="color:red">a<script>alert(1)</script><a href="javascript:x()">b</a></p>'
        '<style>p{}</style><iframe src="http://x.example"></iframe><svg onload="x()"><a href="http://x">c</a></svg>'
        '<a href="data:text/html,x">d</a>'
        '<img src="x" onerror="x()"><form action="/admin/"><input name="q"></form><a href=" java\nscript:x()">e</a>'
    )
    run(jsonl_file(tmp_path, news_row(body=body)))
    page = NewsPage.objects.get()
    assert text_of(page) == [("text", "<p>ab</p><p>d</p><p>e</p>")]
    shown = client_for(department).get(page.path_in_portal).content.decode()
    for trace in ("alert(1)", "onclick", "onerror", "javascript:", "iframe src", "color:red", "data:text"):
        assert trace not in shown


def no_links(href):
    return None


CLEANED = [
    ("một\n\nhai\nba & <3", [("text", "<p>một</p><p>hai<br/>ba &amp; &lt;3</p>")]),
    ("<div>một<br><br>hai</div>", [("text", "<p>một</p><p>hai</p>")]),
    ("<h1>A</h1><h4>B</h4><p><strong>c</strong></p>", [("text", "<h2>A</h2><h3>B</h3><p><b>c</b></p>")]),
    ("<ul><li>a<ol><li>b</li></ol></li></ul>", [("text", "<ul><li>a<ol><li>b</li></ol></li></ul>")]),
    ("<p>&nbsp;</p><p><b> </b></p><p></p>", []),
    ("<blockquote>a<cite>— Ông A</cite></blockquote>", [("quote", {"quote": "a", "attribution": "Ông A"})]),
    ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", [("text", "<p>a</p><p>b</p>")]),
    ("<b>a<p>b</p></b>", [("text", "<p><b>a</b></p><p><b>b</b></p>")]),
]


@pytest.mark.parametrize(("body", "expected"), CLEANED)
def test_body_becomes_blocks(body, expected):
    assert pieces_of(body, no_links) == expected


def test_table_keeps_its_spans():
    body = "<table><tr><th>A</th><th>B</th></tr><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr></table>"
    [(kind, table)] = pieces_of(body, no_links)
    assert kind == "table"
    assert table["data"] == [["A", "B"], ["1", "2"], ["", "3"]]
    assert table["first_row_is_table_header"]
    assert table["mergeCells"] == [{"row": 1, "col": 0, "rowspan": 2, "colspan": 1}]


def test_imported_table_is_shown(run, department, client_for, tmp_path):
    run(
        jsonl_file(
            tmp_path,
            news_row(body="<table><tr><th>Huyện</th><th>Số</th></tr><tr><td colspan=2>Tất cả</td></tr></table>"),
        )
    )
    shown = client_for(department).get(NewsPage.objects.get().path_in_portal).content.decode()
    assert "Huyện" in shown
    assert 'colspan="2"' in shown


_FRAGMENTS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td rowspan=3>", "</table>", "<br>",
     "<hr>", "x", "<a href=http://a.example>", "</a>", "<blockquote>", "</blockquote>", "<img src=a>", "<script>",
     "<h2>", "&lt;", "&#0;", "\n"]
)  # fmt: skip
_ALLOWED = {"h2": "h2", "h3": "h3", "bold": "b", "italic": "i", "ol": "ol", "ul": "ul", "link": "a", "hr": "hr",
            "superscript": "sup", "subscript": "sub"}  # fmt: skip


@given(st.lists(_FRAGMENTS, max_size=40))
@hypothesis_settings(max_examples=300, deadline=None)
def test_cleaned_text_holds_only_what_editors_can_write(fragments):
    tags = {_ALLOWED[feature] for feature in RICH_TEXT if feature in _ALLOWED} | {"p", "li", "br"}
    for kind, value in pieces_of("<p>" + "".join(fragments), lambda href: href):
        if kind == "text":
            assert set(re.findall(r"</?([a-z0-9]+)", value)) <= tags
            for tag in tags - {"br", "hr"}:
                assert len(re.findall(rf"<{tag}[ >]", value)) == value.count(f"</{tag}>")


# Times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/05/2014 09:30", datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)),
        ("12/5/2014", datetime(2014, 5, 12, tzinfo=ZONE)),
        ("12/05/2014 3:05:10 CH", datetime(2014, 5, 12, 15, 5, 10, tzinfo=ZONE)),
        ("12/05/2014 12:05 SA", datetime(2014, 5, 12, 0, 5, tzinfo=ZONE)),
        ("09:30 12-05-2014", datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)),
        ("2014-05-12", datetime(2014, 5, 12, tzinfo=ZONE)),
        ("2014-05-12 09:30", datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)),
        ("2014-05-12T02:30:00Z", datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)),
        ("Mon, 12 May 2014 09:30:00 +0700", datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)),
        ("Mon, 12 May 2014 09:30:00 GMT+7", datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)),
        ("12 May 2014 09:30:00", datetime(2014, 5, 12, 9, 30, tzinfo=ZONE)),
    ],
)
def test_times_of_old_portals_are_read(text, expected):
    assert read_time(text) == expected


@given(st.text(max_size=70))
def test_no_text_breaks_the_reading_of_times(text):
    with suppress(RowError):
        assert timezone.is_aware(read_time(text))


# Old addresses


def test_old_address_leads_to_the_article(run, department, client_for, tmp_path):
    run(
        jsonl_file(
            tmp_path, news_row(url="http://cu.example/Pages/tin.aspx?id=5&c=2"), news_row(2, url="/chi-tiet/tin-5/")
        )
    )
    first, second = NewsPage.objects.order_by("pk")
    client = client_for(department)
    for address in ("/Pages/tin.aspx?id=5&c=2", "/Pages/tin.aspx?c=2&id=5"):
        answer = client.get(address)
        assert answer.status_code == 301
        assert answer["Location"].endswith(first.path_in_portal)
    for address in ("/chi-tiet/tin-5/", "/chi-tiet/tin-5"):
        assert client.get(address)["Location"].endswith(second.path_in_portal)
    assert client.get("/Pages/tin.aspx?id=6").status_code == 404


def test_old_address_leads_on_its_own_portal_only(run, district, client_for, tmp_path):
    run(jsonl_file(tmp_path, news_row()))
    assert client_for(district).get("/Pages/tin.aspx?id=1").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/tin-tuc/",
        "/",
        "/?id=5",
        "/tin-tuc/rss/",
        "/admin/x/",
        "/tim-kiem/",
        "/media/x.jpg",
        "/" + "a" * 300,
        "http://[/",
    ],
)
def test_old_address_shadows_nothing(run, tmp_path, url):
    rows = run(jsonl_file(tmp_path, news_row(url=url)))
    assert rows[1][0] == "created"
    assert rows[1][1]
    assert not Redirect.objects.exists()


def test_old_address_does_not_take_a_withdrawn_pages_place(run, department, tmp_path):
    section = Page.objects.get(url_path=f"/{department.code}/tin-tuc/")
    section.unpublish()
    run(jsonl_file(tmp_path, news_row(url="/tin-tuc", section="thong-bao")))
    assert not Redirect.objects.exists()


def test_old_address_of_another_portal_is_left_to_it(run, district, tmp_path):
    rows = run(jsonl_file(tmp_path, news_row(url=f"http://{district.canonical_host}/tin.aspx?id=1")))
    assert rows[1][1]
    assert not Redirect.objects.exists()


def test_old_address_that_leads_elsewhere_is_left_alone(run, department, tmp_path):
    Redirect.objects.create(old_path="/Pages/tin.aspx?id=1", site=department.site, redirect_link="https://a.example/")
    rows = run(jsonl_file(tmp_path, news_row(1)))
    assert rows[1][1]
    assert Redirect.objects.get().redirect_link == "https://a.example/"


def test_address_of_a_shared_article_is_not_taken_by_an_import(run, department, district, approver_of, tmp_path):
    path = jsonl_file(tmp_path, news_row(1))
    call_command("import_news", str(path), "--portal", district.code)
    [offer] = offer_article(article=NewsPage.objects.get(), agencies=[department], user=approver_of(district))
    section = Page.objects.get(url_path=f"/{department.code}/tin-tuc/")
    accept_offer(offer=offer, section=section, user=approver_of(department))
    assert states(run(path)) == ["created"]
    assert NewsPage.objects.get(origin=department).slug.endswith("-2014-05-12")


# Pictures


def test_pictures_come_from_the_folder(run, department, tmp_path):
    folder = tmp_path / "anh"
    (folder / "2014").mkdir(parents=True)
    (folder / "2014" / "dau.jpg").write_bytes(picture_bytes(colour="red"))
    # Old portals mixed the endings up.
    (folder / "than.jpg").write_bytes(picture_bytes("PNG", colour="blue"))
    row = news_row(
        body='<p>Trước</p><img src="/2014/dau.jpg" alt="Khai mạc"><p>Giữa</p><img src="/Images/than.jpg"><p>Sau</p>',
        pictures=[{"src": "/2014/dau.jpg", "caption": "Quang cảnh hội nghị"}],
    )
    rows = run(jsonl_file(tmp_path, row), "--pictures", str(folder))
    assert rows[1] == ("created", "")
    page = NewsPage.objects.get()
    assert (page.lead_picture.alt_text, page.lead_caption) == ("Khai mạc", "Quang cảnh hội nghị")
    assert [kind for kind, _value in text_of(page)] == ["text", "picture", "text"]
    inner = Picture.objects.exclude(pk=page.lead_picture_id).get()
    assert inner.alt_text == page.title
    assert inner.file.name.endswith(".png")
    assert {picture.collection for picture in Picture.objects.all()} == {department.collection}
    run(jsonl_file(tmp_path, row | {"summary": "Đổi."}), "--pictures", str(folder))
    assert Picture.objects.count() == 2


def test_missing_picture_is_named_and_comes_in_later(run, tmp_path):
    path = jsonl_file(tmp_path, news_row(pictures=[{"src": "anh.jpg", "alt": "Hội trường"}]))
    rows = run(path, "--pictures", str(tmp_path))
    assert rows[1][0] == "created"
    assert "anh.jpg" in rows[1][1]
    assert NewsPage.objects.get().lead_picture is None
    assert states(run(path, "--pictures", str(tmp_path))) == ["unchanged"]
    (tmp_path / "anh.jpg").write_bytes(picture_bytes())
    assert states(run(path, "--pictures", str(tmp_path))) == ["updated"]
    assert NewsPage.objects.get().lead_picture.alt_text == "Hội trường"


@pytest.mark.parametrize(
    "src",
    [
        "../bi-mat.jpg",
        "/../bi-mat.jpg",
        "..\\bi-mat.jpg",
        "%2e%2e/bi-mat.jpg",
        "file:///{folder}/bi-mat.jpg",
        "lien-ket.jpg",
    ],
)
def test_no_picture_from_outside_the_folder(run, tmp_path, src):
    folder = tmp_path / "anh"
    folder.mkdir()
    (tmp_path / "bi-mat.jpg").write_bytes(picture_bytes())
    (folder / "lien-ket.jpg").symlink_to(tmp_path / "bi-mat.jpg")
    rows = run(
        jsonl_file(tmp_path, news_row(pictures=[{"src": src.format(folder=tmp_path)}])), "--pictures", str(folder)
    )
    assert rows[1][0] == "created"
    assert rows[1][1]
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>",
        b"<html>",
        picture_bytes()[:-200],
        b"",
        b"\x89PNG\r\n",
    ],
)
def test_bad_picture_does_not_stop_its_article(run, tmp_path, data):
    src = f"data:image/jpeg;base64,{b64encode(data).decode()}"
    rows = run(jsonl_file(tmp_path, news_row(body=f'<p>a</p><img src="{src}">')))
    assert rows[1][0] == "created"
    assert rows[1][1]
    assert len(rows[1][1]) < 400
    assert not Picture.objects.exists()


def test_imported_picture_is_public_with_its_article(
    run, department, client_for, tmp_path, django_capture_on_commit_callbacks
):
    (tmp_path / "anh.jpg").write_bytes(picture_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        run(jsonl_file(tmp_path, news_row(pictures=[{"src": "anh.jpg"}])), "--pictures", str(tmp_path))
    rendition = Picture.objects.get().renditions.first()
    client = client_for(department)
    assert client.get(rendition.file.url).status_code == 200
    page = NewsPage.objects.get()
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert client.get(rendition.file.url).status_code == 404


# Pictures from other hosts


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
     "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "fe80::1%eth0", "fc00::1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "::127.0.0.1", "::"],
)  # fmt: skip
def test_private_addresses_are_refused(address):
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_public_addresses_are_accepted(address):
    assert is_public_address(address)


@pytest.mark.parametrize(
    "url",
    ["http://khac.example/a.jpg", "ftp://localhost/a.jpg", "http://localhost:22/a.jpg", "http://a@localhost/a.jpg",
     "file:///etc/passwd", "http://[/a.jpg", "http://localhost:99999/a.jpg"],
)  # fmt: skip
def test_only_allowed_hosts_and_ports_are_asked(url):
    with mock.patch("socket.create_connection") as connect, pytest.raises(DownloadError):
        Downloader(["localhost"]).fetch(url)
    assert not connect.called


def test_allowed_host_with_a_private_address_is_refused():
    with mock.patch("socket.create_connection") as connect, pytest.raises(DownloadError):
        Downloader(["localhost"]).fetch("http://localhost/a.jpg")
    assert not connect.called


@pytest.fixture
def web(monkeypatch):
    """A web server on this machine, whose address passes as public; answers are set by path."""
    answers = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr("home.importing.downloads.is_public_address", lambda address: True)
    monkeypatch.setattr("home.importing.downloads.PORTS", {"http": server.server_port})
    yield answers, f"localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_picture_is_fetched_from_an_allowed_host(run, web, tmp_path):
    answers, host = web
    answers["/anh.ashx?id=1"] = (200, {}, picture_bytes("PNG"))
    path = jsonl_file(tmp_path, news_row(url=f"http://{host}/tin/1", body='<p>a</p><img src="/anh.ashx?id=1">'))
    rows = run(path)
    assert "--picture-host" in rows[1][1]
    assert states(run(path, "--picture-host", "localhost")) == ["updated"]
    assert NewsPage.objects.get().lead_picture.file.name.endswith(".png")


def test_redirects_are_checked_at_each_step(web):
    answers, host = web
    answers["/a"] = (302, {"Location": "/b"}, b"")
    answers["/b"] = (200, {}, b"hinh")
    answers["/out"] = (302, {"Location": "http://169.254.169.254/latest/"}, b"")
    answers["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    answers["/loop"] = (302, {"Location": "/loop"}, b"")
    downloader = Downloader(["localhost"])
    assert downloader.fetch(f"http://{host}/a") == b"hinh"
    for path in ("/out", "/file", "/loop", "/nothing"):
        with pytest.raises(DownloadError):
            downloader.fetch(f"http://{host}{path}")


def test_too_large_answer_is_cut_off(web, settings):
    answers, host = web
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1_000_000
    answers["/a"] = (200, {}, b"x" * 3_000_000)
    with pytest.raises(DownloadError):
        Downloader(["localhost"]).fetch(f"http://{host}/a")


def test_dead_host_is_given_up():
    downloader = Downloader(["localhost"])
    with mock.patch("socket.getaddrinfo", side_effect=OSError) as asked:
        for _attempt in range(6):
            with pytest.raises(DownloadError):
                downloader.fetch("http://localhost/a.jpg")
    assert asked.call_count == 3
