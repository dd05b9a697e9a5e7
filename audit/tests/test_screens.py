"""The trail in the admin: who reads what, exports, what a broken chain looks like, and that nobody changes anything."""

import csv
import io
import json
import resource
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone
from openpyxl import load_workbook

from audit.activity import activity
from audit.chain import main
from audit.guard import lift_guard
from audit.listing import PAGE
from audit.models import AuditCheck, AuditEntry
from audit.services import record, seal
from audit.verification import begin_check, run_check
from editorial.tests.factories import published
from sites.enums import Role
from sites.models import AgencyGroup

pytestmark = pytest.mark.django_db

LIST = "/admin/audit/"
CHECK = "/admin/audit/verification/"


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table(answer):
    return list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))


@pytest.fixture
def person(db):
    """Give somebody with one role: person(agency, Role.AUDITOR)."""

    def give(agency, role):
        user = get_user_model().objects.create_user(f"{role}.{agency.code}", full_name=f"Người {role.value}")
        user.groups.add(AgencyGroup.objects.get(agency=agency, role=role, name="").group)
        return user

    return give


@pytest.fixture
def full_disk():
    """Let this process write so many bytes into a file and no more, as on a disk that is full."""

    @contextmanager
    def fill(most=1_000):
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return fill


@pytest.fixture
def told(department, district):
    """Three entries: of two agencies, and of the whole install."""
    record("wagtail.publish", kind="wagtailcore.page", pk=7, label="Bài của Sở", agency="stttt")
    record("wagtail.publish", kind="wagtailcore.page", pk=8, label="Bài của huyện", agency=district.code)
    record("object.change", kind="wagtailcore.workflow", pk=9, label="Quy trình chung", agency="")
    seal()


class TestReaders:
    @pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.CONSULTATION_OFFICER, Role.DESK_OFFICER])
    def test_trail_does_not_exist_for_those_who_do_not_read_it(self, department, person, client_for, told, role):
        client = client_for(department, person(department, role))
        pk = AuditEntry.objects.get(object_label="Bài của Sở").pk
        for address in (LIST, f"{LIST}results/", f"{LIST}?export=csv", f"{LIST}?export=jsonl", f"{LIST}{pk}/", CHECK):
            assert client.get(address).status_code == 404, address
        assert client.post(CHECK).status_code == 404
        assert LIST not in client.get("/admin/").content.decode()

    def test_visitor_is_asked_to_sign_in(self, department, client_for):
        for address in (LIST, CHECK, f"{LIST}1/"):
            assert client_for(department).get(address).status_code == 302

    def test_agency_administrator_reads_own_entries_and_no_others(self, department, person, client_for, told):
        client = client_for(department, person(department, Role.ADMINISTRATOR))
        shown = client.get(LIST).content.decode()
        assert "Bài của Sở" in shown
        assert "Bài của huyện" not in shown
        assert "Quy trình chung" not in shown
        for label, status in (("Bài của Sở", 200), ("Bài của huyện", 404), ("Quy trình chung", 404)):
            entry = AuditEntry.objects.get(object_label=label)
            assert client.get(f"{LIST}{entry.pk}/").status_code == status
        assert {row["Cơ quan"] for row in table(client.get(f"{LIST}?export=csv"))} == {"stttt"}
        # Another agency in the filter is out of sight, as one that is not there.
        for code in ("thuanan", "khong-co", "-"):
            for address in (
                f"{LIST}?agency={code}",
                f"{LIST}results/?agency={code}",
                f"{LIST}?agency={code}&export=csv",
            ):
                assert client.get(address).status_code == 404, address
        assert client.get(f"{LIST}?agency=stttt").status_code == 200
        assert client.get(CHECK).status_code == 404
        assert client.get(f"{LIST}?export=jsonl").status_code == 404

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.PROVINCIAL_ADMINISTRATOR])
    def test_auditor_and_province_read_all(self, province, person, client_for, told, role):
        client = client_for(province, person(province, role))
        shown = client.get(LIST).content.decode()
        assert all(label in shown for label in ("Bài của Sở", "Bài của huyện", "Quy trình chung"))
        assert client.get(CHECK).status_code == 200
        assert client.post(CHECK).status_code == 302

    def test_person_whose_role_ended_reads_nothing(self, department, person, client_for, told):
        user = person(department, Role.ADMINISTRATOR)
        client = client_for(department, user)
        assert client.get(LIST).status_code == 200
        user.groups.clear()
        assert client.get(LIST).status_code in (302, 404)


