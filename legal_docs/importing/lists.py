"""Opens a list of documents, alone or in a zip with its files, and knows its format by its bytes."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.importing.jsonl import read_jsonl
from core.importing.refusals import BrokenFile, RowError

from .members import checked_zip, plain_name, unpack
from .records import SuppliedFile
from .sheets import read_xlsx
from .tables import LONGEST_LINE, read_csv

_ENDINGS = (".jsonl", ".ndjson", ".csv", ".tsv", ".xlsx")
_XLSX_MEMBER = "xl/workbook.xml"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


class DocumentList:
    """A list that is open: its rows, and the files that came with it. Use with `with`."""

    def __init__(self, path: Path):
        self._path, self._stack = path, ExitStack()
        self._archive, self._members, self._unpacked = None, {}, []

    def __enter__(self):
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="import-")))
        try:
            self._file = self._stack.enter_context(self._path.open("rb"))
            self._read = self._reader(self._file)
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *error):
        self._stack.close()

    def rows(self) -> Iterator[tuple[int, dict | RowError]]:
        """Yield (line, fields by heading), or the error in their place; may be asked again from the beginning."""
        self._file.seek(0)
        return self._read(self._file)

    def mark_of(self, name: str) -> str:
        """Return what changes when a file does, without unpacking it; empty for one that did not come with the list."""
        member = self._members.get(plain_name(name))
        return f"{name} {member.CRC:08x} {member.file_size}" if member else ""

    def unpack(self, name: str) -> SuppliedFile:
        """Return a file that a row names, unpacked; raise RowError if it did not come with the list."""
        member = self._members.get(plain_name(name))
        if member is None:
            raise RowError(_("the file “%(name)s” did not come with the list") % {"name": name[:100]})
        place = self._folder / hashlib.sha256(member.filename.encode()).hexdigest()
        if place not in self._unpacked:
            try:
                unpack(self._archive, member, place)
            except BrokenFile as error:
                raise RowError(str(error)) from error
            self._unpacked.append(place)
        return SuppliedFile(place, PurePosixPath(name.replace("\\", "/")).name)

    def forget_unpacked(self, but: int) -> None:
        """Remove the oldest of the files that were unpacked, so that the disk does not fill up with all of them."""
        while len(self._unpacked) > but:
            self._unpacked.pop(0).unlink(missing_ok=True)

    def _reader(self, file: BinaryIO) -> Callable[[BinaryIO], Iterator]:
        head = file.read(65_536)
        file.seek(0)
        if head.startswith(b"PK\x03\x04") and not _is_workbook(file):
            return self._reader(self._open_archive(file))
        return _reader_of(head)

    def _open_archive(self, file):
        self._archive = self._stack.enter_context(checked_zip(file))
        files = [
            member
            for member in self._archive.infolist()
            if not member.is_dir() and not _is_of_the_system(member.filename)
        ]
        lists = [
            member for member in files if member.filename.lower().endswith(_ENDINGS) and "/" not in member.filename
        ]
        if len(lists) != 1:
            raise BrokenFile(
                _("the archive needs one list (JSONL, CSV or XLSX) at its top; found: %(names)s")
                % {"names": ", ".join(one.filename for one in lists[:5]) or "-"}
            )
        self._members = {plain_name(member.filename): member for member in files if member is not lists[0]}
        place = self._folder / "list"
        unpack(self._archive, lists[0], place)
        self._file = self._stack.enter_context(place.open("rb"))
        return self._file


def _is_of_the_system(name):
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in (".DS_Store", "Thumbs.db")


def _is_workbook(file):
    try:
        with zipfile.ZipFile(file) as archive:
            return _XLSX_MEMBER in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BrokenFile(_("the archive is damaged: %(problem)s") % {"problem": error}) from error
    finally:
        file.seek(0)


def _reader_of(head):
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK"):
        return read_xlsx
    if head.startswith(_OLD_WORKBOOK):
        raise BrokenFile(_("this is an old Excel workbook (.xls); save it as .xlsx or “CSV UTF-8”"))
    if head.startswith(b"%PDF"):
        raise BrokenFile(_("this is a PDF, not a list of documents"))
    if plain.startswith(b"{"):
        return partial(read_jsonl, longest=LONGEST_LINE)
    if plain.startswith(b"["):
        raise BrokenFile(_("this is one JSON list; JSON Lines have one object on each line"))
    if not plain:
        raise BrokenFile(_("the file is empty"))
    return read_csv
