"""Other programs that read what Python cannot: LibreOffice, ocrmypdf. Started by the worker alone, and with bounds."""

import os
import resource
import shutil
import subprocess
from pathlib import Path

from .limits import Limits

# By its Debian package each program of which the name stands in a message to the editor.
PACKAGES = {"soffice": "libreoffice-writer-nogui", "ocrmypdf": "ocrmypdf tesseract-ocr-vie"}
_SECONDS_TO_ANSWER = 30


class ProgramFailed(Exception):
    """A program ended with an error, took too long or was killed."""


def is_installed(program: str) -> bool:
    """Tell whether a program of PACKAGES is there with all it needs."""
    if shutil.which(program) is None:
        return False
    return program != "ocrmypdf" or _knows_vietnamese()


def _knows_vietnamese():
    return shutil.which("tesseract") is not None and "vie" in _said(["tesseract", "--list-langs"]).split()


def knows_option(program: str, option: str) -> bool:
    """Tell whether the installed version of a program has an option."""
    return option in _said([program, "--help"])


def _said(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS_TO_ANSWER, check=False).stdout
    except (subprocess.SubprocessError, OSError):
        return ""


def run(command: list[str], folder: Path, limits: Limits, seconds: float) -> None:
    """Run a program in a folder of its own; raise ProgramFailed where it does not end well within the seconds."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        # One thread: the server has other work, and every thread maps memory of its own.
        "OMP_THREAD_LIMIT": "1",
        "MALLOC_ARENA_MAX": "2",
    }

    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (limits.program_memory, limits.program_memory))

    try:
        subprocess.run(
            command,
            cwd=folder,
            env=environment,
            timeout=seconds,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=bound,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise ProgramFailed(command[0]) from error
