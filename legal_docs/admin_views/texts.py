"""The full text of a document: read from one of its files or pasted, looked at, and taken into the draft."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from editorial.permissions import may_edit
from editorial.things import edit_address
from legal_docs.forms import PastedTextForm
from legal_docs.models import Attachment, LegalDocument, Text
from legal_docs.presenting.contents import contents_of
from legal_docs.reading import UnreadableFile
from legal_docs.reading.sniffing import MEDIA_TYPES
from legal_docs.services import drafts
from legal_docs.services.heads import other_number
from legal_docs.services.proposing import propose
from legal_docs.services.unresolved import of_text
from legal_docs.structure.tree import Kind, from_json

from . import readings

SHOWN_UNRESOLVED = 100
_READABLE = set(MEDIA_TYPES.values())


class OfOneDocument(WagtailAdminTemplateMixin):
    """Mixin of a screen about the newest draft of a document; the gate has asked whether it is in sight."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.document = get_object_or_404(LegalDocument.objects.select_related("owner", "issuer"), pk=kwargs["pk"])
        self.draft = self.document.get_latest_revision_as_object()

    def attachments(self) -> list[Attachment]:
        return list(self.draft.attachments.all())

    def get_page_subtitle(self):
        return str(self.draft)

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("legal_documents:list"), "label": pgettext("menu", "Documents")},
            {"url": edit_address(self.document), "label": str(self.draft)},
            {"url": "", "label": self.get_page_title()},
        ]


class TextView(OfOneDocument, TemplateView):
    template_name = "legal_docs/admin/text.html"
    page_title = gettext_lazy("Full text")
    header_icon = "doc-full"

    def dispatch(self, request, *args, **kwargs):
        self.text = self._text_shown()
        self.pasted = PastedTextForm()
        self.may_edit = may_edit(request.user, self.document)
        return super().dispatch(request, *args, **kwargs)

    def _text_shown(self):
        """The reading that waits to be taken, if the address names one, else the text that the draft has."""
        asked = self.request.GET.get("ban", "")
        if asked:
            if not asked.isdecimal() or len(asked) > 18:
                raise Http404
            return get_object_or_404(Text, pk=asked, document=self.document)
        return self.draft.text

    def post(self, request, pk):
        if not self.may_edit:
            raise PermissionDenied
        lock = self.draft.get_lock()
        if lock and lock.for_user(request.user):
            messages.error(request, _("The draft is locked: somebody else works on it, or it waits for approval."))
            return redirect(request.path)
        act = {"read": self._read, "paste": self._paste, "take": self._take, "drop": self._drop}
        return act.get(request.POST.get("act"), self._refuse)()

    def _refuse(self):
        raise Http404

    def _read(self):
        wanted = self.request.POST.get("file", "")
        attachment = next((one for one in self.attachments() if one.stored_file.sha256 == wanted), None)
        if attachment is None:
            raise Http404
        return readings.begin(self.request, self.draft, attachment)

    def _paste(self):
        self.pasted = PastedTextForm(self.request.POST)
        if self.pasted.is_valid():
            try:
                return self._show(drafts.read_pasted(self.draft, self.pasted.cleaned_data["text"]))
            except UnreadableFile as reason:
                self.pasted.add_error("text", str(reason))
        return self.get(self.request)

    def _show(self, text):
        return redirect(f"{self.request.path}?ban={text.pk}")

    def _take(self):
        if self.text is None:
            raise Http404
        chosen = set(self.request.POST.getlist("relation"))
        added = [one for one in propose(self.draft, self.text) if one.key in chosen and one.can_be_kept]
        drafts.take(self.draft, self.text, added, user=self.request.user)
        messages.success(self.request, _("The draft has this text now, and %(count)d new relations.") % {
            "count": len(added)
        })  # fmt: skip
        return redirect(self.request.path)

    def _drop(self):
        if self.text is not None and drafts.drop(self.text):
            messages.success(self.request, _("The reading was thrown away; the draft is as it was."))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            document=self.draft,
            text=self.text,
            is_taken=self.text is not None and self.text.pk == self.draft.text_id,
            is_public=self.text is not None and self.text.pk == self.document.text_id and self.document.live,
            edit_url=edit_address(self.document),
            files=self._files(),
            pasted=self.pasted,
            may_edit=self.may_edit,
            **kwargs,
        )
        return context | (self._about_text() if self.text else {})

    def _files(self):
        """Each file, whether it can be read, and where its reading stands."""
        standings = readings.standings(self.document, timezone.now())
        return [
            (one, one.stored_file.media_type in _READABLE, standings.get(one.stored_file_id))
            for one in self.attachments()
        ]

    def _about_text(self):
        tree = from_json(self.text.tree)
        lost = of_text(self.text)
        proposals = propose(self.draft, self.text) if self.may_edit else []
        return {
            "other_number": other_number(self.draft, tree),
            "outline": _outline(self.text, tree),
            "counts": _counts(tree),
            "unresolved": lost[:SHOWN_UNRESOLVED],
            "unresolved_count": len(lost),
            "citation_count": self.text.citations.count(),
            "proposals": proposals,
            "can_add": any(proposal.can_be_kept for proposal in proposals),
        }


_DEPTHS = {Kind.PART: 0, Kind.CHAPTER: 1, Kind.SECTION: 2, Kind.SUBSECTION: 3, Kind.ATTACHMENT: 0, Kind.ARTICLE: 4}
_OUTLINED = _DEPTHS.keys()


def _outline(text, tree):
    """Return the lines of the outline as readers see them, each with its depth and the number of its clauses."""
    titles = {entry.eid: entry.title for entry in contents_of(text)}
    return [
        {
            "eid": element.eid,
            "depth": _DEPTHS[element.kind],
            "title": titles.get(element.eid, element.label),
            "clauses": sum(child.kind is Kind.CLAUSE for child in element.children),
        }
        for element in tree.walk()
        if element.eid and element.kind in _OUTLINED
    ]


def _counts(tree):
    kinds = [element.kind for element in tree.walk()]
    return {kind.value: kinds.count(kind) for kind in (Kind.CHAPTER, Kind.ARTICLE, Kind.CLAUSE, Kind.POINT)}


class FileView(OfOneDocument, View):
    """Gives a file of a draft to whoever may read the draft; those of public documents have a public address, too."""

    def get(self, request, pk, sha256):
        attachment = next((one for one in self.attachments() if one.stored_file.sha256 == sha256), None)
        if attachment is None:
            raise Http404
        stored = attachment.stored_file
        answer = FileResponse(
            stored.file.open("rb"), as_attachment=True, filename=attachment.name, content_type=stored.media_type
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer
