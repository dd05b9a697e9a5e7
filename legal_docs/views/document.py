"""The reader's page of a document, at its one address on every portal that shows it, and its print view."""

from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from legal_docs.presenting.citing import with_counts
from legal_docs.presenting.facts import json_ld_of, metadata_of
from legal_docs.presenting.pages import Asked, readers_page

from .finding import of_document

# Stands in the page in place of the text, which no template has to copy; escaped words cannot look like it.
TEXT_MARK = "<!-- legal text -->"


@require_safe
# Nothing secret stands in a public page, so compressing it gives nothing away (BREACH).
@gzip_page
@of_document
def show_document(request, document, is_print_view=False):
    """Show a public document.

    The head of the page is on its way before the text is touched: the first byte of a code of 500 articles comes as
    soon as that of a decision of five.
    """
    request.is_print_view = is_print_view
    page = readers_page(document, Asked.from_query(request.GET))
    context = {
        "object": document,
        "readers_page": page,
        "metadata": metadata_of(document),
        "json_ld": json_ld_of(page),
        "trail": request.portal.trail(document.get_absolute_url()),
        "text_mark": TEXT_MARK,
    }
    head, _, tail = render_to_string("legal_docs/document.html", context, request).partition(TEXT_MARK)
    return StreamingHttpResponse(_pieces(head, page, tail, is_print_view))


def _pieces(head, page, tail, is_print_view):
    yield head
    yield page.html if is_print_view else with_counts(page.html, page.cited.by_article)
    yield tail
