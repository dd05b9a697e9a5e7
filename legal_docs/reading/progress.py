"""How far the worker has come: a tiny file in its folder, which whoever waits for it looks at."""

import os
from dataclasses import dataclass
from pathlib import Path

_FILE = "progress"
_LONGEST = 60
# What is done with one page after another: its letters are taken, or recognised in a picture.
STAGES = ("reading", "recognising")
# More pages than any file may have; a number beyond it was not written by the worker.
_MOST = 100_000


@dataclass(frozen=True)
class Progress:
    """What is done at this moment with how many of the pages."""

    stage: str
    done: int
    pages: int


def tell(folder: Path | None, stage: str, done: int, pages: int) -> None:
    """Write how far it is; nobody reads half of it."""
    if folder is not None:
        part = folder / f"{_FILE}.part"
        part.write_text(f"{stage} {done} {pages}")
        part.replace(folder / _FILE)


def told(folder: Path) -> Progress | None:
    """Return what was told last; None before that, and for what is no progress: a hostile file may have written it."""
    try:
        # Neither the end of a link nor a pipe, for which one would wait for ever.
        number = os.open(folder / _FILE, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(number, "rb") as file:
            stage, done, pages = file.read(_LONGEST).decode().split()
            found = Progress(stage, int(done), int(pages))
    except (OSError, ValueError):
        return None
    return found if stage in STAGES and 0 <= found.done <= found.pages <= _MOST else None
