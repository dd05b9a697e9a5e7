"""Starts the worker, waits for it, and makes of whatever happens to it an answer or a reason."""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from .limits import MEBIBYTE, Limits
from .outcome import UnreadableFile
from .progress import Progress, told

_ROOT = Path(__file__).resolve().parents[2]
_MODULE = "legal_docs.reading.worker"
_ANSWER, _STDERR = "answer.json", "stderr.txt"
_LAST_WORDS = 1_000
_LOOKS_EVERY = 2.0

logger = logging.getLogger(__name__)


def unwatched(_progress: Progress | None) -> None:
    """Look at nothing: for whoever only wants the end of it."""


def in_worker(task: dict, limits: Limits, watch: Callable[[Progress | None], None] = unwatched) -> object:
    """Return what the worker found; raise UnreadableFile where it refused the file, was stopped or crashed.

    `watch` is called now and then with how far it is; whatever that raises ends the worker and is raised.
    """
    with tempfile.TemporaryDirectory(prefix="reading-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        code = _run(json.dumps({**task, "limits": asdict(limits), "answer": _ANSWER}), folder, limits, watch)
        answer = _answer(folder, limits)
        if answer is None:
            reason, facts = _why(code, limits)
            logger.warning("The reader ended with %s (%s) on %s: %s", code, reason, task["path"], _last_words(folder))
            raise UnreadableFile(reason, facts)
        if "error" in answer:
            if last_words := _last_words(folder):
                logger.warning("Not readable (%s): %s: %s", answer["error"], task["path"], last_words)
            raise UnreadableFile(answer["error"], answer["facts"])
        return answer["found"]


def _run(task, folder, limits, watch):
    """Return the exit code of the worker; None where it took too long. Afterwards nothing of it runs any more."""
    with (folder / _STDERR).open("wb") as stderr:
        process = subprocess.Popen(
            # A fresh interpreter, no copy of the server: no connections, no settings, no secrets in its memory.
            [sys.executable, "-P", "-s", "-m", _MODULE],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
        )
    try:
        _hand_over(process, task)
        has_ended = _wait(process, limits.seconds, lambda: watch(told(folder)))
    finally:
        # The programs that the worker started are of its group. Until it is waited for, its number is nobody else's.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return process.returncode if has_ended else None


def _hand_over(process, task):
    try:
        with process.stdin:
            process.stdin.write(task.encode())
    except BrokenPipeError:
        # It ended before it had read its task; its exit code says why.
        pass


def _environment(folder):
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        # Memory is counted by addresses: each further arena of the allocator costs 64 MiB of them.
        "MALLOC_ARENA_MAX": "2",
    }


def _wait(process, seconds, look):
    """Tell whether the process ended by itself within the seconds."""
    number = os.pidfd_open(process.pid)
    try:
        poll = select.poll()
        poll.register(number, select.POLLIN)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if poll.poll(1000 * min(left, _LOOKS_EVERY)):
                return True
            look()
        return False
    finally:
        os.close(number)


def _answer(folder, limits):
    path = folder / _ANSWER
    # One byte more than allowed is not ours: the worker bounds itself.
    if not path.is_file() or path.stat().st_size > limits.result_bytes + 1_000:
        return None
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return None


def _why(code, limits):
    if code is None or code == -signal.SIGXCPU:
        return "too_slow", {"seconds": limits.seconds if code is None else limits.processor_seconds}
    if code == -signal.SIGTERM:
        # Whoever stops the server stops all that it started.
        return "interrupted", {}
    if code == -signal.SIGKILL:
        return "too_much_memory", {"mebibytes": limits.memory // MEBIBYTE}
    return "crashed", {}


def _last_words(folder):
    path = folder / _STDERR
    return path.read_bytes()[-_LAST_WORDS:].decode(errors="replace").strip() if path.is_file() else ""
