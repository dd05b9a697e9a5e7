"""The manifest of a dump: what files it has, how long they are, and by which digest they are known."""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

NAME = "manifest.json"
FORMAT = "cong-khai-legal-docs"
VERSION = 1
LISTS = ("issuers.jsonl", "files.jsonl", "documents.jsonl", "relations.jsonl", "texts.jsonl")
FOLDER_OF_FILES = "files"
_CHUNK = 1_048_576
_MOST_BYTES = 10_000_000


class BrokenDump(Exception):
    """A dump that is not what its manifest says; the message names the file."""


class ListWriter:
    """Writes one list, a line of JSON for each thing, and knows its digest at the end."""

    def __init__(self, path: Path):
        self._path, self._digest = path, hashlib.sha256()
        self.count = self.size = 0

    def __enter__(self):
        self._file = self._path.open("wb")
        return self

    def __exit__(self, *error):
        self._file.close()

    def add(self, thing: dict) -> None:
        line = json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        self._file.write(line)
        self._digest.update(line)
        self.count += 1
        self.size += len(line)

    def entry(self) -> dict:
        """Return what the manifest says of the list."""
        return {"sha256": self._digest.hexdigest(), "bytes": self.size, "count": self.count}


def path_of_file(folder: Path, sha256: str) -> Path:
    """Return where a dump has the bytes of a file."""
    return folder / FOLDER_OF_FILES / sha256[:2] / sha256


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_lines(path: Path) -> Iterator[dict]:
    """Yield the things of a list whose digest was checked."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def verify(folder: Path) -> dict:
    """Return the manifest of a dump whose every byte is as it says; raise BrokenDump that names what is not."""
    manifest = _read(folder)
    lists = manifest.get("lists")
    if not isinstance(lists, dict) or set(lists) != set(LISTS):
        raise BrokenDump(_("%(file)s does not name the lists %(lists)s") % {"file": NAME, "lists": ", ".join(LISTS)})
    for name in LISTS:
        _check(folder / name, name, lists[name])
    for entry in read_lines(folder / "files.jsonl"):
        if not re.fullmatch(r"[0-9a-f]{64}", str(entry.get("sha256"))):
            raise BrokenDump(_("%(file)s names a file by what is no SHA-256") % {"file": "files.jsonl"})
        path = path_of_file(folder, entry["sha256"])
        _check(path, path.relative_to(folder), entry)
    return manifest


def _read(folder):
    path = folder / NAME
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        raise BrokenDump(
            _("%(folder)s has no %(file)s: it is no dump, or one that was not finished")
            % {"folder": folder, "file": NAME}
        )
    try:
        manifest = json.loads(path.read_bytes())
    except ValueError as error:
        raise BrokenDump(_("%(file)s cannot be read: %(problem)s") % {"file": NAME, "problem": error}) from error
    if not isinstance(manifest, dict) or (manifest.get("format"), manifest.get("version")) != (FORMAT, VERSION):
        raise BrokenDump(_("%(file)s is of another format or version") % {"file": NAME})
    return manifest


def _check(path, name, entry):
    if not path.is_file():
        raise BrokenDump(_("%(file)s is missing") % {"file": name})
    if path.stat().st_size != entry["bytes"]:
        raise BrokenDump(
            _("%(file)s has %(size)d bytes, not %(wanted)d as the manifest says")
            % {"file": name, "size": path.stat().st_size, "wanted": entry["bytes"]}
        )
    if digest_of(path) != entry["sha256"]:
        raise BrokenDump(_("%(file)s was changed: its SHA-256 is not the one that the manifest says") % {"file": name})


@contextmanager
def finished_folder(folder: Path) -> Iterator[Path]:
    """Yield a folder to write into that gets its name when all is in it; raise FileExistsError if the name is taken."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    part = folder.with_name(f"{folder.name}.part")
    if part.exists():
        raise FileExistsError(part)
    part.mkdir(parents=True)
    yield part
    if folder.exists():
        folder.rmdir()
    part.rename(folder)
