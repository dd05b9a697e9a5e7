"""The reader's page of a document, at its one address on every portal that shows it."""

from django.views.generic import DetailView

from legal_docs.models import LegalDocument


class DocumentView(DetailView):
    """A public document with its text."""

    queryset = LegalDocument.objects.live().select_related("issuer", "owner", "text")
    template_name = "legal_docs/document.html"
    context_object_name = "document"
