"""The forms of editorial acts; what must hold is checked by the acts themselves."""

from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput, AdminDateTimeInput

from core.text import shorten

from .models.reviews import LONGEST_REMARK
from .services.approvals import SHORTEST_REASON
from .services.reviews import MOST_DAYS

LONGEST_TEXT = 2_000
SHOWN_REVISIONS = 10
SHOWN_OF_A_TITLE = 60


class SubmitForm(forms.Form):
    remark = forms.CharField(
        label=_("Remark for the approver"), required=False, max_length=LONGEST_TEXT, widget=AdminAutoHeightTextInput
    )
    due_on = forms.DateField(
        label=_("Wanted by"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Leave empty if there is no hurry. The approver sees it and is reminded from that day on."),
    )


class SeenForm(forms.Form):
    """Carries which state of the draft was on the screen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=80)


class DecideForm(SeenForm):
    remark = forms.CharField(
        label=_("Remark, or what is to be changed"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=AdminAutoHeightTextInput,
        help_text=_("Required when you send the draft back. Its author reads it."),
    )
    publish_at = forms.DateTimeField(
        label=_("Time of publication"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Only for “Approve and schedule”."),
    )


class ForceForm(SeenForm):
    reason = forms.CharField(
        label=_("Why it cannot wait for a second person"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_TEXT,
        widget=AdminAutoHeightTextInput,
        help_text=_("Recorded, reported, and sent to the administrators of the agency."),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Public reason"),
        min_length=SHORTEST_REASON,
        max_length=1_000,
        widget=AdminAutoHeightTextInput,
        help_text=_("Readers see it at the address of what was withdrawn."),
    )
    instead_url = forms.URLField(
        label=_("Where to read instead"), required=False, max_length=500, assume_scheme="https"
    )


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Reviewer's name"), max_length=150)
    email = forms.EmailField(label=_("Reviewer's mail address"))
    message = forms.CharField(
        label=_("Message"), required=False, max_length=LONGEST_TEXT, widget=AdminAutoHeightTextInput
    )
    days = forms.IntegerField(label=_("Days the link works"), min_value=1, max_value=MOST_DAYS, initial=7)
    revision = forms.ModelChoiceField(
        label=_("Version of the draft"), queryset=None, empty_label=None, help_text=_("The newest stands first.")
    )

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, **kwargs)
        revisions = thing.revisions.order_by("-created_at", "-id").defer("content")
        self.fields["revision"].queryset = revisions
        # A draft has hundreds of versions; nobody asks for opinions on the oldest.
        newest = list(revisions.values_list("pk", flat=True)[:SHOWN_REVISIONS])
        self.fields["revision"].queryset = revisions.filter(pk__in=newest)
        self.fields["revision"].label_from_instance = _revision_label
        self.fields["revision"].initial = newest[0] if newest else None


def _revision_label(revision):
    return (
        f"{timezone.localtime(revision.created_at):%d/%m/%Y %H:%M} - {shorten(revision.object_str, SHOWN_OF_A_TITLE)}"
    )


class RemarkForm(forms.Form):
    """What a reviewer writes on the public side."""

    text = forms.CharField(label=_("Your remark"), max_length=LONGEST_REMARK, widget=forms.Textarea(attrs={"rows": 6}))
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
