"""Checks the fields of a row and makes them one form, whichever reader they come from."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from core.importing.refusals import RowError
from core.importing.texts import check_letters, text_field
from core.text import normalise
from home.models import NewsPage

from .dates import read_time
from .plain import plain_line
from .records import Row, SourcePicture

TEXTS = ("title", "time", "summary", "body", "source_name", "source_url", "author", "url", "guid")
MAX_PICTURES = 50
MAX_URL = 2_000
# Letters that no reader sees and no XML may hold; tabs and line ends stay.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_check_url = URLValidator(schemes=["http", "https"])


def read_row(fields: dict) -> Row:
    """Return the checked row; raises RowError with the first thing that is wrong."""
    texts = {name: text_field(fields, name) for name in TEXTS}
    title = plain_line(texts["title"])
    if not title:
        raise RowError(_("the title is missing"))
    source_url, notes = _source_url(texts["source_url"])
    return Row(
        title=_fitting(title, "title"),
        time=read_time(texts["time"]),
        summary=plain_line(texts["summary"]),
        body=_CONTROL.sub(" ", normalise(texts["body"])),
        sections=_sections(fields.get("section")),
        source_name=_fitting(plain_line(texts["source_name"]), "source_name"),
        source_url=source_url,
        author=_fitting(plain_line(texts["author"]), "author_initials"),
        url=_address(texts["url"]),
        guid=plain_line(texts["guid"]),
        pictures=_pictures(fields.get("pictures")),
        notes=notes,
    )


def _fitting(text, field_name):
    limit = NewsPage._meta.get_field(field_name).max_length
    if len(text) > limit:
        raise RowError(
            _("“%(name)s” has %(length)d letters; at most %(limit)d fit")
            % {"name": field_name, "length": len(text), "limit": limit}
        )
    return text


def _address(text):
    text = text.strip()
    if len(text) > MAX_URL:
        raise RowError(_("the old address is longer than %(limit)d letters") % {"limit": MAX_URL})
    return text


def _source_url(text):
    text = text.strip()
    if not text:
        return "", ()
    try:
        _check_url(text)
    except ValidationError:
        return "", (_("the source's address is no web address and was left out"),)
    return _fitting(text, "source_url"), ()


def _sections(value):
    names = [value] if isinstance(value, str) else value or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise RowError(_("“%(name)s” must be text") % {"name": "section"})
    for name in names:
        check_letters(name, "section")
    return tuple(filter(None, (plain_line(name) for name in names)))


def _pictures(value):
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise RowError(_("“pictures” must be a list of {src, alt, caption}"))
    if len(value) > MAX_PICTURES:
        raise RowError(_("more than %(limit)d pictures") % {"limit": MAX_PICTURES})
    pictures = []
    for entry in value:
        src = text_field(entry, "src").strip()
        if not src:
            raise RowError(_("a picture has no “src”"))
        pictures.append(
            SourcePicture(src, plain_line(text_field(entry, "alt")), plain_line(text_field(entry, "caption")))
        )
    return tuple(pictures)
