"""Numbered steps with their times, and stamps that let a finished step be skipped. Standard library only."""

import hashlib
import sys
import time
from contextlib import contextmanager
from pathlib import Path


class Failed(Exception):
    """Something that cannot go on; its text is the one line that says what is missing."""


class Steps:
    """Says on the screen which of how many steps is running and how long it took."""

    def __init__(self, total: int):
        self.total = total
        self.number = 0

    @contextmanager
    def step(self, title: str):
        """Announce a step, and say how long it took when it is finished."""
        self._announce(title)
        print(" …", flush=True)
        started = time.monotonic()
        yield
        print(f"      done in {time.monotonic() - started:.1f} s", flush=True)

    def skip(self, title: str, reason: str = "nothing has changed"):
        """Say that a step has nothing to do."""
        self._announce(title)
        print(f": {reason}", flush=True)

    def _announce(self, title):
        self.number += 1
        print(f"[{self.number}/{self.total}] {title}", end="")


class Stamp:
    """Remembers in a file for which inputs a step was finished; written only after the step's end."""

    def __init__(self, path: Path, fingerprint: str):
        self.path = path
        self.fingerprint = fingerprint

    @property
    def is_current(self) -> bool:
        return self.path.is_file() and self.path.read_text() == self.fingerprint

    def write(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.fingerprint)

    def remove(self):
        self.path.unlink(missing_ok=True)


def fingerprint(*parts) -> str:
    """One word for texts and files: another word as soon as one of them, or its content, is another."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else b""
        digest.update(f"{part}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def fingerprint_of_tree(files) -> str:
    """The same by name, size and time of change, for many files whose content need not be read."""
    lines = []
    for path in sorted(files):
        state = path.stat()
        lines.append(f"{path}:{state.st_size}:{state.st_mtime_ns}")
    return fingerprint(*lines)


def counter(count: int, total: int, what: str):
    """Show how far a long step has come: in place on a terminal, now and then in a log."""
    if sys.stdout.isatty():
        print(f"\r      {count}/{total} {what:<40.40}", end="\n" if count == total else "", flush=True)
    elif count % 20 == 0 or count == total:
        print(f"      {count}/{total}", flush=True)
