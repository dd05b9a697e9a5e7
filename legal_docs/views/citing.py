"""Lists below the reader's page: who cites a document or one of its articles, and all relations of a kind."""

import re

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from core.paging import ListPage, page_number
from legal_docs.enums import RelationKind
from legal_docs.presenting.citing import PER_PAGE, citing_documents
from legal_docs.presenting.facts import metadata_of
from legal_docs.presenting.places import name_of
from legal_docs.presenting.relations import Related, all_incoming, all_outgoing, related

from .finding import of_document

_EID = re.compile(r"[a-z0-9_]{1,120}")


@require_safe
@gzip_page
@of_document
def show_citing(request, document):
    """Show who cites a document; ?dieu=art_5 narrows it to an article."""
    article = request.GET.get("dieu", "")
    article = article if _EID.fullmatch(article) else ""
    context = _context(request, document) | {
        "article": article,
        "article_name": name_of(article),
        "page_obj": citing_documents(document, article, request.GET.get("trang")),
    }
    return render(request, "legal_docs/citing.html", context)


@require_safe
@gzip_page
@of_document
def show_relations(request, document):
    """Show all documents to which a document has one relation, or that have it to it."""
    if request.GET.get("loai") not in RelationKind.values:
        raise Http404
    kind = RelationKind(request.GET["loai"])
    is_incoming = request.GET.get("chieu") == "den"
    found = (all_incoming if is_incoming else all_outgoing)(document, kind)
    count = found.count()
    num_pages = max(1, -(-count // PER_PAGE))
    number = page_number(request.GET.get("trang"), num_pages)
    shown = found.select_related("source", "target")[(number - 1) * PER_PAGE : number * PER_PAGE]
    items = [Related(one.source.number, one.source) if is_incoming else related(one) for one in shown]
    context = _context(request, document) | {
        "words": kind.inverse if is_incoming else kind.label,
        "page_obj": ListPage([item for item in items if item], number, num_pages, count),
    }
    return render(request, "legal_docs/relations.html", context)


def _context(request, document):
    address = document.get_absolute_url()
    return {
        "object": document,
        "metadata": metadata_of(document),
        "trail": [*request.portal.trail(address), (document.number, address)],
    }
