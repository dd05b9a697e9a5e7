"""Handing in, deciding, publishing without approval, withdrawing."""

from django.core.exceptions import ValidationError
from django.forms import Form
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.models import Page

from editorial.completeness import check_complete
from editorial.forms import DecideForm, ForceForm, SubmitForm, WithdrawForm
from editorial.permissions import may_approve, may_edit, may_force, may_withdraw, reason_not_to_approve
from editorial.services.approvals import approve, force_publish, send_back, submit, waiting_state
from editorial.services.withdrawals import may_be_withdrawn, take_back, withdraw, withdrawal_of
from editorial.things import title_of

from .acts import ActView
from .drafts import about_draft


class SubmitView(ActView):
    """Hands a draft in, with a remark and a day; a draft with gaps leads back to its editor."""

    form_class = SubmitForm
    page_title = gettext_lazy("Submit for approval")
    header_icon = "resubmit"
    button_label = gettext_lazy("Submit for approval")

    def is_allowed(self):
        return may_edit(self.request.user, self.thing)

    def get(self, request, *args, **kwargs):
        if self.thing.workflow_in_progress:
            # No error: whoever clicks twice, or comes back, has done what was wanted.
            messages.info(request, _("This draft has been handed in already."))
            return redirect(self.get_edit_url())
        try:
            check_complete(self.thing.get_latest_revision_as_object())
        except ValidationError as error:
            messages.error(request, _("It cannot be handed in yet. %(gaps)s") % {"gaps": " ".join(error.messages)})
            return redirect(self.get_edit_url())
        return super().get(request, *args, **kwargs)

    def act(self, form):
        submit(thing=self.thing, user=self.request.user, **form.cleaned_data)
        return _("“%(title)s” was handed in. The approvers of the agency have been told.") % {
            "title": title_of(self.thing)
        }


class DecideView(ActView):
    """Lets an approver read a draft, then approve it, schedule it or send it back."""

    template_name = "editorial/admin/decide.html"
    form_class = DecideForm
    page_title = gettext_lazy("Approve")
    header_icon = "success"

    def is_allowed(self):
        return may_approve(self.request.user, self.thing)

    def get(self, request, *args, **kwargs):
        if waiting_state(self.thing) is None:
            messages.warning(request, _("This is not waiting for approval any more."))
            return redirect(self.get_edit_url())
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        wish = self.thing.get_latest_revision_as_object().go_live_at
        return {"seen": self.seen(), "publish_at": wish if wish and wish > timezone.now() else None}

    def act(self, form):
        decision, data = self.request.POST.get("decision"), form.cleaned_data
        names = {"title": title_of(self.thing)}
        if decision == "return":
            self._send_back(data["remark"])
            return _("“%(title)s” was sent back to its author.") % names
        chosen = {"thing": self.thing, "user": self.request.user, "seen": data["seen"], "remark": data["remark"]}
        if decision == "schedule":
            if data["publish_at"] is None:
                raise ValidationError({"publish_at": _("Choose when it is to be published.")})
            approve(**chosen, publish_at=data["publish_at"])
            return _("“%(title)s” was approved and will be published at the chosen time.") % names
        if decision != "approve":
            raise ValidationError(_("Choose what to do: approve, schedule or send back."))
        approve(**chosen)
        return _("“%(title)s” was approved and published.") % names

    def _send_back(self, remark):
        try:
            send_back(thing=self.thing, user=self.request.user, reason=remark)
        except ValidationError as error:
            # The form calls the reason a remark, as it serves both.
            is_about_reason = hasattr(error, "error_dict")
            raise ValidationError({"remark": error.messages} if is_about_reason else error.messages) from error

    def get_context_data(self, **kwargs):
        state = waiting_state(self.thing)
        return super().get_context_data(
            obstacle=reason_not_to_approve(self.request.user, self.thing, state),
            **kwargs,
            **about_draft(self.request, self.thing, state),
        )