class TestNobodyChanges:
    def test_no_address_changes_or_deletes_an_entry(self, department, operator, client_for, told):
        client = client_for(department, operator)
        before = list(AuditEntry.objects.order_by("pk").values())
        pk = before[0]["id"]
        for address in (LIST, f"{LIST}{pk}/", f"{LIST}results/"):
            for method in ("post", "put", "patch", "delete"):
                assert getattr(client, method)(address).status_code in (403, 404, 405), (method, address)
        assert list(AuditEntry.objects.filter(pk__lte=before[-1]["id"]).order_by("pk").values()) == before

    def test_trail_has_no_other_doors(self):
        names = {name for name in get_resolver().reverse_dict if isinstance(name, str) and "audit" in name}
        assert names == set()
        _prefix, resolver = get_resolver().namespace_dict["audit"]
        assert {name for name in resolver.reverse_dict if isinstance(name, str)} == {
            "index", "results", "entry", "verification",
        }  # fmt: skip


class TestList:
    def test_sentence_tells_who_did_what(self, department, person, client_for):
        administrator = person(department, Role.ADMINISTRATOR)
        details = {"page_type": "home.newspage"}
        record("wagtail.publish", kind="wagtailcore.page", label="Chuyển đổi số", agency="stttt", user=administrator,
               details=details)  # fmt: skip
        shown = client_for(department, administrator).get(LIST).content.decode()
        assert f"{administrator.full_name} ({administrator.username}) đã đăng" in shown
        assert "“Chuyển đổi số”" in shown

    def test_empty_list_says_so(self, department, person, client_for):
        client = client_for(department, person(department, Role.ADMINISTRATOR))
        shown = client.get(f"{LIST}?text=khôngcógìnhưthế").content.decode()
        assert "Không tìm thấy mục nào." in shown

    @pytest.mark.parametrize(
        "query",
        ["at_from=hôm-qua", "action=không-có", "object_type=x", "older=x-y", "older=99999999999999999999-1",
         "text=%00", "agency='", "older=-", "export=exe", "export=", "person=" + "x" * 5_000],
    )  # fmt: skip
    def test_bad_query_is_answered_plainly(self, department, operator, client_for, told, query):
        assert client_for(department, operator).get(f"{LIST}?{query}").status_code in (200, 400, 404)

    @pytest.mark.parametrize("pk", ["0", "99999999", "9" * 30, "abc", "-1"])
    def test_entry_that_is_not_there(self, department, operator, client_for, pk):
        assert client_for(department, operator).get(f"{LIST}{pk}/").status_code == 404

    def test_older_entries_follow_without_gap_or_doubling(self, department, operator, client_for):
        for number in range(PAGE + 3):
            record("object.change", label=f"Mục-{number:03}", agency="stttt")
        client = client_for(department, operator)
        first = client.get(LIST, {"text": "Mục-"})
        second = client.get(first.context["older_url"])
        labels = [entry.object_label for page in (first, second) for entry in page.context["object_list"]]
        assert labels == [f"Mục-{number:03}" for number in reversed(range(PAGE + 3))]
        assert second.context["older_url"] == ""

    def test_filters_narrow_down(self, department, operator, client_for, told):
        client = client_for(department, operator)
        for query, found in (
            ({"agency": "stttt", "action": "wagtail.publish"}, ["Bài của Sở"]),
            ({"agency": "-", "object_type": "wagtailcore.workflow", "text": "chung"}, ["Quy trình chung"]),
            ({"text": "của huyện"}, ["Bài của huyện"]),
            ({"text": "7", "agency": "stttt", "object_type": "wagtailcore.page"}, ["Bài của Sở"]),
            ({"person": "không-ai-tên-thế"}, []),
        ):
            labels = [entry.object_label for entry in client.get(LIST, query).context["object_list"]]
            assert labels == found, query

    def test_queries_do_not_grow_with_the_list(self, department, operator, person, client_for):
        administrator = person(department, Role.ADMINISTRATOR)
        for user in (operator, administrator):
            client = client_for(department, user)
            counts = []
            for more in (1, 19):
                for number in range(more):
                    record("object.change", department, label=f"Mục {number}", user=administrator)
                client.get(LIST)
                with CaptureQueriesContext(connection) as queries:
                    client.get(LIST)
                counts.append(len(queries))
            assert counts[0] == counts[1] <= 40, counts

    def test_chart_counts_the_last_thirty_days(self, department):
        today = timezone.localdate()
        entries = AuditEntry.objects.of_agencies(["chart"])
        for days, count in ((0, 2), (29, 3), (30, 9)):
            for _number in range(count):
                entry = record("object.change", agency="chart")
                lift_guard()
                AuditEntry._base_manager.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=days))
        chart = activity(entries, today)
        assert (chart.total, chart.busiest.count, chart.busiest.day) == (5, 3, today - timedelta(days=29))
        assert [bar.count for bar in chart.bars] == [3, *[0] * 28, 2]

    def test_damaged_details_are_shown_as_they_stand(self, department, operator, client_for):
        for details in ("{", "[]", "null", '{"changes": 5}', '{"changes": {"x": [1]}}', '{"rights": {"a": [null]}}'):
            for action in ("object.change", "rights.grant", "audit.verify", "wagtail.publish", "không.có"):
                lift_guard()
                entry = record(action, label="Hỏng", kind="không.có", pk="x")
                AuditEntry._base_manager.filter(pk=entry.pk).update(details=details, action=action)
                client = client_for(department, operator)
                assert client.get(f"{LIST}{entry.pk}/").status_code == 200
        assert client.get(LIST).status_code == 200


