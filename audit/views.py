"""The audit trail in the admin: read by those whose it is, changed by nobody."""

import logging

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from core.spreadsheets import XLSX
from sites.models import Agency

from .activity import activity
from .enums import CheckState
from .exports import MOST_IN_WORKBOOK, as_csv, as_lines, as_workbook, chain_range
from .filters import AuditFilterSet
from .links import object_address
from .listing import Place, list_page
from .models import AuditCheck, AuditEntry
from .permissions import can_read_trail, can_verify_trail, readable_agencies, readable_entries
from .sentences import (
    action_label,
    actor_label,
    agent_label,
    change_rows,
    fact_rows,
    fault_text,
    kind_label,
    role_labels,
    sentence,
)
from .services import record
from .tasks import verify_trail
from .verification import CheckIsRunning, begin_check, fits_its_digest

logger = logging.getLogger(__name__)

OLDER = "older"


class ReaderMixin:
    """Whether the trail is there at all is nobody's business but its readers'."""

    may_open = staticmethod(can_read_trail)

    def dispatch(self, request, *args, **kwargs):
        if not self.may_open(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def agency_names(self):
        return {agency.code: agency.display_name for agency in Agency.objects.all()}

    def trail_crumb(self):
        return {"url": reverse("audit:index"), "label": _("Audit trail")}


class EntriesView(ReaderMixin, BaseListingView):
    """The list, newest first, with its filters and exports."""

    model = AuditEntry
    template_name = "audit/entries.html"
    results_template_name = "audit/entries_results.html"
    page_title = gettext_lazy("Audit trail")
    header_icon = "history"
    index_url_name = "audit:index"
    index_results_url_name = "audit:results"
    filterset_class = AuditFilterSet
    table_classname = "listing stacked"
    verbose_name_plural = gettext_lazy("audit entries")

    @cached_property
    def columns(self):
        columns = [
            Column("at", label=_("Moment"), accessor=moment, width="16%"),
            TitleColumn("act", label=_("What was done"), accessor=sentence, url_name="audit:entry"),
            Column(
                "agency", label=_("Agency"), accessor=lambda entry: self.agency_names.get(entry.agency, entry.agency)
            ),
            Column("address", label=_("Network address")),
        ]
        if len(readable_agencies(self.request.user)[:2]) < 2:
            # Of one's own agency alone it need not be said in every line.
            del columns[2]
        return columns

    def get_base_queryset(self):
        return readable_entries(self.request.user)

    def filter_queryset(self, queryset):
        return self.filters.filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    @property
    def searched(self):
        return self.filters.searched if self.filters.is_valid() else None

    def get(self, request, *args, **kwargs):
        if "export" in request.GET:
            return self._export(request.GET["export"])
        return super().get(request, *args, **kwargs)

    def paginate_queryset(self, queryset, page_size):
        raise NotImplementedError("A trail is never counted.")

    def get_context_data(self, **kwargs):
        before = Place.read(self.request.GET.get(OLDER, ""))
        self.list_page = list_page(self.object_list, before=before, searched=self.searched)
        context = super().get_context_data(object_list=self.list_page.entries, **kwargs)
        context["list_page"] = self.list_page
        context["is_first_page"] = before is None
        context["older_url"] = self._address(older=self.list_page.older) if self.list_page.older else ""
        context["newest_url"] = self._address()
        context["has_bad_filter"] = not self.filters.is_valid()
        broken = AuditCheck.objects.last_broken()
        context["broken_check"] = broken
        context["fault"] = fault_text(broken) if broken else ""
        context["may_verify"] = can_verify_trail(self.request.user)
        if not self.results_only and before is None and self.filters.is_valid() and self.searched is None:
            context["activity"] = activity(self.object_list, timezone.localdate())
        return context

    def _address(self, **changes):
        query = self.request.GET.copy()
        for name in (OLDER, "export", "_w_filter_fragment"):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = str(value)
        return f"{self.index_url}?{query.urlencode()}"

    @cached_property
    def header_buttons(self):
        if not can_verify_trail(self.request.user):
            return []
        return [HeaderButton(_("Verification"), url=reverse("audit:verification"), icon_name="check")]

    @cached_property
    def header_more_buttons(self):
        names = {"csv": _("Download as CSV"), "xlsx": _("Download as XLSX")}
        if can_verify_trail(self.request.user):
            names["jsonl"] = _("Download the chain (JSONL)")
        return [
            Button(label, url=self._address(export=name), icon_name="download", priority=priority)
            for priority, (name, label) in enumerate(names.items())
        ]

    def _export(self, kind):
        if kind not in {"csv", "xlsx", "jsonl"} or (kind == "jsonl" and not can_verify_trail(self.request.user)):
            raise Http404
        if not self.filters.is_valid():
            messages.error(self.request, _("The filter cannot be understood; nothing was exported."))
            return redirect(self.index_url)
        entries = self.get_queryset()
        if kind == "xlsx" and self._is_too_long(entries):
            text = _("A workbook holds %(most)d entries at most. Choose a shorter period, or take CSV.")
            messages.error(self.request, text % {"most": MOST_IN_WORKBOOK})
            return redirect(self._address())
        return getattr(self, f"_export_{kind}")(entries)

    def _is_too_long(self, entries):
        if self.searched is not None:
            entries = entries.filter(self.searched)
        return entries.order_by()[MOST_IN_WORKBOOK : MOST_IN_WORKBOOK + 1].exists()

    def _export_csv(self, entries):
        return self._answer(StreamingHttpResponse(as_csv(self._found(entries)), content_type="text/csv"), "csv")

    def _export_xlsx(self, entries):
        try:
            workbook = as_workbook(self._found(entries))
        except OSError:
            # Its sheets are written to temporary files.
            logger.exception("The audit trail cannot be exported as a workbook")
            messages.error(self.request, _("The server has no room for a workbook at this moment; please take CSV."))
            return redirect(self._address())
        return self._answer(FileResponse(workbook, content_type=XLSX), "xlsx")

    def _export_jsonl(self, entries):
        # A part with gaps could not be verified, so only the period counts.
        period = AuditEntry.objects.all()
        if self.filters.form.cleaned_data.get("at"):
            period = self.filters.filters["at"].filter(period, self.filters.form.cleaned_data["at"])
        lines = as_lines(*chain_range(period))
        return self._answer(StreamingHttpResponse(lines, content_type="application/jsonl"), "jsonl")

    def _found(self, entries):
        return entries.filter(self.searched) if self.searched is not None else entries

    def _answer(self, response, kind):
        given = {name: value for name, value in self.request.GET.items() if value and name not in ("export", OLDER)}
        record("audit.export", details={"format": kind, "filters": given})
        name = f"nhat-ky-{timezone.localtime():%Y%m%d-%H%M%S}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class EntryView(ReaderMixin, WagtailAdminTemplateMixin, TemplateView):
    """One entry with all that was recorded, and its place in the chain."""

    template_name = "audit/entry.html"
    page_title = gettext_lazy("Audit entry")
    header_icon = "history"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), self.trail_crumb(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, pk, **kwargs):
        entry = get_object_or_404(readable_entries(self.request.user), pk=pk)
        return super().get_context_data(
            entry=entry,
            sentence=sentence(entry),
            actor=actor_label(entry),
            action=action_label(entry.action),
            roles=role_labels(entry.roles),
            kind=kind_label(entry.object_type),
            agent=agent_label(entry),
            agency=self.agency_names.get(entry.agency, entry.agency),
            moment=moment(entry),
            object_url=object_address(entry, self.request.user),
            changes=change_rows(entry),
            facts=fact_rows(entry),
            fits=entry.number is not None and fits_its_digest(entry),
            **kwargs,
        )


