"""Finds the bytes of a picture that an article names: in a folder, in the address itself, or on an allowed host."""

import base64
import binascii
import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.picture_checks import check_picture
from core.text import slugify

from .downloads import Downloader, DownloadError

# Pillow's name of a format -> the ending we give it.
_ENDINGS = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif", "GIF": ".gif"}
_MAX_NAME = 60


class PictureMissing(Exception):
    """The picture cannot be had; the message says why, the article comes in without it."""


@dataclass(frozen=True)
class FoundPicture:
    """A picture that passed all checks, with a file name that tells its true format."""

    name: str
    content: bytes


class PictureFinder:
    """Looks for pictures where the operator allows; remembers what could not be had."""

    def __init__(self, folder: Path | None = None, hosts=()):
        self.folder = folder.resolve() if folder else None
        self.downloader = Downloader(hosts)
        self._by_name = None
        self._missing = {}

    def find(self, src: str, base: str) -> FoundPicture:
        """Return the picture behind a source; a relative one stands below `base`. Raises PictureMissing."""
        if src.lower().startswith("data:"):
            return _checked(_from_data(src), "hinh")
        address = _join(base, src)
        if address in self._missing:
            raise PictureMissing(self._missing[address])
        try:
            return _checked(*self._read(src, address))
        except PictureMissing as error:
            self._missing[address] = str(error)
            raise

    def has(self, src: str, base: str) -> bool:
        """Say whether a picture can be had."""
        try:
            self.find(src, base)
        except PictureMissing:
            return False
        return True

    def _read(self, src, address):
        path = self._in_folder(src)
        if path is not None:
            return _from_file(path), path.name
        if self.downloader.allows(address):
            try:
                return self.downloader.fetch(address), PurePosixPath(unquote(urlsplit(address).path)).name
            except DownloadError as error:
                raise PictureMissing(str(error)) from error
        if self.folder is None and not self.downloader.hosts:
            raise PictureMissing(_("neither --pictures nor --picture-host is given"))
        if self.folder is None:
            raise PictureMissing(_("its host is not allowed (--picture-host)"))
        raise PictureMissing(_("it is not in the folder"))

    def _in_folder(self, src):
        if self.folder is None:
            return None
        try:
            relative = unquote(urlsplit(src).path).replace("\\", "/").lstrip("/")
        except ValueError:
            return None
        if not relative or "\x00" in relative:
            return None
        try:
            whole = (self.folder / relative).resolve()
            if whole.is_relative_to(self.folder) and whole.is_file():
                return whole
        except OSError:
            # A name that no file system can hold.
            return None
        return self._named(PurePosixPath(relative).name)

    def _named(self, name):
        """The one file of this name anywhere in the folder; of two, nobody could say which is meant."""
        if self._by_name is None:
            self._by_name = {}
            for folder, _folders, files in os.walk(self.folder):
                for file in files:
                    path = Path(folder, file)
                    if not path.is_symlink():
                        self._by_name[file] = None if file in self._by_name else path
        return self._by_name.get(name)


def _join(base, src):
    try:
        return urljoin(base, src)
    except ValueError:
        return src


def _from_file(path):
    try:
        if path.stat().st_size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
            raise PictureMissing(_too_large())
        return path.read_bytes()
    except OSError as error:
        raise PictureMissing(_("the file cannot be read: %(problem)s") % {"problem": error.strerror}) from error


def _from_data(src):
    head, _comma, data = src.partition(",")
    try:
        if head.rstrip().lower().endswith(";base64"):
            return base64.b64decode("".join(unquote(data).split()), validate=True)
        return unquote_to_bytes(data)
    except (binascii.Error, ValueError) as error:
        raise PictureMissing(_("its data: address is broken")) from error


def _checked(content, name):
    """Let core judge the bytes, under a name whose ending is the true one: old portals mixed PNG and JPEG up."""
    if len(content) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise PictureMissing(_too_large())
    try:
        kind = check_picture(BytesIO(content), name)
    except ValidationError as error:
        kind = (error.error_list[0].params or {}).get("kind")
        if error.error_list[0].code != "wrong_name" or kind not in _ENDINGS:
            raise PictureMissing(" ".join(error.messages)) from error
        _check_as(content, kind)
    stem = slugify(PurePosixPath(name).stem, _MAX_NAME) or "hinh"
    return FoundPicture(stem + _ENDINGS[kind], content)


def _check_as(content, kind):
    try:
        check_picture(BytesIO(content), f"hinh{_ENDINGS[kind]}")
    except ValidationError as error:
        raise PictureMissing(" ".join(error.messages)) from error


def _too_large():
    return _("it is larger than %(limit)d MB") % {"limit": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // 1_048_576}
