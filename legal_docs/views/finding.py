"""What stands at an address of a document: itself, or the answer of one that moved, was withdrawn, is elsewhere."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.module_loading import import_string

from editorial.views.notices import notice_of
from legal_docs.models import FormerAddress, LegalDocument


def of_document(view: Callable) -> Callable:
    """Give a view the public document at an address, shown on the portal of the request; else answer for it."""

    @wraps(view)
    def answer(request, slug, **more):
        document = LegalDocument.objects.live().for_reading(request.agency).filter(slug=slug).first()
        if document is None:
            return _moved(request, slug) or _withdrawn(request, slug) or page_of_tree(request)
        if not document.is_shown_here and document.owner_id != request.agency.pk:
            return _elsewhere(request, document)
        return view(request, document, **more)

    return answer


def page_of_tree(request: HttpRequest) -> HttpResponse:
    """Answer with the section or article that stands in the page tree at the address of the request."""
    return import_string(settings.PAGE_VIEW)(request, request.path.lstrip("/"))


def _moved(request, slug):
    former = FormerAddress.objects.filter(slug=slug, document__live=True).select_related("document").first()
    if former is None:
        return None
    address = request.get_full_path().replace(f"/{slug}/", f"/{former.document.slug}/", 1)
    return HttpResponsePermanentRedirect(address)


def _withdrawn(request, slug):
    gone = LegalDocument.objects.filter(live=False)
    document = gone.filter(slug=slug).first() or gone.filter(former_addresses__slug=slug).first()
    return notice_of(request, document) if document is not None else None


def _elsewhere(request, document):
    if document.owner.site is None:
        raise Http404
    return HttpResponseRedirect(request.portal.address_of(document.owner) + request.get_full_path())
