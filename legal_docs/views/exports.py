"""One document for other programs: Akoma Ntoso 3.0, schema.org Legislation as JSON-LD, plain text; and its files."""

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from legal_docs.exporting.akn import to_akn
from legal_docs.exporting.json_ld import json_ld
from legal_docs.models import Attachment, LegalDocument
from legal_docs.services.facts import facts_of
from legal_docs.structure.plain_text import plain_text
from legal_docs.structure.tree import from_json

# What a browser shows by itself and cannot be a page that runs.
_SHOWN = {"application/pdf", "image/png", "image/jpeg"}


def _public(slug, with_text):
    documents = LegalDocument.objects.live().select_related("issuer", "owner__site", "text")
    document = get_object_or_404(documents, slug=slug)
    if with_text and document.text is None:
        raise Http404
    return document


@require_safe
def akoma_ntoso(request, slug):
    """Answer with the document's text as Akoma Ntoso 3.0; 404 for one without a text."""
    document = _public(slug, with_text=True)
    xml = to_akn(from_json(document.text.tree), facts_of(document, timezone.localdate()))
    return HttpResponse(xml, content_type="application/akn+xml; charset=utf-8")


@require_safe
def linked_data(request, slug):
    """Answer with what is known about the document, its articles by name, as JSON-LD."""
    document = _public(slug, with_text=False)
    tree = from_json(document.text.tree) if document.text else None
    data = json_ld(facts_of(document, timezone.localdate()), tree)
    return JsonResponse(data, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def text(request, slug):
    """Answer with the document's text, a paragraph a line; 404 for one without a text."""
    document = _public(slug, with_text=True)
    return HttpResponse(plain_text(from_json(document.text.tree)), content_type="text/plain; charset=utf-8")


@require_safe
def attached_file(request, slug, pk, name):
    """Answer with a file of a public document, byte for byte as it was given."""
    files = Attachment.objects.filter(document__live=True, document__slug=slug).select_related("stored_file")
    attachment = get_object_or_404(files, pk=pk)
    stored = attachment.stored_file
    if request.headers.get("If-None-Match") == f'"{stored.sha256}"':
        return HttpResponse(status=304)
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=stored.media_type not in _SHOWN,
        filename=attachment.name,
        content_type=stored.media_type,
    )
    response["ETag"] = f'"{stored.sha256}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
