"""Whatever is changed in the database behind the program's back is found, and the first broken entry named."""

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from audit.chain import GENESIS, digest_of, main
from audit.enums import CheckState
from audit.guard import is_guarded, lift_guard
from audit.models import AuditCheck, AuditEntry, AuditHead
from audit.querysets import ReadOnlyTrail
from audit.services import LARGEST_SEAL, record, seal, sign_head
from audit.verification import CheckIsRunning, begin_check, run_check


def sql(statement, *values, column=""):
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("COLUMN", column), values)


def check():
    found = run_check(begin_check())
    return (found.broken_number, found.fault) if found.state == CheckState.BROKEN else found.state


@pytest.fixture
def trail(db):
    """Five entries of our own at the end of a sealed chain; returns their numbers."""
    seal()
    for number in range(5):
        record("object.change", label=f"Mục {number}", agency="stttt", details={"n": number})
    seal()
    # What a forger does who owns the database; that nobody else can is tested below.
    lift_guard()
    return list(AuditEntry.objects.order_by("-number").values_list("number", flat=True)[:5])[::-1]


CHANGES = {
    "version": 2, "at": "2020-01-01 00:00:00+00:00", "actor_id": 99, "actor_name": "x", "roles": "x", "action": "x",
    "object_type": "x", "object_id": "x", "object_label": "x", "agency": "x", "address": "x", "agent": "x",
    "request_id": "x", "details": "{}", "previous": "a" * 64, "digest": "a" * 64, "id": 10**9,
}  # fmt: skip


FORGED = {
    "version": 1, "at": "2026-11-24 07:00:00+00:00", "actor_id": 1, "actor_name": "Người bị vu oan", "roles": "",
    "action": "wagtail.delete", "object_type": "wagtailcore.page", "object_id": "7", "object_label": "Bài",
    "agency": "x", "address": "", "agent": "", "request_id": "", "details": "{}",
    "number": None, "previous": "", "digest": "",
}  # fmt: skip


def insert(**values):
    values = FORGED | values
    statement = "INSERT INTO audit_auditentry (COLUMN) VALUES (PLACES)"
    statement = statement.replace("PLACES", ", ".join(["%s"] * len(values)))
    sql(statement, *values.values(), column=", ".join(values))


class TestInsertion:
    """What somebody puts into the table by SQL, in the hope that it counts as recorded."""

    @pytest.mark.parametrize("digest", ["", "a" * 64])
    def test_entry_that_waits_is_sealed_and_named(self, trail, digest):
        insert(digest=digest)
        record("object.change", label="Ngay sau đó")
        assert check() == (trail[-1] + 1, "FOREIGN")
        assert AuditEntry.objects.get(action="audit.foreign").details == f'{{"numbers": [{trail[-1] + 1}]}}'
        # It stays in sight, and later entries go on being chained.
        record("object.change", label="Sau đó")
        assert check() == (trail[-1] + 1, "FOREIGN")

    def test_copy_of_a_sealed_entry_is_foreign(self, trail):
        entry = AuditEntry.objects.get(number=trail[2])
        insert(**{name: getattr(entry, name) for name in FORGED} | {"number": None, "previous": ""})
        assert check() == (trail[-1] + 1, "FOREIGN")

    def test_entry_that_is_changed_while_it_waits_is_foreign(self, trail):
        entry = record("object.change", label="Chờ")
        sql("UPDATE audit_auditentry SET object_label = 'x' WHERE id = %s", entry.pk)
        assert check() == (trail[-1] + 1, "FOREIGN")

    def test_many_do_not_hold_the_chain_up(self, trail):
        for _number in range(LARGEST_SEAL + 1):
            insert()
        record("object.change", label="Sau đó")
        seal()
        assert not AuditEntry.objects.unsealed().exists()
        assert check() == (trail[-1] + 1, "FOREIGN")

    def test_sealed_by_the_forger_it_lies_beyond_the_head(self, trail):
        last = AuditEntry.objects.get(number=trail[-1])
        insert(number=trail[-1] + 1, previous=last.digest, digest="a" * 64)
        found = run_check(begin_check())
        assert (found.broken_number, found.fault) == (trail[-1] + 1, "CHANGED")

    def test_chain_of_a_forger_beyond_the_head_is_found(self, trail):
        last = AuditEntry.objects.get(number=trail[-1])
        insert(number=trail[-1] + 1, previous=last.digest, digest="a" * 64)
        entry = AuditEntry.objects.get(number=trail[-1] + 1)
        AuditEntry._base_manager.filter(pk=entry.pk).update(digest=digest_of(entry.record, last.digest))
        assert check() == (trail[-1] + 1, "BEYOND_HEAD")

    def test_pushed_in_between_it_does_not_fit(self, trail):
        for number in reversed(trail[2:]):
            sql("UPDATE audit_auditentry SET number = %s WHERE number = %s", number + 1, number)
        insert(number=trail[2], previous=AuditEntry.objects.get(number=trail[1]).digest, digest="a" * 64)
        assert check() == (trail[2], "CHANGED")

    def test_export_names_it_offline(self, trail, tmp_path, capsys):
        insert()
        path = tmp_path / "trail.jsonl"
        call_command("export_audit", str(path))
        assert main([str(path)]) == 1
        assert f"BROKEN: Entry {trail[-1] + 1} was not written by the program." in capsys.readouterr().out


class TestKey:
    def test_another_key_is_told_until_the_end_is_signed_again(self, trail, settings):
        settings.AUDIT_KEY = "một khóa khác"
        assert check() == (trail[-1], "UNSIGNED_HEAD")
        call_command("verify_audit", sign_again="Đã đổi khóa")
        assert check() == CheckState.INTACT

    def test_entry_that_was_written_without_the_key_is_foreign(self, trail, settings):
        ours = settings.AUDIT_KEY
        settings.AUDIT_KEY = "khóa đoán mò"
        with transaction.atomic():
            record("object.change", label="Giả")
            settings.AUDIT_KEY = ours
        assert check() == (trail[-1] + 1, "FOREIGN")

    def test_end_that_was_signed_without_the_key_is_found(self, trail, settings):
        ours = settings.AUDIT_KEY
        rewrite(agency="x")
        last = AuditEntry.objects.sealed().order_by("number").last()
        settings.AUDIT_KEY = "khóa đoán mò"
        sign_head(last.number, last.digest)
        settings.AUDIT_KEY = ours
        assert check() == (last.number, "UNSIGNED_HEAD")


class TestTampering:
    def test_every_column_is_covered(self):
        assert {field.column for field in AuditEntry._meta.fields} == {*CHANGES, "number"}

    @pytest.mark.parametrize("column", CHANGES)
    @pytest.mark.parametrize("place", [0, 2, 4])
    def test_change_of_a_column_is_found(self, trail, column, place):
        sql("UPDATE audit_auditentry SET COLUMN = %s WHERE number = %s", CHANGES[column], trail[place], column=column)
        assert check() == (trail[place], "CHANGED")

    @pytest.mark.parametrize(("place", "fault"), [(0, "MISSING"), (2, "MISSING"), (4, "MISSING")])
    def test_change_of_a_number_is_found(self, trail, place, fault):
        sql("UPDATE audit_auditentry SET number = %s WHERE number = %s", 10**9, trail[place])
        assert check()[0] == trail[place]

    @pytest.mark.parametrize("place", [0, 2, 4])
    def test_deletion_is_found(self, trail, place):
        sql("DELETE FROM audit_auditentry WHERE number = %s", trail[place])
        assert check() == (trail[place], "MISSING")

    def test_deletion_of_the_first_entry_of_all_is_found(self, trail):
        sql("DELETE FROM audit_auditentry WHERE number = 1")
        assert check() == (1, "MISSING")

    def test_emptied_trail_is_found(self, trail):
        sql("DELETE FROM audit_auditentry")
        assert check() == (1, "MISSING")

    def test_swapped_entries_are_found(self, trail):
        one, two = trail[1], trail[3]
        for old, new in ((one, 10**9), (two, one), (10**9, two)):
            sql("UPDATE audit_auditentry SET number = %s WHERE number = %s", new, old)
        assert check() == (one, "CHANGED")

    def test_entry_pushed_out_of_the_chain_and_sealed_anew_leaves_a_gap(self, trail):
        sql(
            "UPDATE audit_auditentry SET number = NULL, previous = '', digest = '', agency = 'x' WHERE number = %s",
            trail[1],
        )
        assert check() == (trail[1], "MISSING")

    def test_rewritten_chain_with_fresh_digests_is_found_by_the_signature(self, trail):
        rewrite(agency="x")
        last = AuditEntry.objects.sealed().order_by("number").last()
        sql("UPDATE audit_audithead SET number = %s, digest = %s", last.number, last.digest)
        assert check() == (last.number, "UNSIGNED_HEAD")

    def test_rewritten_chain_under_the_old_head_is_found(self, trail):
        rewrite(agency="x")
        assert check() == (trail[-1], "HEAD")

    def test_old_head_put_back_with_a_cut_tail_is_found_by_the_last_verification(self, trail):
        old = AuditHead.objects.get()
        record("object.change", label="Bị cắt")
        assert check() == CheckState.INTACT
        sql("DELETE FROM audit_auditentry WHERE number > %s", old.number)
        sql("UPDATE audit_audithead SET number = %s, digest = %s, signature = %s", old.number, old.digest,
            old.signature)  # fmt: skip
        # The entry of that verification takes the place of the one that was cut off.
        assert check() == (old.number + 1, "HEAD")

    def test_noted_head_finds_it_even_if_verifications_were_removed(self, trail):
        noted = AuditHead.objects.get()
        rewrite(agency="x")
        sql("DELETE FROM audit_auditcheck")
        found = run_check(begin_check(), [(noted.number, noted.digest)])
        assert (found.broken_number, found.fault) == (noted.number, "HEAD")

    def test_nothing_is_signed_over_a_wrong_signature(self, trail):
        sql("UPDATE audit_audithead SET signature = 'x'")
        record("object.change", label="Sau khi bị sửa")
        seal()
        assert not AuditEntry.objects.unsealed().exists()
        assert check() == (trail[-1], "UNSIGNED_HEAD")

    def test_nothing_is_signed_after_the_head_was_taken_away(self, trail):
        sql("DELETE FROM audit_audithead")
        record("object.change", label="Sau khi bị sửa")
        seal()
        assert not AuditHead.objects.exists()
        assert check() == (1, "BEYOND_HEAD")

    def test_entries_that_come_after_a_break_are_chained_and_the_break_stays_in_sight(self, trail):
        sql("DELETE FROM audit_auditentry WHERE number = %s", trail[-1])
        for number in range(2):
            record("object.change", label=f"Sau khi bị xóa {number}")
            seal()
        assert AuditEntry.objects.order_by("-number").first().number == trail[-1] + 2
        assert check() == (trail[-1], "MISSING")
        after = AuditEntry.objects.get(number=trail[-1] + 1)
        assert run_check(begin_check(), since=(after.number, after.digest)).state == CheckState.INTACT
        # The part that is intact does not make the break unseen.
        assert AuditCheck.objects.last_broken().broken_number == trail[-1]
        sql("UPDATE audit_auditentry SET agency = 'x' WHERE number = %s", after.number + 1)
        assert run_check(begin_check(), since=(after.number, after.digest)).broken_number == after.number + 1

    def test_chain_goes_on_after_it_was_looked_into(self, trail):
        sql("UPDATE audit_audithead SET signature = 'x'")
        record("object.change", label="Chờ")
        call_command("verify_audit", sign_again="Đã đổi khóa")
        assert check() == CheckState.INTACT
        assert AuditEntry.objects.filter(action="audit.sign_again", details__contains="Đã đổi khóa").exists()


def rewrite(**values):
    """What a forger with the database but without the key can do."""
    previous = GENESIS
    for entry in AuditEntry.objects.sealed().order_by("number"):
        for name, value in values.items():
            setattr(entry, name, value)
        digest = digest_of(entry.record, previous)
        AuditEntry._base_manager.filter(pk=entry.pk).update(previous=previous, digest=digest, **values)
        previous = digest


def test_program_itself_changes_nothing(trail):
    entry = AuditEntry.objects.newest_first()[0]
    for act in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(ReadOnlyTrail):
            act()
    with pytest.raises(ReadOnlyTrail):
        AuditEntry.objects.filter(pk=entry.pk).update(agency="x")


def test_command_says_the_head_and_fails_on_a_break(trail, capsys):
    call_command("verify_audit")
    said = capsys.readouterr().out
    head = AuditCheck.objects.first().head
    assert f"Intact. Head: {head}" in said
    call_command("verify_audit", head=head)
    sql("UPDATE audit_auditentry SET agency = 'x' WHERE number = %s", trail[2])
    with pytest.raises(CommandError, match=f"Entry {trail[2]} was changed"):
        call_command("verify_audit")


@pytest.mark.parametrize("head", ["x", "1:2", ":", "-5:" + "0" * 64])
def test_command_refuses_a_head_that_is_none(trail, head):
    with pytest.raises(CommandError):
        call_command("verify_audit", head=head)


def test_command_needs_a_reason_to_sign_again(trail):
    with pytest.raises(CommandError):
        call_command("verify_audit", sign_again="  ")


