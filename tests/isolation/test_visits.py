"""The crawl can fail: a leak that is planted on purpose is found, whatever its form."""

import io
from zipfile import ZipFile

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from wagtail.models import Page, Revision

from core.models import Picture
from home.models import NewsPage
from sites import gate
from sites.enums import Role
from sites.models import Agency

from .addresses import walked_addresses
from .fingerprint import Fingerprint, tables_written
from .visits import Visitor, body_of, marks_in
from .world import furnish

pytestmark = pytest.mark.django_db
MARK = "zqthuananqz"


@pytest.fixture
def two(department, district):
    return furnish(department), furnish(district)


def workbook(text):
    stream = io.BytesIO()
    with ZipFile(stream, "w") as parts:
        parts.writestr("xl/sharedStrings.xml", text)
    return stream.getvalue()


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(f"<td>kiem {MARK.upper()} bản nháp</td>"),
        HttpResponse(status=302, headers={"Location": f"/tin-tuc/{MARK}-0/"}),
        HttpResponse(f'{{"html": "<input value=\\"{MARK}\\">"}}', content_type="application/json"),
        HttpResponse(headers={"Content-Disposition": f'attachment; filename="{MARK}.csv"'}),
        HttpResponse(workbook(f"<t>{MARK} tệp</t>")),
        StreamingHttpResponse([b"a,b\n", f"{MARK},1\n".encode()]),
        HttpResponse(f"/{MARK}/", status=404),
    ],
)
def test_mark_is_found_in_every_form_of_answer(answer):
    assert marks_in(answer, body_of(answer), [MARK])
    harmless = HttpResponse("kiemthuanan và zqstttt")
    assert not marks_in(harmless, body_of(harmless), [MARK])


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ('INSERT INTO "core_picture" ("title") VALUES (%s)', "core_picture"),
        ('INSERT OR IGNORE INTO "accounts_user_groups" ("id") SELECT 1', "accounts_user_groups"),
        ('UPDATE "wagtailcore_page" SET "title" = %s', "wagtailcore_page"),
        ("UPDATE wagtailcore_page SET path = %s", "wagtailcore_page"),
        ('DELETE FROM "auth_group" WHERE "id" IN (1)', "auth_group"),
    ],
)
def test_every_writing_statement_names_its_table(statement, table):
    assert tables_written([statement, 'SELECT 1 FROM "x"']) == {table}


def _retitle(own):
    Page.objects.filter(pk=own.one("wagtailcore.Page")).update(title="x")


def _add_page(own):
    own.agency.site.root_page.add_child(instance=Page(title="Thêm", slug="them"))


def _join_group(own):
    own.people[Role.EDITOR].groups.add(own.agency.groups.get(role=Role.ADMINISTRATOR).group)


def _drop_picture(own):
    Picture.objects.filter(pk=own.one("core.Picture")).delete()


def _tag(own):
    Picture.objects.get(pk=own.one("core.Picture")).tags.add("mới")


def _revise(own):
    NewsPage.objects.get(pk=own.one("home.NewsPage")).save_revision()


def _loosen(own):
    own.pages["riêng"].view_restrictions.all().delete()


@pytest.mark.parametrize("write", [_retitle, _add_page, _join_group, _drop_picture, _tag, _revise, _loosen])
def test_fingerprint_sees_what_was_written(write, two):
    own, theirs = two
    print_of_theirs = Fingerprint([theirs.agency])
    assert len(print_of_theirs) > 50
    write(own)
    tables = print_of_theirs.models
    assert print_of_theirs.changes(tables) == []
    write(theirs)
    assert print_of_theirs.changes(tables)


@pytest.fixture
def planted(monkeypatch):
    """Open the gate, as if somebody had forgotten it."""
    monkeypatch.setattr(gate.AdminGate, "process_view", lambda *args: None)


@pytest.mark.parametrize("name", ["choose_parent", "move_confirm"])
def test_crawl_finds_what_wagtail_alone_lets_through(name, two, planted):
    own, theirs = two
    visitor = Visitor(own.people[Role.ADMINISTRATOR], own, [theirs])
    address = next(address for address in walked_addresses() if address.name == f"wagtailadmin_pages:{name}")
    visitor.visit(address)
    assert any("shows" in leak for leak in visitor.leaks), visitor.leaks


def test_revisions_count_as_what_the_agency_has(two):
    own, theirs = two
    revisions = Fingerprint([theirs.agency]).rows[Revision._meta.db_table]
    assert set(theirs.keys["wagtailcore.Revision"]) <= set(revisions)
    assert not set(own.keys["wagtailcore.Revision"]) & set(revisions)
    assert Agency.objects.count() > 20
