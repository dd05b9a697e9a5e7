"""Who cites a document, down to the article: public documents alone, in the texts that are in public."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from django.db.models import Count, QuerySet
from django.utils.translation import ngettext

from legal_docs.models import Citation, LegalDocument

from .places import article_of

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
