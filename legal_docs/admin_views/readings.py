"""Where the reading of a file stands: beside the file, and on a page that follows it until it has ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from editorial.permissions import may_edit
from editorial.things import edit_address
from legal_docs.enums import ReadingStage, ReadingState
from legal_docs.models import Attachment, LegalDocument, ReadingJob
from legal_docs.services import reading_jobs
from legal_docs.tasks import read_file


@dataclass(frozen=True)
class Standing:
    """A job as it stands at one moment: what a template shows of it."""

    job: ReadingJob
    now: datetime

    @cached_property
    def state(self) -> ReadingState:
        return self.job.state_on(self.now)

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody may wait for it."""
        return self.state in ReadingState.unfinished()

    @property
    def sentence(self) -> str:
        """The state with its moment, as one sentence."""
        why = self.job.why(self.now)
        return why if self.is_broken_off else _SENTENCES[self.state] % {"at": _moment(self._since), "why": why}

    @property
    def is_broken_off(self) -> bool:
        """Whether it ended before anything could be said about the file."""
        return self.job.reason_on(self.now) in _BROKEN_OFF

    @property
    def _since(self):
        begun = {ReadingState.WAITING: self.job.created_at, ReadingState.RUNNING: self.job.started_at}
        return begun.get(self.state, self.job.ended_at)

    @property
    def progress(self) -> str:
        """At which page the reader is, in words; "" while it has not said so."""
        if self.state != ReadingState.RUNNING or not self.job.pages:
            return ""
        pages = {"page": min(self.job.pages_done + 1, self.job.pages), "pages": self.job.pages}
        if self.job.stage == ReadingStage.RECOGNISING:
            return _("Letters are recognised in pictures: page %(page)d of %(pages)d.") % pages
        return _("Page %(page)d of %(pages)d.") % pages

    @property
    def text_url(self) -> str:
        """Where what was read is looked through; "" where there is nothing, or somebody threw it away."""
        job = self.job
        address = reverse("legal_documents:text", args=[job.document_id])
        return f"{address}?ban={job.text_id}" if self.state == ReadingState.DONE and job.text_id else ""

    @property
    def url(self) -> str:
        return reverse("legal_documents:reading", args=[self.job.document_id, self.job.pk])


_SENTENCES: Mapping[ReadingState, str] = {
    ReadingState.WAITING: gettext_lazy("Waiting in the queue since %(at)s."),
    ReadingState.RUNNING: gettext_lazy("Being read since %(at)s."),
    ReadingState.DONE: gettext_lazy("Read at %(at)s."),
    ReadingState.FAILED: gettext_lazy("Not read. %(why)s"),
}


_BROKEN_OFF = {"stopped", "interrupted", "not_begun"}


def _moment(at):
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y") if at else ""


def standings(document: LegalDocument, now: datetime) -> dict[int, Standing]:
    """Return where the newest reading of each file of a document stands, by the key of the file."""
    return {key: Standing(job, now) for key, job in reading_jobs.newest_of_files(document).items()}


def begin(request, draft: LegalDocument, attachment: Attachment):
    """Ask for a file to be read, and lead to what came of it: at once where no queue is between."""
    job, is_new = reading_jobs.begin(draft, attachment, user=request.user, now=timezone.now())
    if is_new:
        read_file.enqueue(job.pk)
        job.refresh_from_db()
    standing = Standing(job, timezone.now())
    if standing.state == ReadingState.FAILED:
        messages.error(request, f"“{job.name}”: {job.why(standing.now)}")
        return redirect("legal_documents:text", draft.pk)
    return redirect(standing.text_url or standing.url)


class ReadingView(WagtailAdminTemplateMixin, TemplateView):
    """Follows one reading; leads on to the text when there is one."""

    template_name = "legal_docs/admin/reading.html"
    page_title = gettext_lazy("Reading of a file")
    header_icon = "doc-full"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        jobs = ReadingJob.objects.select_related("document", "stored_file", "asked_by")
        job = get_object_or_404(jobs, pk=kwargs["job"], document=kwargs["pk"])
        self.document = job.document
        self.standing = Standing(job, timezone.now())

    def get(self, request, *args, **kwargs):
        if self.standing.text_url:
            return redirect(self.standing.text_url)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not may_edit(request.user, self.document):
            raise PermissionDenied
        if request.POST.get("act") != "stop":
            raise Http404
        if reading_jobs.stop(self.standing.job, now=self.standing.now):
            messages.success(request, _("The reading was stopped."))
        return redirect(self.standing.url)

    @cached_property
    def draft(self):
        return self.document.get_latest_revision_as_object()

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("legal_documents:list"), "label": pgettext("menu", "Documents")},
            {"url": edit_address(self.document), "label": str(self.draft)},
            {"url": reverse("legal_documents:text", args=[self.document.pk]), "label": _("Full text")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        is_there = any(one.stored_file_id == self.standing.job.stored_file_id for one in self.draft.attachments.all())
        may_act = may_edit(self.request.user, self.document)
        return super().get_context_data(may_stop=may_act, may_repeat=may_act and is_there, **state_of(self), **kwargs)


def state_of(view) -> dict:
    """Return what the part of the page shows that changes while one looks at it."""
    standing = view.standing
    is_waiting = standing.state == ReadingState.WAITING
    ahead = ReadingJob.objects.ahead_of(standing.job, standing.now).count() if is_waiting else 0
    return {"standing": standing, "ahead": ahead}


class ReadingStateView(ReadingView):
    """The changing part of that page alone, which its script asks for."""

    template_name = "legal_docs/admin/_reading.html"
    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        answer = self.render_to_response(state_of(self))
        answer["Cache-Control"] = "private, no-store"
        return answer
