"""Whatever a file does to the worker, the caller has a reading or a reason, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.utils.translation import override
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from legal_docs.enums import TextSource
from legal_docs.reading import Limits, UnreadableFile, isolation, progress, read
from legal_docs.structure.blocks import Paragraph, Table

from . import reading_files as files
from .reading_files import paragraph, text

LIMITS = Limits(seconds=60, processor_seconds=30)
MEBIBYTE = 1024 * 1024


@pytest.fixture
def stored(tmp_path):
    def store(data: bytes, name: str = "file") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return store


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    """Let temporary folders be made where the test can see that they are gone."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def _reason(path, limits=LIMITS, name=""):
    with pytest.raises(UnreadableFile) as caught:
        read(path, name=name, limits=limits)
    # Each reason has a sentence for its facts.
    assert str(caught.value)
    return caught.value.reason


class TestReading:
    def test_a_word_file_is_read_through_the_worker(self, stored):
        table = f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
        found = read(stored(files.docx(paragraph("Điều 1. Phạm vi", run="<w:b/>") + table)), name="Nghị định.docx")
        assert found.blocks[0] == Paragraph("Điều 1. Phạm vi", is_bold=True)
        assert isinstance(found.blocks[1], Table)
        assert (found.source, found.pages, found.remarks) == (TextSource.DOCX, None, ())

    def test_a_pdf_is_read_through_the_worker(self, stored):
        found = read(stored(files.pdf([text("Điều 1. Phạm vi", 60, 100)])), name="a.pdf")
        assert (found.source, found.pages, found.media_type) == (TextSource.PDF, 1, "application/pdf")

    def test_plain_text_of_an_old_encoding_is_read(self, stored):
        found = read(stored("Quyết định này có hiệu lực.".encode("utf-16"), "a.txt"))
        assert found.source == TextSource.PASTED
        assert found.blocks == (Paragraph("Quyết định này có hiệu lực."),)

    def test_a_name_that_lies_is_told(self, stored):
        found = read(stored(files.pdf([text("Điều 1.", 60, 100)])), name="../../Quyết định.docx")
        assert found.remarks == ("Tệp có tên “Quyết định.docx” nhưng thật ra là tệp PDF và được đọc theo loại đó.",)

    def test_a_head_without_number_or_date_is_told(self, stored):
        head = "".join(map(paragraph, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số:     /QĐ-UBND", "Căn cứ Luật;")))
        assert [remark.split(".")[0] for remark in read(stored(files.docx(head))).remarks] == [
            "Phần đầu văn bản thiếu số hoặc ngày (để trống, hoặc đóng dấu khi ký số)"
        ]

    def test_reasons_are_told_in_the_language_of_the_reader(self, stored):
        with pytest.raises(UnreadableFile) as caught:
            read(stored(b""), limits=LIMITS)
        assert str(caught.value).startswith("Tệp rỗng")
        with override("en"):
            assert str(caught.value).startswith("The file is empty")

    def test_the_worker_gets_no_settings_and_no_secrets(self, tmp_path, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "must not be passed on")
        assert "SECRET_KEY" not in isolation._environment(tmp_path)

    def test_the_server_does_not_load_what_parses_files(self):
        code = (
            "import sys, legal_docs.reading; print([n for n in sys.modules if n in ('pdfplumber', 'lxml', 'pyhanko')])"
        )
        answer = subprocess.run(
            [sys.executable, "-c", code], cwd=isolation._ROOT, capture_output=True, text=True, check=True
        )
        assert answer.stdout.strip() == "[]"


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "name", "reason"),
        [
            (b"", "a.pdf", "empty"),
            (b"<!DOCTYPE html><html><title>404</title></html>", "a.pdf", "web_page"),
            (files.packed({"a.txt": "x"}), "a.zip", "archive"),
            (files.packed({"xl/workbook.xml": "x"}), "a.xlsx", "spreadsheet"),
            (bytes(range(256)) * 9, "a.doc", "unknown"),
            (files.pdf([text("Điều 1.", 60, 100)])[:700], "a.pdf", "broken"),
            (b"%PDF-1.7\n" + os.urandom(0) + b"garbage" * 100, "a.pdf", "broken"),
            (files.docx(paragraph("a"))[:300], "a.docx", "broken"),
            (files.packed({"word/document.xml": b" " * 30_000_000}), "a.docx", "zip_bomb"),
            (
                files.packed({"word/document.xml": "<!DOCTYPE d SYSTEM 'http://127.0.0.1/x'><d/>"}),
                "a.docx",
                "external_entities",
            ),
        ],
    )
    def test_each_bad_file_has_its_reason(self, stored, data, name, reason):
        assert _reason(stored(data), name=name) == reason

    def test_a_password_is_told(self, stored):
        reader = PdfFileReader(BytesIO(files.pdf([text("Mật", 60, 100)])))
        writer = copy_into_new_writer(reader)
        writer.encrypt("owner", "user")
        out = BytesIO()
        writer.write(out)
        assert _reason(stored(out.getvalue()), name="a.pdf") == "encrypted"

    def test_a_file_that_is_gone_is_told(self, tmp_path):
        assert _reason(tmp_path / "gone.pdf") == "missing"

    def test_a_file_that_is_too_large_is_not_opened(self, stored):
        path = stored(b"%PDF-1.7")
        os.truncate(path, 300_000_000)
        assert _reason(path) == "too_large"


