"""What an agency's editors should look at: citations that lead nowhere, statuses that contradict each other."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from legal_docs.enums import Status
from legal_docs.models import LegalDocument
from legal_docs.services import validity
from legal_docs.services.unresolved import of_documents, with_sentences
from sites.sight import seen_by

PER_PAGE = 50


class _OwnDocuments(WagtailAdminTemplateMixin, TemplateView):
    """A list about the documents that its reader sees in the admin."""

    header_icon = "warning"

    def documents(self):
        return seen_by(self.request.user, LegalDocument.objects.all())

    def get_breadcrumbs_items(self):
        documents = {"url": reverse("legal_documents:list"), "label": pgettext("menu", "Documents")}
        return [documents, {"url": "", "label": self.get_page_title()}]

    def page_of(self, rows):
        return Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))


class UnresolvedView(_OwnDocuments):
    template_name = "legal_docs/admin/unresolved.html"
    page_title = gettext_lazy("Citations that lead nowhere")

    def get_context_data(self, **kwargs):
        page = self.page_of(of_documents(self.documents()))
        return super().get_context_data(page=page, rows=with_sentences(page.object_list), **kwargs)


class ContradictionsView(_OwnDocuments):
    template_name = "legal_docs/admin/contradictions.html"
    page_title = gettext_lazy("Contradictions in status")

    def get_context_data(self, **kwargs):
        page = self.page_of(validity.contradictions(self.documents(), timezone.localdate()))
        rows = [{"document": document, "derived": Status(document.derived)} for document in page]
        return super().get_context_data(page=page, rows=rows, **kwargs)
