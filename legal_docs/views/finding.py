"""What stands at an address of a document: itself, or the answer of one that moved, was withdrawn, is elsewhere."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.module_loading import import_string

from editorial.views.notices import notice_of
from legal_docs.models import LegalDocument


def of_document(view: Callable) -> Callable:
    """Give a view the public document at an address, shown on the portal of the request; else answer for it."""

    @wraps(view)
    def answer(request, slug, **more):
        # A number begins with a digit, and so does a document's address: what does not is a section, or was an address.
        if not slug[0].isdecimal():
            return _in_tree_or_former(request, slug)
        document = LegalDocument.objects.live().for_reading(request.agency).filter(slug=slug).first()
        if document is None:
            return _former_or_withdrawn(request, slug) or page_of_tree(request)
        if not document.is_shown_here and document.owner_id != request.agency.pk:
            return _elsewhere(request, document)
        return view(request, document, **more)

    return answer


def page_of_tree(request: HttpRequest) -> HttpResponse:
    """Answer with the section or article that stands in the page tree at the address of the request."""
    return import_string(settings.PAGE_VIEW)(request, request.path.lstrip("/"))


def _in_tree_or_former(request, slug):
    try:
        return page_of_tree(request)
    except Http404:
        answer = _former_or_withdrawn(request, slug)
        if answer is None:
            raise
        return answer


def _former_or_withdrawn(request, slug):
    document = LegalDocument.objects.filter(former_addresses__slug=slug).first()
    if document is None and slug[0].isdecimal():
        document = LegalDocument.objects.filter(slug=slug).first()
    if document is None:
        return None
    if document.live:
        address = request.get_full_path().replace(f"/{slug}/", f"/{document.slug}/", 1)
        return HttpResponsePermanentRedirect(address)
    return notice_of(request, document)


def _elsewhere(request, document):
    if document.owner.site is None:
        raise Http404
    return HttpResponseRedirect(request.portal.address_of(document.owner) + request.get_full_path())
