"""Makes a row ready to be written: body in blocks, pictures at hand, summary cut to size."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from core.text import shorten
from home.models import NewsPage

from .cleaning import Piece, first_sentences, pieces_of
from .links import base_of, resolve
from .pictures import FoundPicture, PictureFinder, PictureMissing
from .records import Row, SourcePicture

MAX_CAPTION = 250
# A summary cut from the body is as long as editors make it.
_CUT_SUMMARY = 300
# One article's pictures are in memory together.
_MAX_BYTES = 100_000_000
_SHOWN = 80


@dataclass
class Prepared:
    """What will be written; pictures that could not be had are missing, with the reason in the notes."""

    summary: str
    pieces: list[Piece]
    lead: SourcePicture | None = None
    found: dict[str, FoundPicture] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def prepare(row: Row, finder: PictureFinder, portal_url: str) -> Prepared:
    """Return the row's body, pictures and summary, ready to be written in a short transaction."""
    pieces = pieces_of(row.body, lambda href: resolve(href, row.url, portal_url))
    lead, pieces = _take_lead(row, _describe(pieces, row.pictures))
    summary, notes = _summary(row, pieces)
    prepared = Prepared(summary, pieces, lead, notes=notes)
    _find_pictures(prepared, finder, base_of(row.url, portal_url))
    return prepared


def _describe(pieces, listed):
    """Give the pictures in the body what the list of pictures says about them."""
    by_src = {picture.src: picture for picture in listed}
    described = []
    for kind, value in pieces:
        known = by_src.get(value.src) if kind == "picture" else None
        if known:
            value = replace(value, alt=known.alt or value.alt, caption=known.caption or value.caption)
        described.append((kind, value))
    return described


def _take_lead(row, pieces):
    """The first picture of the list leads, else the first of the body; the others of the list follow the body."""
    in_body = [value for kind, value in pieces if kind == "picture"]
    lead = row.pictures[0] if row.pictures else (in_body[0] if in_body else None)
    if lead is None:
        return None, pieces
    placed = {picture.src for picture in in_body} | {lead.src}
    more = [("picture", picture) for picture in row.pictures if picture.src not in placed]
    described = next((picture for picture in in_body if picture.src == lead.src), lead)
    # It is shown once, above the text.
    rest = [piece for piece in pieces if piece[0] != "picture" or piece[1].src != lead.src]
    return described, [*_joined(rest), *more]


def _joined(pieces):
    """Make one text of two that only a picture kept apart."""
    joined = []
    for kind, value in pieces:
        if kind == "text" and joined and joined[-1][0] == "text":
            joined[-1] = ("text", joined[-1][1] + value)
        else:
            joined.append((kind, value))
    return joined


def _summary(row, pieces):
    limit = NewsPage._meta.get_field("summary").max_length
    if not row.summary:
        return shorten(first_sentences(pieces) or row.title, _CUT_SUMMARY), []
    if len(row.summary) > limit:
        return shorten(row.summary, limit), [_("the summary was cut to %(limit)d letters") % {"limit": limit}]
    return row.summary, []


def _find_pictures(prepared, finder, base):
    wanted = [prepared.lead] if prepared.lead else []
    wanted += [value for kind, value in prepared.pieces if kind == "picture"]
    size = 0
    for picture in wanted:
        if picture.src in prepared.found or _key(picture.src) in prepared.missing:
            continue
        try:
            if size > _MAX_BYTES:
                raise PictureMissing(_("the pictures of this article are too large together"))
            found = prepared.found[picture.src] = finder.find(picture.src, base)
            size += len(found.content)
        except PictureMissing as error:
            prepared.missing.append(_key(picture.src))
            prepared.notes.append(
                _("picture “%(src)s” left out: %(reason)s") % {"src": _shown(picture.src), "reason": error}
            )


def _key(src):
    """A missing picture as the log keeps it; the bytes of a broken data: address need not be kept."""
    return src if not src.lower().startswith("data:") else src[:_SHOWN]


def _shown(src):
    return src if len(src) <= _SHOWN else src[: _SHOWN - 1] + "…"