class TestBounds:
    def test_a_file_that_needs_too_much_memory_is_stopped(self, stored):
        data = files.docx("".join(paragraph("chữ") for _number in range(150_000)))
        limits = replace(LIMITS, memory=100 * MEBIBYTE, ratio=100_000)
        assert _reason(stored(data), limits) == "too_much_memory"

    def test_a_file_that_takes_too_long_is_stopped(self, stored):
        # An interpreter alone needs longer to begin.
        assert _reason(stored(files.docx(paragraph("a"))), replace(LIMITS, seconds=0.01)) == "too_slow"

    def test_processor_time_is_bounded_too(self, stored):
        data = files.docx("".join(paragraph("chữ") for _number in range(300_000)))
        assert _reason(stored(data), replace(LIMITS, processor_seconds=1, ratio=100_000)) == "too_slow"

    def test_more_text_than_is_taken_over_is_refused(self, stored):
        data = files.docx("".join(paragraph("chữ " * 20) for _number in range(200)))
        assert _reason(stored(data), replace(LIMITS, result_bytes=5_000)) == "too_much_text"

    def test_a_worker_that_is_killed_is_no_crash(self, stored, monkeypatch):
        monkeypatch.setattr(isolation, "_MODULE", "this.is.no.module")
        assert _reason(stored(b"x")) == "crashed"

    def test_a_worker_that_is_killed_from_outside_is_no_crash(self, stored, monkeypatch):
        def killed(process, _seconds, _look):
            os.kill(process.pid, signal.SIGKILL)
            return True

        monkeypatch.setattr(isolation, "_wait", killed)
        assert _reason(stored(files.docx(paragraph("a")))) == "too_much_memory"

    def test_a_server_that_is_stopped_interrupts_the_worker(self, stored, monkeypatch):
        def stopped(process, _seconds, _look):
            os.kill(process.pid, signal.SIGTERM)
            # Dead, but not yet waited for: its number is still its own.
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            return True

        monkeypatch.setattr(isolation, "_wait", stopped)
        assert _reason(stored(files.docx(paragraph("a")))) == "interrupted"

    def test_nothing_of_the_worker_runs_on_after_it_was_stopped(self, stored, monkeypatch):
        started = []
        popen = subprocess.Popen

        def noted(*args, **kwargs):
            started.append(popen(*args, **kwargs))
            return started[-1]

        monkeypatch.setattr(isolation.subprocess, "Popen", noted)
        assert _reason(stored(files.docx(paragraph("a"))), replace(LIMITS, seconds=0.01)) == "too_slow"
        with pytest.raises(ProcessLookupError):
            os.killpg(started[0].pid, 0)


class TestProgress:
    def test_pages_that_were_read_are_told_to_whoever_waits(self, stored, monkeypatch):
        monkeypatch.setattr(isolation, "_LOOKS_EVERY", 0.01)
        seen = []
        pages = [[text("Quy định chung", 72, 100 + 20 * line) for line in range(30)]] * 40
        read(stored(files.pdf(*pages)), limits=LIMITS, watch=seen.append)
        told = [one for one in seen if one]
        assert told
        assert {(one.stage, one.pages) for one in told} == {("reading", 40)}
        assert [one.done for one in told] == sorted(one.done for one in told)

    def test_whoever_waits_can_end_it(self, stored, monkeypatch):
        monkeypatch.setattr(isolation, "_LOOKS_EVERY", 0.01)

        def stop(_progress):
            raise UnreadableFile("stopped")

        with pytest.raises(UnreadableFile) as caught:
            read(stored(files.docx(paragraph("a"))), limits=LIMITS, watch=stop)
        assert caught.value.reason == "stopped"

    @pytest.mark.parametrize(
        "words", ["", "reading", "reading 1", "reading 3 2", "reading -1 2", "flying 1 2", "reading 1 2 3",
                  "reading 1 999999999", "reading x y", "reading 1 \ud800", "9" * 10_000],
    )  # fmt: skip
    def test_what_is_no_progress_is_none(self, words, tmp_path):
        (tmp_path / "progress").write_bytes(words.encode(errors="surrogatepass"))
        assert progress.told(tmp_path) is None

    def test_pipe_and_link_in_the_place_of_progress_hold_nobody_up(self, tmp_path):
        os.mkfifo(tmp_path / "progress")
        assert progress.told(tmp_path) is None
        (tmp_path / "progress").unlink()
        (tmp_path / "elsewhere").write_text("reading 1 2")
        (tmp_path / "progress").symlink_to(tmp_path / "elsewhere")
        assert progress.told(tmp_path) is None
