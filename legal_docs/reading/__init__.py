"""Reads files (Word, PDF, scans, plain text) to blocks, in a process of its own with bounds.

The doors: read(path, name=...) and, for what somebody pastes into a field, read_pasted(text). Both give a Reading or
raise UnreadableFile, whatever they are given.
"""

import os
from collections.abc import Callable
from pathlib import Path

from legal_docs.structure.tree import block_from_json

from .isolation import in_worker, unwatched
from .limits import IN_QUEUE, Limits
from .outcome import Reading, UnreadableFile
from .pasted import blocks_of_pasted
from .progress import Progress
from .wording import remark_sentence

__all__ = ["IN_QUEUE", "Limits", "Progress", "Reading", "UnreadableFile", "read", "read_pasted"]

DEFAULT_LIMITS = Limits()


def read(
    path: str | os.PathLike,
    *,
    name: str = "",
    limits: Limits = DEFAULT_LIMITS,
    watch: Callable[[Progress | None], None] = unwatched,
) -> Reading:
    """Return the text of a file; raise UnreadableFile, whose text tells a clerk what to do.

    `name` is what the file was called by whoever uploaded it; a name that lies is told in the remarks. `watch` is
    called every other second with how far it is; what it raises ends the reading.
    """
    task = {"task": "read", "path": str(Path(path).absolute()), "name": name}
    found = in_worker(task, limits, watch)
    return Reading(
        blocks=tuple(map(block_from_json, found["blocks"])),
        source=found["source"],
        media_type=found["media_type"],
        pages=found["pages"],
        remarks=tuple(remark_sentence(about, facts) for about, facts in found["remarks"]),
    )


def read_pasted(text: str) -> Reading:
    """Return the blocks of a text, or of HTML, that was pasted into a field; raise UnreadableFile where it is empty."""
    blocks, remarks = blocks_of_pasted(text)
    if not blocks:
        raise UnreadableFile("no_text")
    sentences = tuple(remark_sentence(each.about, dict(each.facts)) for each in remarks)
    return Reading(blocks, "pasted", "text/plain", None, sentences)
