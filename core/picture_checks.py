"""What may become a picture: judged by its bytes, never by its name, and before a pixel is decoded."""

import struct
import warnings
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

# Pillow's name of a format -> the file endings it may carry.
FORMATS = {
    "JPEG": {".jpg", ".jpeg"},
    "MPO": {".jpg", ".jpeg"},
    "PNG": {".png"},
    "WEBP": {".webp"},
    "AVIF": {".avif"},
    "GIF": {".gif"},
}
# Pillow opens an MPO (a JPEG of several pictures) as JPEG first; asked for MPO it stops with a KeyError.
_OPENED = [kind for kind in FORMATS if kind != "MPO"]
# What Pillow raises for bytes that are not what they say.
_DAMAGE = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, LookupError, OverflowError, RuntimeError,
    struct.error,
)  # fmt: skip
_MARKUP = (b"<svg", b"<html", b"<!doctype", b"<script", b"<?xml")


def check_picture(file: BinaryIO, name: str | None = None) -> str:
    """Return the format of a picture we accept; otherwise raise a ValidationError that says why not.

    The file is left at its beginning. Its size is judged by the header: 25 megapixels of decoded colour take 100 MB,
    and a 128-megapixel PNG of half a megabyte held a server for 13 seconds. Only then is the rest looked through.
    """
    name = name or getattr(file, "name", "") or ""
    file.seek(0)
    try:
        head = file.read(512).lower()
        if any(mark in head for mark in _MARKUP):
            raise ValidationError(
                _(
                    "This is a drawing or a web page with markup (SVG, HTML), which could carry a script."
                    " Save it as PNG or JPEG."
                ),
                code="markup",
            )
        file.seek(0)
        kind, (width, height) = _read_header(file)
        _check_name(kind, name)
        _check_pixels(width * height)
        file.seek(0)
        _check_whole(file, kind)
    finally:
        file.seek(0)
    return kind


def _check_name(kind, name):
    if PurePath(name).suffix.lower() not in FORMATS[kind]:
        raise ValidationError(
            _("The content is %(kind)s, but the name “%(name)s” says otherwise. Rename the file."),
            code="wrong_name",
            params={"kind": kind, "name": PurePath(name).name},
        )


def _check_pixels(pixels):
    limit = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if pixels > limit:
        raise ValidationError(
            _("The picture has %(pixels)d megapixels; at most %(limit)d are accepted. Make it smaller first."),
            code="too_many_pixels",
            params={"pixels": round(pixels / 1e6), "limit": limit // 1_000_000},
        )


def _read_header(file):
    try:
        with warnings.catch_warnings():
            # Our own limit is checked by the caller, with words for the editor.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=_OPENED) as picture:
                return picture.format, picture.size
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _("The picture has far too many pixels. Make it smaller first."), code="too_many_pixels"
        ) from error
    except _DAMAGE as error:
        raise _not_a_picture() from error


def _check_whole(file, kind):
    """Refuse a picture that breaks off: its sizes could never be made."""
    try:
        with Image.open(file, formats=_OPENED) as picture:
            if kind == "PNG":
                # The checksums tell, without decoding.
                picture.verify()
                return
            # A JPEG is read at an eighth of its size: all of its data, a sixty-fourth of the memory.
            picture.draft("RGB", (1, 1))
            picture.load()
    except _DAMAGE as error:
        raise _not_a_picture() from error


def _not_a_picture():
    return ValidationError(
        _("This is not a picture in JPEG, PNG, WebP, AVIF or GIF, or it is damaged."), code="not_a_picture"
    )