class VerificationView(ReaderMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the last verifications found, and the button for another one."""

    may_open = staticmethod(can_verify_trail)
    template_name = "audit/verification.html"
    page_title = gettext_lazy("Verification of the audit trail")
    header_icon = "check"
    http_method_names = ["get", "post"]
    shown = 10

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), self.trail_crumb(), {"url": "", "label": _("Verification")}]

    def get_context_data(self, **kwargs):
        checks = list(AuditCheck.objects.select_related("asked_by")[: self.shown])
        for check in checks:
            check.fault_text = fault_text(check)
            check.percent = 100 * check.verified // check.total if check.total else 0
        is_running = bool(checks) and checks[0].state in (CheckState.WAITING, CheckState.RUNNING)
        return super().get_context_data(checks=checks, is_running=is_running, **kwargs)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if context["is_running"]:
            # The page follows the progress without a script.
            response["Refresh"] = "3"
        return response

    def post(self, request, *args, **kwargs):
        try:
            check = begin_check(request.user)
        except CheckIsRunning:
            messages.warning(request, _("A verification is running already; its result will stand here."))
        else:
            transaction.on_commit(lambda: verify_trail.enqueue(check.pk))
            messages.success(request, _("The verification has begun."))
        return redirect("audit:verification")


def moment(entry) -> str:
    """Return when it was, to the second, as people here write it."""
    return timezone.localtime(entry.at).strftime("%d/%m/%Y %H:%M:%S")
