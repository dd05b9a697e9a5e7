"""Lists of documents: as a page, as feeds and as tables; below a section of the page tree or by themselves."""

from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from core.feeds import FEEDS
from core.spreadsheets import XLSX
from legal_docs.feeds import DocumentFeed
from legal_docs.listing.filters import Filters
from legal_docs.listing.lists import list_context
from legal_docs.listing.searching import MAX_LENGTH, find
from legal_docs.listing.sections import Section
from legal_docs.listing.tables import as_csv, as_workbook, rows

from .finding import page_of_tree

FORMS = (*FEEDS, "csv", "xlsx")


@require_safe
@gzip_page
def document_list(request, form=""):
    """Answer at /van-ban/: the section of the page tree, or the list alone where editors have put that elsewhere."""
    words = " ".join(request.GET.get("q", "").split())[:MAX_LENGTH]
    if words and not form:
        return _search(request, words)
    try:
        return page_of_tree(request)
    except Http404:
        section = _by_itself()
        if form:
            return serve_form(request, section, form)
        return render(request, "legal_docs/list.html", {"documents": list_context(request, section)})


def _by_itself():
    return Section(_("Legal documents"), "", reverse("legal_documents"))


def serve_form(request, section: Section, form: str):
    """Answer with the list of a section as a feed or a table, under the filters of the address."""
    filters = Filters.from_query(request.GET, section.base)
    if form in FEEDS:
        return DocumentFeed(section, filters, form)(request)
    table = rows(request.agency, filters, request.portal.address)
    name = f"van-ban-{request.agency.code}"
    if form == "csv":
        response = StreamingHttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    return FileResponse(as_workbook(table), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _search(request, words):
    """Lead to the document of a number, show those that a beginning means, or hand the words on to the search."""
    found = find(request.agency, words)
    if len(found) == 1:
        return HttpResponseRedirect(found[0].get_absolute_url())
    if not found:
        return HttpResponseRedirect(f"{reverse('search')}?{urlencode({'q': words, 'nhom': 'document'})}")
    return render(request, "legal_docs/found.html", {"words": words, "documents": found})
