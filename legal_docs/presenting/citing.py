"""Who cites a document, down to the article: public documents alone, in the texts that are in public."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from django.db.models import Count, QuerySet
from django.utils.translation import ngettext

from core.paging import ListPage, page_number
from legal_docs.models import Citation, LegalDocument

from .places import article_of, name_of

PER_PAGE = 20
# A text that cites another in every line is told by its first places.
_MOST_PLACES = 12
_ARTICLE_LINK = re.compile(r'<a class="law-anchor" href="#((?:att_\w+?__)?art_[^"_]+)"[^>]*>#</a>')


@dataclass(frozen=True)
class CitedBy:
    """How many documents cite a document, and how many citations name each of its articles."""

    documents: int = 0
    citations: int = 0
    by_article: dict[str, int] = field(default_factory=dict)


def citations_of(document: LegalDocument) -> QuerySet[Citation]:
    """Return what other public documents say of a document in their current texts."""
    return Citation.objects.filter(
        target=document, is_self=False, text__is_current=True, text__document__live=True
    ).exclude(text__document=document)


def cited_by(document: LegalDocument) -> CitedBy:
    """Count the citations of a document, in two queries however many they are."""
    if not document.pk:
        return CitedBy()
    found = citations_of(document).order_by()
    rows = found.values_list("target_eid").annotate(Count("pk"))
    by_article = Counter()
    citations = 0
    for eid, count in rows:
        citations += count
        if article := article_of(eid):
            by_article[article] += count
    documents = found.aggregate(count=Count("text", distinct=True))["count"] if citations else 0
    return CitedBy(documents, citations, dict(by_article))


def citations_of_article(document: LegalDocument, eid: str) -> QuerySet[Citation]:
    """Return the citations of an article and of its clauses and points."""
    found = citations_of(document)
    return found.filter(target_eid=eid) | found.filter(target_eid__startswith=f"{eid}__")


def with_counts(html: str, by_article: Mapping[str, int]) -> str:
    """Return the HTML of a text with a link behind the heading of each cited article to those who cite it."""
    if not by_article:
        return html
    return _ARTICLE_LINK.sub(lambda found: found[0] + _link(found[1], by_article.get(found[1], 0)), html)


def _link(eid, count):
    if not count:
        return ""
    words = ngettext("cited %(count)d time", "cited %(count)d times", count) % {"count": count}
    return f' <a class="law-cited" rel="nofollow" href="duoc-dan-chieu/?dieu={eid}">{escape(words)}</a>'


@dataclass
class CitingDocument:
    """A document that cites another one, with where it does so: (place, address of the place, words)."""

    document: LegalDocument
    places: list[tuple[str, str, str]] = field(default_factory=list)
    has_more: bool = False


def citing_documents(document: LegalDocument, article: str, page: str | None) -> ListPage:
    """Return a page of the documents that cite a document, or one of its articles, the newest first."""
    found = (citations_of_article(document, article) if article else citations_of(document)).order_by()
    documents = LegalDocument.objects.live().filter(text__in=found.values("text"))
    count = documents.count()
    num_pages = max(1, -(-count // PER_PAGE))
    number = page_number(page, num_pages)
    start = (number - 1) * PER_PAGE
    shown = list(documents.select_related("issuer").order_by("-issued_on", "-pk")[start : start + PER_PAGE])
    return ListPage(_with_places(shown, found), number, num_pages, count)


def _with_places(documents, found):
    by_text = {document.text_id: CitingDocument(document) for document in documents}
    rows = found.filter(text__in=by_text).order_by("text", "pk").values_list("text", "eid", "words", "target_eid")
    for text, eid, words, _target in rows:
        citing = by_text[text]
        place = (name_of(eid), f"{citing.document.get_absolute_url()}#{eid}" if eid else "", words)
        if place in citing.places:
            continue
        if len(citing.places) < _MOST_PLACES:
            citing.places.append(place)
        else:
            citing.has_more = True
    return list(by_text.values())
