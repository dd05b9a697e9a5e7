"""Opens an import file and knows its format by name or by content."""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.importing.jsonl import read_jsonl
from core.importing.refusals import BrokenFile, RowError

from .feeds import read_atom, read_rss

READERS: dict[str, Callable[[BinaryIO], Iterator[tuple[int, dict | RowError]]]] = {
    "jsonl": read_jsonl,
    "rss": read_rss,
    "atom": read_atom,
}
_SNIFFED = 65_536
# Past the XML declaration, comments and instructions, to the name of the first element.
_ROOT = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*+<(?:[\w.-]+:)?(\w+)", re.DOTALL)


def detect_format(file: BinaryIO) -> str:
    """Return "jsonl", "rss" or "atom" by the first bytes; raises BrokenFile for anything else."""
    head = file.read(_SNIFFED)
    file.seek(0)
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return "jsonl"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    root = _ROOT.match(head)
    found = {b"rss": "rss", b"feed": "atom"}.get(root[1] if root else None)
    if found is None:
        raise BrokenFile(_("this is neither JSON Lines (one object per line) nor RSS 2.0 nor Atom"))
    return found