class TestBroken:
    @pytest.fixture
    def broken(self, told):
        entry = AuditEntry.objects.get(object_label="Bài của Sở")
        lift_guard()
        AuditEntry._base_manager.filter(pk=entry.pk).update(object_label="Đã sửa")
        run_check(begin_check())
        return entry

    def test_screens_name_the_first_broken_entry(self, department, operator, person, client_for, broken):
        for user in (operator, person(department, Role.ADMINISTRATOR)):
            client = client_for(department, user)
            shown = " ".join(client.get(LIST).content.decode().split())
            assert f"Mục bị can thiệp đầu tiên là mục số {broken.number}." in shown
            assert "Mục này đã bị sửa sau khi niêm phong." in shown
            assert "đã bị sửa sau khi niêm phong" in client.get(f"{LIST}{broken.pk}/").content.decode()
        shown = client_for(department, operator).get(CHECK).content.decode()
        assert f"<strong>{broken.number}</strong>" in shown

    def test_verification_by_the_button_finds_it(self, department, operator, client_for, told,
                                                 django_capture_on_commit_callbacks):  # fmt: skip
        lift_guard()
        entry = AuditEntry.objects.get(object_label="Bài của huyện")
        connection.cursor().execute("DELETE FROM audit_auditentry WHERE id = %s", [entry.pk])
        client = client_for(department, operator)
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(CHECK).status_code == 302
        check = AuditCheck.objects.first()
        assert (check.state, check.broken_number, check.fault) == ("broken", entry.number, "MISSING")
        assert check.asked_by == operator
        assert client.get(CHECK).status_code == 200

    def test_first_page_tells_whoever_reads_the_trail(self, department, province, operator, person, client_for, broken):
        told = f"Mục bị can thiệp đầu tiên là mục số {broken.number}."
        for user, is_told in (
            (operator, True),
            (person(province, Role.AUDITOR), True),
            (person(department, Role.ADMINISTRATOR), True),
            (person(department, Role.EDITOR), False),
        ):
            shown = " ".join(client_for(department, user).get("/admin/").text.split())
            assert (told in shown) == is_told, user

    def test_nightly_check_fails_until_somebody_has_looked_into_it(self, broken):
        for _night in range(2):
            with pytest.raises(CommandError, match=f"Entry {broken.number} was changed"):
                call_command("verify_audit")

    def test_drafts_are_written_and_approved_meanwhile(self, department, editor_of, approver_of, broken):
        article = published(department, editor_of(department), approver_of(department))
        assert article.live
        assert AuditEntry.objects.filter(action="wagtail.publish", object_id=article.pk, number__isnull=True).exists()
        seal()
        assert AuditEntry.objects.filter(action="wagtail.publish", object_id=article.pk, number__gt=0).exists()

    def test_people_go_on_working_and_reading(self, department, operator, client_for, broken):
        lift_guard()
        connection.cursor().execute("UPDATE audit_audithead SET signature = 'x'")
        client = client_for(department, operator)
        answer = client.post("/admin/units/new/", {"agency": department.pk, "name_vi": "Thử", "position": 0})
        assert answer.status_code == 302
        assert client.get(LIST).status_code == 200
        assert AuditEntry.objects.filter(object_label="Thử").exists()


class TestExport:
    @pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "'=1", '="x"'])
    def test_formula_is_text_in_tables(self, department, operator, client_for, name):
        entry = record("object.change", label="x", agency="stttt")
        lift_guard()
        AuditEntry._base_manager.filter(pk=entry.pk).update(object_label=name)
        client = client_for(department, operator)
        (row,) = [row for row in table(client.get(f"{LIST}?export=csv")) if row["Đối tượng"].lstrip("'") in
                  (name.lstrip("'"), name)]  # fmt: skip
        assert row["Đối tượng"].startswith("'")
        sheet = load_workbook(io.BytesIO(body(client.get(f"{LIST}?export=xlsx")))).active
        cells = [
            cell for line in sheet.iter_rows() for cell in line if cell.value is not None and "=" in str(cell.value)
        ]
        assert all(cell.data_type == "s" for cell in cells)

    def test_export_holds_what_its_reader_reads(self, department, district, province, person, client_for, told):
        for agency, role, seen in (
            (department, Role.ADMINISTRATOR, {"Bài của Sở"}),
            (district, Role.ADMINISTRATOR, {"Bài của huyện"}),
            (province, Role.AUDITOR, {"Bài của Sở", "Bài của huyện", "Quy trình chung"}),
        ):
            client = client_for(agency, person(agency, role))
            rows = {row["Đối tượng"] for row in table(client.get(f"{LIST}?export=csv"))}
            sheet = load_workbook(io.BytesIO(body(client.get(f"{LIST}?export=xlsx")))).active
            cells = {cell.value for line in sheet.iter_rows() for cell in line}
            for found in (rows, cells):
                assert found & {"Bài của Sở", "Bài của huyện", "Quy trình chung"} == seen, (agency, role)

    def test_full_disk_leaves_no_half_archive(self, told, tmp_path, full_disk):
        path = tmp_path / "trail.jsonl"
        with full_disk(), pytest.raises(CommandError, match="cannot be written"):
            call_command("export_audit", str(path))
        assert not path.exists()
        assert not AuditEntry.objects.filter(action="audit.export").exists()
        call_command("export_audit", str(path))
        assert main([str(path)]) == 0

    def test_full_disk_is_told_instead_of_a_workbook(self, department, operator, client_for, told, full_disk):
        client = client_for(department, operator)
        with full_disk():
            answer = client.get(f"{LIST}?export=xlsx")
        assert answer.status_code == 302
        assert "không còn chỗ" in client.get(answer.url).text

    def test_heads_that_cannot_be_noted_are_told(self, told, tmp_path, full_disk):
        with full_disk(0), pytest.raises(CommandError, match="cannot be noted"):
            call_command("verify_audit", "--heads", str(tmp_path / "heads.txt"), stdout=io.StringIO())

    def test_export_is_streamed_and_recorded(self, department, operator, client_for, told):
        answer = client_for(department, operator).get(f"{LIST}?export=csv&agency=stttt")
        assert answer.streaming
        assert answer["Content-Disposition"].endswith('.csv"')
        rows = table(answer)
        assert {row["Cơ quan"] for row in rows} == {"stttt"}
        entry = AuditEntry.objects.get(action="audit.export")
        assert json.loads(entry.details) == {"format": "csv", "filters": {"agency": "stttt"}}
        assert entry.actor_id == operator.pk

    def test_chain_from_the_screen_verifies_offline(self, department, operator, client_for, told, tmp_path, capsys):
        answer = client_for(department, operator).get(f"{LIST}?export=jsonl&agency=stttt")
        path = tmp_path / "trail.jsonl"
        path.write_bytes(body(answer))
        assert main([str(path)]) == 0
        # A chain with gaps could not be verified, so filters other than the period do not count.
        assert "from number 1 to" in capsys.readouterr().out

    def test_large_export_takes_few_queries_and_little_at_once(self, department, operator, client_for):
        for number in range(30):
            record("object.change", label=f"Mục {number}", agency="stttt")
        answer = client_for(department, operator).get(f"{LIST}?export=csv")
        with CaptureQueriesContext(connection) as queries:
            assert len(table(answer)) >= 30
        assert len(queries) <= 2
