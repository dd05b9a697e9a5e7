"""Reading a file as a job of the queue: asked for by a click, followed, stopped, lost and begun again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from editorial.tests.test_records import form_of
from legal_docs import reading, tasks
from legal_docs.enums import ReadingState
from legal_docs.models import LegalDocument, ReadingJob, StoredFile, Text
from legal_docs.reading import Progress
from legal_docs.services import reading_jobs, texts

from . import reading_files as files
from .test_admin_documents import edit, newest, own
from .test_admin_texts import TEXT, url

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def editor(department, editor_of):
    return editor_of(department)


@pytest.fixture
def client(department, editor, client_for):
    return client_for(department, editor)


@pytest.fixture
def queue(monkeypatch):
    """Let jobs wait in the database for a worker, as they do on a public server."""
    waiting = DatabaseBackend("default", {"QUEUES": ["default", "reading"]})
    monkeypatch.setattr(task_backends._connections, "default", waiting, raising=False)


@pytest.fixture
def attachment(client, editor):
    """A text file of a draft."""
    return attach(client, editor, SimpleUploadedFile("van-ban.txt", TEXT.encode()))


def attach(client, editor, upload):
    document = own(abstract="Ban hành quy chế ghi sổ")
    document.save_revision(user=editor)
    client.post(edit(document), form_of(document) | {"new_files": [upload]})
    return newest(document).attachments.get()


def ask(client, attachment, **more):
    sha256 = attachment.stored_file.sha256
    return client.post(url(attachment.document), {"act": "read", "file": sha256}, **more)


def page(job):
    return f"/admin/legal-documents/{job.document_id}/readings/{job.pk}/"


def job_of(attachment, **values):
    """Return a job as somebody asked for it at noon."""
    given = {"document": attachment.document, "stored_file": attachment.stored_file, "name": attachment.name}
    return ReadingJob.objects.create(**given | {"created_at": NOON} | values)


def running(attachment, seen_at, **values):
    given = {"state": ReadingState.RUNNING, "started_at": NOON, "seen_at": seen_at}
    return job_of(attachment, **given | values)


class TestWithoutAQueue:
    def test_reading_is_there_at_once(self, client, editor, attachment):
        answer = ask(client, attachment)
        text, job = Text.objects.get(), ReadingJob.objects.get()
        assert answer.url == url(attachment.document, text)
        assert (job.state, job.text, job.asked_by) == (ReadingState.DONE, text, editor)
        assert job.created_at <= job.started_at <= job.ended_at

    def test_reason_is_told_and_kept(self, client, editor):
        locked = SimpleUploadedFile("bang.xlsx", files.packed({"xl/workbook.xml": "x", "[Content_Types].xml": "x"}))
        answer = ask(client, attach(client, editor, locked), follow=True)
        job = ReadingJob.objects.get()
        assert (job.state, job.reason) == (ReadingState.FAILED, "spreadsheet")
        assert "“bang.xlsx”: Đây là bảng tính" in answer.text
        assert "Không đọc được. Đây là bảng tính" in client.get(url(job.document)).text


@pytest.mark.usefixtures("queue")
class TestQueue:
    def test_click_answers_before_the_file_is_read(self, client, attachment):
        answer = ask(client, attachment)
        job = ReadingJob.objects.get()
        assert answer.url == page(job)
        assert job.state == ReadingState.WAITING
        assert not Text.objects.exists()
        assert "Đang chờ trong hàng đợi từ" in client.get(page(job)).text
        [queued] = DBTaskResult.objects.filter(queue_name="reading")
        assert queued.args_kwargs["args"] == [job.pk]

    def test_second_click_and_second_editor_join_what_is_under_way(
        self, client, attachment, department, editor_of, client_for
    ):
        first = ask(client, attachment)
        other = client_for(department, editor_of(department))
        assert ask(client, attachment).url == ask(other, attachment).url == first.url
        assert ReadingJob.objects.count() == DBTaskResult.objects.filter(queue_name="reading").count() == 1
        screen = other.get(url(attachment.document)).text
        assert "Đang chờ trong hàng đợi từ" in screen
        # There is nothing to click while it waits.
        assert 'name="file"' not in screen

    def test_page_leads_to_the_text_when_it_is_there(self, client, attachment):
        job = ReadingJob.objects.get(pk=ask(client, attachment).url.split("/")[-2])
        assert reading_jobs.run(job.pk) == ReadingState.DONE
        text = Text.objects.get()
        assert client.get(page(job)).url == url(attachment.document, text)
        assert f'data-next="{url(attachment.document, text)}"' in client.get(page(job) + "state/").text
        assert url(attachment.document, text) in client.get(url(attachment.document)).text

    def test_page_says_when_what_was_read_was_thrown_away(self, client, attachment):
        ask(client, attachment)
        job = ReadingJob.objects.get()
        reading_jobs.run(job.pk)
        Text.objects.all().delete()
        assert "đã bị bỏ" in client.get(page(job)).text

    def test_text_waits_to_be_taken(self, client, attachment):
        ask(client, attachment)
        reading_jobs.run(ReadingJob.objects.get().pk)
        assert newest(attachment.document).text is None

    def test_files_before_it_are_counted(self, client, attachment):
        other = own("16/QĐ-STTTT")
        for number in range(2):
            stored = StoredFile.objects.create(sha256=f"{number:064}", size=1, media_type="application/pdf")
            ReadingJob.objects.create(document=other, stored_file=stored, name="a.pdf", created_at=datetime.now(UTC))
        assert "2 tệp đứng trước" in client.get(ask(client, attachment).url).text


@pytest.mark.usefixtures("queue")
@pytest.mark.django_db(transaction=True)
def test_worker_of_the_queue_reads_and_the_other_one_leaves_it(client, attachment):
    ask(client, attachment)
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    assert not Text.objects.exists()
    call_command(
        "db_worker", queue_name="reading", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0
    )
    assert ReadingJob.objects.get().text == Text.objects.get()


class TestProgress:
    def test_page_shows_how_far_the_reader_is(self, client, attachment):
        now = datetime.now(UTC)
        job = running(attachment, now, stage="recognising", pages_done=11, pages=200)
        screen = client.get(page(job)).text
        assert "Đang đọc từ 12:00 02/03/2026." in screen
        assert "Đang nhận dạng chữ trong ảnh: trang 12/200." in screen
        assert 'max="200" value="11"' in client.get(page(job) + "state/").text
        assert "trang 12/200" in client.get(url(attachment.document)).text

    def test_reader_writes_down_how_far_it_is(self, attachment, monkeypatch):
        job = job_of(attachment)

        def read(path, *, name, limits, watch):
            watch(Progress("recognising", 3, 7))
            job.refresh_from_db()
            return reading.Reading(reading.read_pasted(TEXT).blocks, "pasted", "text/plain")

        monkeypatch.setattr(reading_jobs.reading, "read", read)
        reading_jobs.run(job.pk, clock=lambda: NOON + timedelta(minutes=1))
        assert (job.state, job.stage, job.pages_done, job.pages) == ("running", "recognising", 3, 7)
        assert job.seen_at == NOON + timedelta(minutes=1)

    def test_page_costs_the_same_after_one_reading_and_after_twenty(self, client, attachment):
        now = datetime.now(UTC)
        running(attachment, now, pages_done=1, pages=2)
        counts = []
        for _more in range(2):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(url(attachment.document))
            counts.append(len(queries))
            for _number in range(20):
                job_of(attachment, state=ReadingState.FAILED, reason="broken", ended_at=now)
        assert counts[0] == counts[1] <= 40


class TestStopping:
    def test_job_that_waits_is_stopped_and_not_read_afterwards(self, client, attachment):
        job = job_of(attachment)
        assert client.post(page(job), {"act": "stop"}).url == page(job)
        assert reading_jobs.run(job.pk) == ""
        job.refresh_from_db()
        assert (job.state, job.reason) == (ReadingState.FAILED, "stopped")
        screen = client.get(page(job)).text
        assert "Việc đọc đã bị dừng" in screen
        assert "Không đọc được" not in screen
        assert not Text.objects.exists()

    def test_job_that_runs_notices(self, attachment, monkeypatch):
        job = job_of(attachment)

        def read(path, *, name, limits, watch):
            reading_jobs.stop(job, now=NOON)
            watch(None)

        monkeypatch.setattr(reading_jobs.reading, "read", read)
        assert reading_jobs.run(job.pk) == ReadingState.FAILED
        assert ReadingJob.objects.get().reason == "stopped"

    def test_what_has_ended_is_not_stopped(self, attachment):
        job = job_of(attachment, state=ReadingState.DONE, ended_at=NOON)
        assert not reading_jobs.stop(job, now=NOON)
        assert ReadingJob.objects.get().state == ReadingState.DONE

    def test_stopped_reading_is_begun_again(self, client, attachment):
        client.post(page(job_of(attachment)), {"act": "stop"})
        ask(client, attachment)
        assert ReadingJob.objects.first().state == ReadingState.DONE

    @pytest.mark.parametrize("data", [{}, {"act": "fly"}])
    def test_form_that_no_screen_has_is_a_404(self, data, client, attachment):
        assert client.post(page(job_of(attachment)), data).status_code == 404


class TestLost:
    LATER = NOON + ReadingJob.SILENCE + timedelta(seconds=1)

    def test_reader_that_was_killed_is_interrupted(self, attachment):
        job = running(attachment, NOON)
        assert job.state_on(self.LATER) == ReadingState.FAILED
        assert job.state_on(self.LATER - timedelta(seconds=2)) == ReadingState.RUNNING
        assert "bị gián đoạn" in job.why(self.LATER)
        assert job.why(NOON) == ""

    def test_page_says_so_and_offers_to_begin_again(self, client, attachment):
        job = running(attachment, NOON)
        screen = client.get(page(job)).text
        assert "bị gián đoạn" in screen
        assert "Đọc lại" in screen

    def test_it_is_begun_again(self, client, attachment):
        lost = running(attachment, NOON)
        ask(client, attachment)
        lost.refresh_from_db()
        assert (lost.state, lost.reason) == (ReadingState.FAILED, "interrupted")
        assert ReadingJob.objects.first().state == ReadingState.DONE

    def test_reader_that_comes_back_to_life_keeps_nothing(self, editor, attachment, monkeypatch):
        job = job_of(attachment)

        def read(path, *, name, limits, watch):
            reading_jobs.begin(attachment.document, attachment, user=editor, now=self.LATER)
            return reading.Reading(reading.read_pasted(TEXT).blocks, "pasted", "text/plain")

        monkeypatch.setattr(reading_jobs.reading, "read", read)
        assert reading_jobs.run(job.pk, clock=lambda: NOON) == ReadingState.FAILED
        assert not Text.objects.exists()
        assert ReadingJob.objects.unfinished().count() == 1

    def test_job_that_nobody_takes_up_is_given_up_after_a_day(self, editor, attachment):
        job = job_of(attachment)
        later = NOON + ReadingJob.PATIENCE + timedelta(seconds=1)
        assert job.state_on(later) == ReadingState.FAILED
        assert "người vận hành" in job.why(later)
        _job, is_new = reading_jobs.begin(attachment.document, attachment, user=editor, now=later)
        assert is_new


class TestEnds:
    def test_file_that_is_gone_is_the_reason(self, attachment):
        job = job_of(attachment)
        attachment.stored_file.file.storage.delete(attachment.stored_file.file.name)
        reading_jobs.run(job.pk)
        assert ReadingJob.objects.get().reason == "missing"

    def test_job_goes_with_its_document(self, attachment, monkeypatch):
        job = job_of(attachment)

        def read(path, *, name, limits, watch):
            LegalDocument.objects.get(pk=attachment.document.pk).delete()
            watch(None)

        monkeypatch.setattr(reading_jobs.reading, "read", read)
        assert reading_jobs.run(job.pk) == ""
        assert reading_jobs.run(job.pk) == ""
        assert not ReadingJob.objects.exists()

    def test_fault_of_the_program_is_told_as_one(self, client, attachment, monkeypatch):
        def keep(*_args, **_more):
            raise KeyError

        monkeypatch.setattr(texts, "keep_texts", keep)
        answer = ask(client, attachment, follow=True)
        assert ReadingJob.objects.get().reason == "internal"
        assert "lỗi của chương trình" in answer.text

    def test_old_jobs_are_forgotten_by_the_command_of_the_night(self, attachment):
        job_of(attachment, state=ReadingState.FAILED, reason="broken", ended_at=NOON)
        call_command("turn_legal_docs_day", day=(NOON + timedelta(days=29)).date())
        assert ReadingJob.objects.exists()
        call_command("turn_legal_docs_day", day=(NOON + timedelta(days=32)).date())
        assert not ReadingJob.objects.exists()

    def test_database_refuses_two_readings_of_a_file_at_a_time(self, attachment):
        job_of(attachment)
        with pytest.raises(IntegrityError), transaction.atomic():
            running(attachment, NOON)


class TestRights:
    def test_other_agency_finds_no_reading(self, attachment, district, editor_of, client_for):
        job = job_of(attachment)
        stranger = client_for(district, editor_of(district))
        for address in (page(job), page(job) + "state/"):
            assert stranger.get(address).status_code in {302, 403, 404}
        stranger.post(page(job), {"act": "stop"})
        assert ReadingJob.objects.get().state == ReadingState.WAITING

    def test_reading_of_another_document_is_none_of_this(self, client, attachment):
        job, other = job_of(attachment), own("16/QĐ-STTTT")
        address = f"/admin/legal-documents/{other.pk}/readings/{job.pk}/"
        assert client.get(address).status_code == 404
        assert client.get(address + "state/").status_code == 404

    def test_draft_that_is_locked_is_not_read(self, client, attachment, department, editor_of):
        document = LegalDocument.objects.get(pk=attachment.document.pk)
        document.locked, document.locked_by = True, editor_of(department)
        document.save()
        ask(client, attachment)
        assert not ReadingJob.objects.exists()


def test_reading_has_a_queue_of_its_own():
    assert tasks.read_file.queue_name == "reading"
    assert tasks.render_waiting.queue_name == "default"
