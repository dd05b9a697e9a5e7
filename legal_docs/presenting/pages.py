"""Everything on the reader's page of a document, found in a number of queries that does not depend on its length."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString

from core.days import read_day
from legal_docs.enums import RelationKind, Status
from legal_docs.models import Attachment, LegalDocument, Relation, Text
from legal_docs.services.rendering import html_of
from legal_docs.services.validity import spans_of_draft

from . import marking
from .citing import CitedBy, cited_by
from .contents import Entry, as_html, contents_of
from .files import DocumentFile, files_of, public_address
from .history import Band, Event, band_of, events_of
from .properties import Property, properties_of
from .relations import Group, incoming, incoming_groups, outgoing_groups
from .standing import Standing, standing_on
from .versions import earlier_texts

_MOST_CITED = 24


@dataclass(frozen=True)
class Asked:
    """What a visitor asked of the page: a day (?ngay=), words to mark (?tim=)."""

    day: date | None = None
    is_no_day: bool = False
    query: str = ""

    @classmethod
    def from_query(cls, query) -> "Asked":
        text = (query.get("ngay") or "").strip()
        day = read_day(text)
        return cls(day, bool(text) and day is None, marking.query_from(query.get("tim")))


@dataclass(frozen=True)
class ReadersPage:
    """What the page shows; templates ask for nothing else."""

    document: LegalDocument
    standing: Standing
    asked: Asked
    answer: Standing | None
    properties: list[Property]
    files: list[DocumentFile]
    relations: list[Relation]
    outgoing: list[Group]
    incoming: list[Group]
    amended_by: list[Relation]
    events: list[Event]
    band: Band | None
    contents: list[Entry]
    contents_html: SafeString
    cited: CitedBy
    versions: list[Text]
    marked: marking.Marked | None

    @property
    def address(self) -> str:
        """The path of the page; of a new document in its preview, which has none yet, the page itself."""
        return self.document.get_absolute_url() if self.document.slug else ""

    @property
    def most_cited(self) -> list[tuple[str, int]]:
        """The articles that are cited most, with the number of citations."""
        return sorted(self.cited.by_article.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST_CITED]

    @property
    def html(self) -> str:
        """The text; not escaped again, since legal_docs.structure.html has escaped all of it."""
        if self.marked is not None:
            return self.marked.html
        return html_of(self.document.text) if self.document.text_id else ""


def readers_page(
    document: LegalDocument,
    asked: Asked,
    today: date | None = None,
    *,
    is_draft: bool = False,
    address_of_file: Callable[[Attachment], str] = public_address,
) -> ReadersPage:
    """Find everything on the page of a document, a draft's too; what others do to it is told only if it is public."""
    today = today or timezone.localdate()
    own = list(document.relations.all().select_related("target__owner__site"))
    relations = incoming(document)
    changes = {relation.pk: relation for relation in relations}
    # Those stored follow from what is public; an approver must see what follows from the dates of the draft.
    spans = spans_of_draft(document) if is_draft else list(document.spans.all())
    standing = standing_on(today, spans, changes)
    events = events_of(document, _first_day(spans), relations, today)
    cited = cited_by(document)
    contents = contents_of(document.text)
    return ReadersPage(
        document=document,
        standing=standing,
        asked=asked,
        answer=standing_on(asked.day, spans, changes) if asked.day else None,
        properties=properties_of(document, standing),
        files=files_of(document, address_of_file),
        relations=own,
        outgoing=outgoing_groups(own),
        incoming=incoming_groups(relations),
        amended_by=[relation for relation in relations if relation.kind == RelationKind.AMENDS],
        events=events,
        band=band_of(spans, events, today),
        contents=contents,
        contents_html=as_html(contents, cited.by_article),
        cited=cited,
        versions=earlier_texts(document),
        marked=marking.mark(html_of(document.text), asked.query) if asked.query and document.text_id else None,
    )


def _first_day(spans):
    """The first day in force, as dates and relations give it."""
    waiting = (Status.NOT_YET_IN_FORCE, Status.UNKNOWN)
    return next((span.since for span in spans if span.status not in waiting and span.since != date.min), None)
