"""Checks a zip before anything of it is unpacked: what a hostile archive does is refused with the member's name."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.importing.refusals import BrokenFile
from core.text import normalise

MOST_MEMBERS = 50_000
LARGEST_MEMBER = 100_000_000
LARGEST_SUM = 20_000_000_000
# XML packs 20 : 1, a bomb 1000 : 1.
MOST_RATIO, FREE_OF_RATIO = 200, 1_000_000
_ENCRYPTED = 0x1


@contextmanager
def checked_zip(
    file: BinaryIO | Path, *, largest_sum: int = LARGEST_SUM, largest_member: int = LARGEST_MEMBER
) -> Iterator[zipfile.ZipFile]:
    """Yield an archive whose members are bounded and stay inside it; raise BrokenFile for any other."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BrokenFile(_("the archive is damaged: %(problem)s") % {"problem": error}) from error
    with archive:
        _check(archive.infolist(), largest_sum, largest_member)
        yield archive


def _check(members, largest_sum, largest_member):
    if len(members) > MOST_MEMBERS:
        raise BrokenFile(_("the archive has more than %(count)d files") % {"count": MOST_MEMBERS})
    if sum(member.file_size for member in members) > largest_sum:
        raise BrokenFile(_("unpacked, the archive has more than %(size)d MB") % {"size": largest_sum // 1_000_000})
    for member in members:
        problem = _problem(member, largest_member)
        if problem:
            raise BrokenFile(
                _("the archive is not taken, because of “%(name)s”: %(problem)s")
                % {"name": member.filename[:100], "problem": problem}
            )


def _problem(member, largest_member):
    if not is_inside(member.filename):
        return _("the name leads out of the archive")
    if member.flag_bits & _ENCRYPTED:
        return _("the file is encrypted")
    if stat.S_ISLNK(member.external_attr >> 16):
        return _("this is a link, not a file")
    if member.file_size > largest_member:
        return _("it has more than %(size)d MB") % {"size": largest_member // 1_000_000}
    if member.file_size > FREE_OF_RATIO and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        return _("it is packed so tightly that it must be a zip bomb")
    return ""


def is_inside(name: str) -> bool:
    """Say whether a name stays in the folder in which it is meant to be."""
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name and "\x00" not in name


def plain_name(name: str) -> str:
    """Return a member's name in the form in which a list and an archive are compared."""
    return normalise(name.replace("\\", "/").removeprefix("./")).casefold()


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path) -> None:
    """Write a member to a file, no more bytes of it than it says; raise BrokenFile where it is damaged."""
    left = member.file_size
    try:
        with archive.open(member) as packed, place.open("wb") as unpacked:
            while chunk := packed.read(min(1_048_576, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise zipfile.BadZipFile("longer than it says")
                unpacked.write(chunk)
    except Exception as error:
        # zipfile, zlib, bz2 and lzma have errors of their own each, and damaged bytes may raise any of them.
        raise BrokenFile(
            _("“%(name)s” in the archive is damaged: %(problem)s") % {"name": member.filename[:100], "problem": error}
        ) from error