def test_two_verifications_do_not_run_at_once(trail):
    first = begin_check()
    with pytest.raises(CheckIsRunning):
        begin_check()
    AuditCheck.objects.filter(pk=first.pk).update(touched_at=timezone.now() - timedelta(hours=1))
    begin_check()
    first.refresh_from_db()
    assert first.state == CheckState.FAILED


def test_entry_that_waits_too_long_is_reported(trail):
    # As if sealing failed again and again: nothing but a full disk or a forged number does that.
    sql("UPDATE audit_auditentry SET number = %s WHERE number = %s", 2**63 - 1, trail[-1])
    record("object.change", label="Chờ")
    AuditEntry._base_manager.filter(number=None).update(at=timezone.now() - timedelta(minutes=2))
    found = run_check(begin_check())
    assert (found.waiting, found.broken_number) == (1, trail[-1])


class TestGuard:
    """The database itself refuses to change or delete an entry, whoever asks."""

    @pytest.fixture
    def sealed(self, db):
        record("object.change", label="Mục", agency="stttt")
        seal()
        assert is_guarded()
        return AuditEntry.objects.newest_first()[0]

    @pytest.mark.parametrize("statement", ["UPDATE audit_auditentry SET agency = 'x'", "DELETE FROM audit_auditentry"])
    def test_sealed_entry_stays(self, sealed, statement):
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(statement)
        assert check() == CheckState.INTACT

    @pytest.mark.postgresql
    def test_trail_is_not_truncated(self, sealed):
        with pytest.raises(IntegrityError), transaction.atomic():
            sql("TRUNCATE audit_auditentry")

    def test_entry_that_waits_gets_its_place_and_no_other_change(self, sealed):
        entry = record("object.change", label="Chờ")
        for statement in ("UPDATE audit_auditentry SET object_label = 'x'", "DELETE FROM audit_auditentry"):
            with pytest.raises(IntegrityError), transaction.atomic():
                sql(f"{statement} WHERE id = %s", entry.pk)
        seal()
        entry.refresh_from_db()
        assert entry.number == sealed.number + 1

    def test_missing_guard_is_told_by_the_verification_and_set_by_the_next_migration(self, sealed, capsys):
        lift_guard()
        assert not is_guarded()
        call_command("verify_audit")
        assert "`migrate` sets them again" in capsys.readouterr().out
        call_command("migrate", verbosity=0)
        assert is_guarded()


def test_undone_act_leaves_no_entry(trail):
    count = AuditEntry.objects.count()
    with transaction.atomic():
        record("object.change", label="Chưa xảy ra")
        assert AuditEntry.objects.count() == count + 1
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == count


def test_trail_that_was_dumped_and_loaded_still_verifies(trail):
    dumped = serializers.serialize("json", AuditEntry.objects.all())
    sql("DELETE FROM audit_auditentry")
    for entry in serializers.deserialize("json", dumped):
        entry.save()
    assert check() == CheckState.INTACT


@pytest.mark.django_db(transaction=True)
def test_entry_is_sealed_as_soon_as_its_act_is_certain(department):
    with transaction.atomic():
        entry = record("object.change", department)
        entry.refresh_from_db()
        assert entry.number is None
    entry.refresh_from_db()
    assert entry.number == AuditHead.objects.get().number


KILLED = """
import os, signal, django
django.setup()
from django.conf import settings
from django.core import serializers
from audit import services
services.seal = lambda: os.kill(os.getpid(), signal.SIGKILL)
services.record("object.change", label="Bị ngắt giữa chừng", agency="stttt")
"""


@pytest.mark.django_db(transaction=True)
def test_process_killed_between_act_and_seal_is_healed_by_the_next(department):
    seal()
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    environment = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": url, "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(project.BASE_DIR),
    }  # fmt: skip
    finished = subprocess.run([sys.executable, "-c", KILLED], env=environment, capture_output=True, check=False)
    assert finished.returncode == -9, finished.stderr.decode()
    assert AuditEntry.objects.unsealed().get().object_label == "Bị ngắt giữa chừng"
    record("object.change", label="Người kế tiếp")
    assert not AuditEntry.objects.unsealed().exists()
    assert check() == CheckState.INTACT


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_one_chain_without_gaps(department):
    record("object.change", label="Đầu tiên")
    before = AuditHead.objects.get().number
    errors = []

    def writer(number):
        try:
            for act in range(10):
                with transaction.atomic():
                    record("object.change", label=f"{number}.{act}", agency="stttt")
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert errors == []
    numbers = AuditEntry.objects.filter(number__gt=before).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(before + 1, before + 81))
    assert check() == CheckState.INTACT
