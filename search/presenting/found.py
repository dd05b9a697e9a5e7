"""A found thing as a page lists it: where it is read, what it is, and where in it the words stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from core.text import shorten
from legal_docs.enums import Status
from legal_docs.presenting.places import name_of
from search.database.store import Shown
from search.engine import Passage
from search.enums import Facet, Kind
from sites.portals import Portal

from .marking import Marker
from .names import Names

# The frame of a document's whole text on its page, for passages without an address of their own.
_WHOLE_TEXT = "toan-van"
# As legal_docs.presenting.marking reads them.
_LONGEST_MARKED, _SHORTEST_MARKED = 100, 2
_LONGEST_SUMMARY = 320


@dataclass(frozen=True)
class FoundPassage:
    """A part of a thing in which words were found: its title, a piece of it, its own address."""

    title: SafeString | str
    snippet: SafeString
    address: str


@dataclass(frozen=True)
class Found:
    """A found thing. Titles and pieces of text are escaped, with what was wanted marked.

    `origin` names the agency on whose portal it is read, "" on this one.
    """

    kind: Kind
    title: SafeString
    address: str
    summary: SafeString | str = ""
    status: Status | None = None
    day: date | None = None
    facts: list[str] = field(default_factory=list)
    origin: str = ""
    passages: list[FoundPassage] = field(default_factory=list)

    @property
    def is_document(self) -> bool:
        return self.kind == Kind.DOCUMENT

    @property
    def kind_name(self) -> str:
        return capfirst(str(self.kind.label))


def found_things(shown: Iterable[Shown], names: Names, portal: Portal, marker: Marker) -> list[Found]:
    """Return things as a page of a portal lists them; what can be read nowhere is left out."""
    lines = [(one, names.address_of(one.thing, portal)) for one in shown]
    return [_found(one, address, names, portal, marker) for one, address in lines if address]


def _found(shown, address, names, portal, marker):
    thing = shown.thing
    is_document = thing.kind == Kind.DOCUMENT
    pieces = [_piece(passage, address, marker, is_document) for passage in shown.passages]
    titled = [piece for piece in pieces if piece.title]
    summary = marker.mark(shorten(thing.summary, _LONGEST_SUMMARY))
    # A news item has no parts with titles: of it the piece is shown in which the words stand, if they do.
    if not titled and not is_document and pieces and not marker.has(thing.summary):
        summary = pieces[0].snippet
    return Found(
        kind=thing.kind,
        title=marker.mark(thing.title),
        address=address,
        summary=summary,
        status=_status(thing),
        day=thing.day,
        facts=names.all_of(Facet.ISSUER, thing.facets.get(Facet.ISSUER, ())),
        origin="" if portal.agency.pk in thing.places else names.owner_of(thing),
        passages=titled if titled or not is_document else pieces,
    )


def _status(thing):
    value = next(iter(thing.facets.get(Facet.STATUS, ())), "")
    return Status(value) if value in Status.values else None


def _piece(passage: Passage, address, marker, is_document):
    snippet = marker.snippet(passage.text)
    title = ". ".join(part for part in (_label(passage), passage.heading.strip()) if part)
    query = ""
    if is_document and len(snippet.words) >= _SHORTEST_MARKED:
        query = f"?{urlencode({'tim': snippet.words[:_LONGEST_MARKED]})}"
    anchor = passage.anchor or (_WHOLE_TEXT if is_document else "")
    return FoundPassage(marker.mark(title), snippet.html, f"{address}{query}{'#' if anchor else ''}{anchor}")


def _label(passage):
    label = passage.label.strip(" .")
    # "1." of a text without articles says nothing where it stands alone.
    return label if any(letter.isalpha() for letter in label) else capfirst(name_of(passage.anchor)) or label
