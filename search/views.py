"""The search: its page, what is offered while somebody types, feeds, tables, and how browsers find it."""

import logging
from itertools import chain

from django.http import FileResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from core.spreadsheets import XLSX
from core.text import shorten

from .asking import PROVINCE, SCOPE, TEXT, Asked
from .engine import EngineFailed
from .feeds import SearchFeed
from .presenting.pages import results_page, start_page
from .presenting.suggesting import suggestions
from .presenting.tables import as_csv, as_workbook, rows
from .services.answering import leafed_through
from .services.counting import count

logger = logging.getLogger(__name__)
# After an engine has failed; a caller that asks at once makes it no better.
_RETRY_AFTER = 30


def _or_say_so(view):
    """Answer in words, with a 503, where no engine can answer."""

    def answer(request, **words):
        asked = Asked.from_query(request.GET)
        try:
            return view(request, asked, **words)
        except EngineFailed:
            logger.exception("No engine answers a search")
            context = {"asked": asked, "root": reverse("search")}
            response = render(request, "search/no_answer.html", context, status=503)
            response["Retry-After"] = _RETRY_AFTER
            return response

    return answer


@require_safe
# Nothing secret stands in a public page, so compressing it gives nothing away (BREACH).
@gzip_page
@_or_say_so
def search(request, asked):
    """Answer a search on this portal or in the whole province; the address holds all of it."""
    root = reverse("search")
    if asked.is_empty:
        return render(request, "search/start.html", {"start": start_page(request.portal, asked), "root": root})
    page = results_page(request.portal, asked)
    if asked.text and asked.page == 1 and request.method == "GET":
        caller = request.headers.get("User-Agent", "")
        count(request.agency.pk, timezone.localdate(), asked.text, has_nothing=not page.count, caller=caller)
    context = {"results": page, "root": root, "page_query": page.asked.query.removeprefix("?")}
    return render(request, "search/results.html", context)


@require_safe
@cache_control(public=True, max_age=60)
def suggest(request):
    """Answer with what the typed letters may become."""
    is_provincial = request.GET.get(SCOPE) == PROVINCE
    found = suggestions(request.portal, request.GET.get(TEXT, ""), is_provincial=is_provincial)
    return JsonResponse(found, safe=False, content_type="application/x-suggestions+json")


@require_safe
@_or_say_so
def feed(request, asked, form):
    """Answer with the newest found things as RSS or Atom."""
    return SearchFeed(asked, form, reverse("search"))(request)


@require_safe
@gzip_page
@_or_say_so
def table(request, asked, form):
    """Answer with all that can be leafed through as a table."""
    parts = leafed_through(asked.text, asked.to_query(request.agency.pk))
    # The first part is found before anything is sent, so that a failure can still be told.
    found = rows(request.portal, chain([next(parts)], parts))
    name = f"tim-kiem-{request.agency.code}"
    if form == "csv":
        response = StreamingHttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    return FileResponse(as_workbook(found), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


@require_safe
@cache_control(public=True, max_age=3600)
def description(request):
    """Tell a browser how this portal is searched from its own box (OpenSearch 1.1)."""
    root = request.portal.address + reverse("search")
    content_type = "application/opensearchdescription+xml; charset=utf-8"
    agency = request.agency
    context = {
        "root": root,
        # OpenSearch 1.1 allows 16 letters and 48.
        "short_name": shorten(agency.display_name, 16),
        "long_name": shorten(agency.portal_title, 48),
    }
    return render(request, "search/opensearch.xml", context, content_type=content_type)
