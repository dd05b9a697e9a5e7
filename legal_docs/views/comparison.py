"""Two documents, or two texts of one document, compared article by article."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from legal_docs.listing.searching import find
from legal_docs.models import LegalDocument
from legal_docs.presenting.comparisons import comparison_of
from legal_docs.presenting.facts import metadata_of
from legal_docs.presenting.versions import earlier_texts

from .finding import of_document


@require_safe
@gzip_page
@of_document
def compare_documents(request, document, other=None):
    """Compare a document with another one, with an earlier text of its own (?ban=), or ask with which (?so=)."""
    context = {
        "object": document,
        "metadata": metadata_of(document),
        "trail": [*request.portal.trail(document.get_absolute_url()), (document.number, document.get_absolute_url())],
        "other": None,
        "version": None,
        "comparison": None,
        "asked": "",
        "problem": "",
        "versions": [],
    }
    if other is not None:
        return _with_other(request, document, other, context)
    context["versions"] = earlier_texts(document)
    if "ban" in request.GET:
        return _with_version(request, document, context)
    return _ask(request, document, context)


def _with_other(request, document, slug, context):
    documents = LegalDocument.objects.live().select_related("issuer", "text")
    other = get_object_or_404(documents, slug=slug)
    context["other"] = other
    if document.text_id and other.text_id and document.pk != other.pk:
        # The older one stands first, whichever is read: what was added is what the newer one says.
        old, new = sorted((document, other), key=lambda one: (one.issued_on, one.pk))
        context |= {"old": old, "new": new, "comparison": comparison_of(old.text, new.text)}
    else:
        context["problem"] = _("Both documents must have a text of their own to be compared.")
    return render(request, "legal_docs/comparison.html", context)


def _with_version(request, document, context):
    version = next((text for text in context["versions"] if str(text.pk) == request.GET["ban"]), None)
    if version is None:
        raise Http404
    context |= {"version": version, "comparison": comparison_of(version, document.text), "old": document}
    return render(request, "legal_docs/comparison.html", context | {"new": document})


def _ask(request, document, context):
    context["asked"] = " ".join(request.GET.get("so", "").split())[:100]
    if context["asked"]:
        found = [one for one in find(request.agency, context["asked"]) if one.pk != document.pk]
        if found:
            address = reverse("legal_document_comparison", args=[document.slug, found[0].slug])
            return HttpResponseRedirect(address)
        context["problem"] = _("No document of this number is shown here.")
    return render(request, "legal_docs/comparison.html", context)
