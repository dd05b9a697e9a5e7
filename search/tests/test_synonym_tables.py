"""Groups of synonyms as tables: taken away, looked at line by line, taken in; and warnings of common words."""

import io
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from wagtail.models import ModelLogEntry

from search.models import SynonymGroup
from search.services.answering import read
from search.tests import indexed
from sites.enums import Role

pytestmark = pytest.mark.django_db
LIST, TAKE_IN, ADD = "/admin/synonyms/", "/admin/synonyms/import/", "/admin/synonyms/new/"
HEAD = "Từ ngữ,Đang dùng,Ghi chú\n"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    SynonymGroup.objects.all().delete()
    yield
    cache.clear()


@pytest.fixture
def client(client_for, operator, province):
    return client_for(province, operator)


def table(text, name="bang.csv", encoding="utf-8"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode(encoding))


def workbook(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("bang.xlsx", file.getvalue())


def look(client, file):
    return client.post(TAKE_IN, {"file": file})


def confirm(client, page):
    lines = unescape(re.search(r'name="lines" value="([^"]*)"', page.text)[1])
    return client.post(TAKE_IN, {"lines": lines, "confirm": "1"}, follow=True)


def words():
    return set(SynonymGroup.objects.values_list("words", flat=True))


def content(answer):
    return b"".join(answer.streaming_content)


class TestTakenAway:
    def test_both_formats_hold_all_groups(self, client):
        SynonymGroup.objects.create(words="nón = mũ", note="miền Nam")
        SynonymGroup.objects.create(words="UB => Ủy ban", is_active=False)
        lines = content(client.get(LIST, {"export": "csv"})).decode("utf-8-sig").splitlines()
        assert lines == ["Từ ngữ,Đang dùng,Ghi chú", "UB => Ủy ban,không,", "nón = mũ,có,miền Nam"]
        sheet = load_workbook(io.BytesIO(content(client.get(LIST, {"export": "xlsx"})))).active
        assert [row[:2] for row in sheet.values] == [
            ("Từ ngữ", "Đang dùng"),
            ("UB => Ủy ban", "không"),
            ("nón = mũ", "có"),
        ]

    def test_no_cell_is_a_formula_and_each_comes_back_as_it_was(self, client):
        SynonymGroup.objects.create(words="-cmd = mũ", note="=1+1")
        csv = content(client.get(LIST, {"export": "csv"}))
        assert "'-cmd = mũ,có,'=1+1" in csv.decode()
        xlsx = content(client.get(LIST, {"export": "xlsx"}))
        assert {cell.data_type for row in load_workbook(io.BytesIO(xlsx)).active for cell in row} == {"s"}
        for file in (table(csv), table(xlsx, "bang.xlsx")):
            assert "1 dòng giữ nguyên" in look(client, file).text

    def test_list_leads_to_both_directions(self, client):
        page = client.get(LIST).text
        assert all(address in page for address in ("export=csv", "export=xlsx", TAKE_IN))


class TestTakenIn:
    def test_is_shown_line_by_line_and_changes_nothing_before_it_is_confirmed(self, client):
        SynonymGroup.objects.create(words="nón = mũ")
        file = table(
            HEAD + "mủ trôm = mủ gòn,,mới\nnón = mũ,không,\n\nmột mình,,\nNÓN=mũ,,\nxe = ô tô,có lẽ,\na = b,,,thừa\n"
        )
        page = look(client, file)
        shown = re.findall(r"<td>(\d+)</td>\s*<td>([^<]*)</td>", page.text)
        assert shown == [
            ("5", "một mình"),
            ("6", "NÓN=mũ"),
            ("7", "xe = ô tô"),
            ("8", ""),
            ("2", "mủ trôm = mủ gòn"),
            ("3", "nón = mũ"),
        ]
        assert "trùng với dòng 3" in page.text
        assert words() == {"nón = mũ"}
        done = confirm(client, page)
        assert "Đã thêm: 1. Đã sửa: 1." in done.text
        assert words() == {"nón = mũ", "mủ trôm = mủ gòn"}
        assert not SynonymGroup.objects.get(words="nón = mũ").is_active
        assert ("mu", "gon") in {one.words for one in read("mủ trôm").synonyms}

    def test_is_logged_group_by_group(self, client, operator):
        confirm(client, look(client, table(HEAD + "nón = mũ,,\n")))
        confirm(client, look(client, table(HEAD + "nón = mũ,,mới\n")))
        logged = ModelLogEntry.objects.filter(label="nón = mũ", user=operator).order_by("pk")
        assert [entry.action for entry in logged] == ["wagtail.create", "wagtail.edit"]

    def test_columns_that_are_not_there_change_nothing(self, client):
        SynonymGroup.objects.create(words="nón = mũ", is_active=False, note="miền Nam")
        page = look(client, table("Từ ngữ\nnón = mũ\nxe = ô tô\n"))
        assert "1 dòng giữ nguyên" in page.text
        confirm(client, page)
        assert set(SynonymGroup.objects.values_list("is_active", "note")) == {(False, "miền Nam"), (True, "")}

    def test_another_writing_of_the_same_changes_the_group(self, client):
        group = SynonymGroup.objects.create(words="ubnd = ủy ban nhân dân")
        confirm(client, look(client, table(HEAD + "Ủy ban nhân dân = UBND,,\n")))
        group.refresh_from_db()
        assert group.words == "Ủy ban nhân dân = UBND"
        assert SynonymGroup.objects.count() == 1

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
    @pytest.mark.parametrize("mark", ",;\t")
    def test_tables_of_every_excel_are_read(self, client, encoding, mark):
        text = mark.join(["Từ ngữ", "Ghi chú"]) + "\r\n" + mark.join(["nón = mũ", "miền Nam"]) + "\r\n"
        confirm(client, look(client, table(text, encoding=encoding)))
        assert SynonymGroup.objects.get().note == "miền Nam"

    def test_workbooks_are_read(self, client):
        confirm(client, look(client, workbook(["Words", "In use", None], ["nón = mũ", 0], [None], ["xe = ô tô", True])))
        assert set(SynonymGroup.objects.values_list("words", "is_active")) == {("nón = mũ", False), ("xe = ô tô", True)}

    @pytest.mark.parametrize(
        ("file", "said"),
        [
            (table(bytes(range(128, 256)) * 3), "UTF-8"),
            (table(HEAD), "không có dòng nào"),
            (table("\n\n"), "không có dòng nào"),
            (table(""), "rỗng"),
            (table("nón = mũ\n"), "tên cột"),
            (table("nón = mũ\nxe = ô tô\n"), "Dòng đầu"),
            (table(b"x" * 10_000_000), "1000 kB"),
            (table(HEAD + "nón = mũ\n" * 2_001), "2000 dòng"),
            (table("PK", "bang.xlsx"), "hỏng"),
            (table(HEAD, "bang.docx"), "CSV"),
        ],
    )
    def test_what_is_no_table_is_refused_in_words(self, client, file, said):
        page = look(client, file)
        assert page.status_code == 200
        assert said in page.text
        assert 'name="lines"' not in page.text

    @pytest.mark.parametrize(
        "lines", ["", "[]]", "{}", "[1]", '[["1", "a = b", true, ""]]', '[[2, "a = b", true, "", "keep"]]']
    )
    def test_forged_confirmation_changes_nothing(self, client, lines):
        page = client.post(TAKE_IN, {"lines": lines, "confirm": "1"}, follow=True)
        assert "Chưa nhập gì" in page.text
        assert not words()

    def test_forged_line_is_checked_again(self, client):
        client.post(TAKE_IN, {"lines": '[[2, "một mình", true, ""], [3, "a\\u0000 = b", true, ""]]', "confirm": "1"})
        assert not words()

    def test_all_or_nothing(self, client, monkeypatch):
        page = look(client, table(HEAD + "nón = mũ,,\nxe = ô tô,,\n"))
        save = SynonymGroup.save

        def save_or_fail(group, **more):
            assert group.words != "xe = ô tô"
            save(group, **more)

        monkeypatch.setattr(SynonymGroup, "save", save_or_fail)
        with pytest.raises(AssertionError):
            confirm(client, page)
        assert not words()


class TestCommonWords:
    @pytest.fixture(autouse=True)
    def many(self, province):
        for place in range(30):
            indexed.put(indexed.news(province, key=f"news:{place}", title=f"Quyết định số {place}"))

    def test_preview_and_saving_warn(self, client):
        group = {"words": "QĐ => quyết định", "is_active": "on"}
        said = "“quyết định” có trong 100 % số đoạn văn bản"
        assert said in client.post(ADD, group | {"preview": "1"}).text
        assert said in client.post(ADD, group, follow=True).text

    def test_table_warns_before_it_is_taken_in(self, client):
        assert "“quyết định” có trong" in look(client, table(HEAD + "QĐ => quyết định,,\n")).text

    def test_what_is_typed_may_be_common(self, client):
        said = client.post(ADD, {"words": "quyết định => phán quyết", "is_active": "on"}, follow=True).text
        assert "số đoạn văn bản" not in said


class TestRights:
    @pytest.fixture
    def auditor(self, province, editor_of):
        user = editor_of(province)
        user.groups.set([province.groups.get(role=Role.AUDITOR, name="").group])
        return user

    def test_agencies_and_auditors_take_nothing_in(self, client_for, department, administrator_of, auditor):
        for person in (administrator_of(department), auditor):
            client = client_for(department, person)
            assert client.get(TAKE_IN).status_code in {302, 403, 404}
            look(client, table(HEAD + "nón = mũ,,\n"))
            client.post(TAKE_IN, {"lines": '[[2, "nón = mũ", true, ""]]', "confirm": "1"})
            assert not words()