class ForceView(ActView):
    """Publishes without a second person, with a reason."""

    template_name = "editorial/admin/force.html"
    form_class = ForceForm
    page_title = gettext_lazy("Publish without approval")
    header_icon = "warning"
    button_label = gettext_lazy("Publish without approval")
    is_serious = True

    def is_allowed(self):
        return may_force(self.request.user, self.thing)

    def get(self, request, *args, **kwargs):
        if self.thing.live and not self.thing.has_unpublished_changes:
            messages.warning(request, _("Nothing has changed since this was published."))
            return redirect(self.get_edit_url())
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"seen": self.seen()}

    def act(self, form):
        force_publish(thing=self.thing, user=self.request.user, **form.cleaned_data)
        return _("“%(title)s” was published without approval. The administrators have been told.") % {
            "title": title_of(self.thing)
        }

    def get_context_data(self, **kwargs):
        note = _(
            "Nobody else has read what you publish here. Use it when waiting would do harm, such as for a warning."
        )
        about = about_draft(self.request, self.thing, waiting_state(self.thing))
        return super().get_context_data(note=note, **about, **kwargs)


class WithdrawView(ActView):
    """Takes down a page, with all that is public below it, or a record, and asks for the reason that readers see."""

    form_class = WithdrawForm
    page_title = gettext_lazy("Withdraw")
    header_icon = "download"
    is_serious = True

    def is_allowed(self):
        return may_withdraw(self.request.user, self.thing)

    def get_page_title(self):
        return self.page_title if isinstance(self.thing, Page) else _("Take down")

    def get(self, request, *args, **kwargs):
        if not may_be_withdrawn(self.thing):
            text = _("The home page of a portal cannot be withdrawn.") if self.thing.live else _("This is not public.")
            messages.warning(request, text)
            return redirect(self.get_edit_url())
        return super().get(request, *args, **kwargs)

    def act(self, form):
        taken = withdraw(thing=self.thing, user=self.request.user, **form.cleaned_data)
        if not isinstance(self.thing, Page):
            return _("“%(title)s” was withdrawn.") % {"title": title_of(self.thing)}
        return ngettext("%(count)d page was withdrawn.", "%(count)d pages were withdrawn.", len(taken)) % {
            "count": len(taken)
        }

    def get_context_data(self, **kwargs):
        below = self.thing.get_descendants().live().count() if isinstance(self.thing, Page) else 0
        notes = [_("It disappears from lists, search and other portals; its address tells the reason.")]
        if below:
            notes.append(
                ngettext(
                    "With it goes %(count)d page that stands below it.",
                    "With it go %(count)d pages that stand below it.",
                    below,
                )
                % {"count": below}
            )
        return super().get_context_data(note=" ".join(notes), **kwargs)


class TakeBackView(ActView):
    """Makes public again what was withdrawn by mistake."""

    form_class = Form
    page_title = gettext_lazy("Take the withdrawal back")
    header_icon = "rotate"
    button_label = gettext_lazy("Make public again")

    def is_allowed(self):
        return may_withdraw(self.request.user, self.thing)

    def get(self, request, *args, **kwargs):
        if withdrawal_of(self.thing) is None:
            messages.warning(request, _("This is not withdrawn any more."))
            return redirect(self.get_edit_url())
        return super().get(request, *args, **kwargs)

    def act(self, form):
        back = take_back(thing=self.thing, user=self.request.user)
        if not isinstance(self.thing, Page):
            return _("“%(title)s” is public again.") % {"title": title_of(self.thing)}
        return ngettext("%(count)d page is public again.", "%(count)d pages are public again.", len(back)) % {
            "count": len(back)
        }

    def get_context_data(self, **kwargs):
        withdrawal = withdrawal_of(self.thing)
        if isinstance(self.thing, Page):
            back = _("It becomes public again as it was, with the pages below that went with it.")
        else:
            back = _("It becomes public again as it was.")
        note = _("%(back)s Changes made since then stay drafts. Withdrawn on %(day)s by %(person)s: %(reason)s") % {
            "back": back,
            "day": date_format(timezone.localtime(withdrawal.withdrawn_at), "d/m/Y H:i") if withdrawal else "",
            "person": (withdrawal and withdrawal.withdrawn_by) or "",
            "reason": withdrawal.reason if withdrawal else "",
        }
        return super().get_context_data(note=note, **kwargs)
