"""The forms of documents, of their full texts, and of the bodies that issue them."""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Value, When
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.permissions import policy_registry

from core.text import slugify
from editorial.services.approvals import SHORTEST_REASON
from legal_docs.models import Attachment, Issuer, LegalDocument, StoredFile
from legal_docs.parts import NoParts, ids_of, words_of
from legal_docs.services.files import clean_name, keep, usual_kind
from sites.forms import AgencyModelForm
from sites.models import Agency
from sites.permissions import acts_everywhere

MOST_FILES = 20
LONGEST_PARTS = 1_000
LONGEST_PASTED = 2_000_000
_KEPT = "legal_docs.kept_files"


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Takes several files at once."""

    widget = _FilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given if one]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(count)d files are taken at once.") % {"count": MOST_FILES})
        return files


class KeptFilesInput(forms.HiddenInput):
    """Names the files that came with a form that had errors, so that nobody has to choose them again."""

    is_hidden = False
    template_name = "legal_docs/admin/kept_files.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return {**context, "names": [file_name for _sha, file_name in _unsigned(value or "")]}


def _unsigned(text):
    """Return the (SHA-256, name) pairs that we have signed; none for anything else."""
    try:
        return signing.loads(text, salt=_KEPT) if text else []
    except signing.BadSignature:
        return []


class HeldFileInput(forms.HiddenInput):
    """Shows which file a row is about."""

    is_hidden = False
    template_name = "legal_docs/admin/held_file.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return {**context, "names": [file_name for _sha, file_name in _unsigned(value or "")]}


class AttachmentForm(WagtailAdminModelForm):
    """One file of a document. A row of a draft has no key before it is public; so it carries its file, signed."""

    held = forms.CharField(label=gettext_lazy("File"), widget=HeldFileInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.stored_file_id:
            self.initial["held"] = signing.dumps([[self.instance.stored_file.sha256, self.instance.name]], salt=_KEPT)

    def clean_held(self):
        for sha256, name in _unsigned(self.cleaned_data["held"]):
            self.instance.stored_file = get_object_or_404(StoredFile, sha256=sha256)
            self.instance.name = name
            return self.cleaned_data["held"]
        raise ValidationError(_("This file is not known. Add it again."))


class RelationForm(WagtailAdminModelForm):
    """One relation of a document, whose parts are written as laws write them."""

    elements = forms.CharField(
        label=gettext_lazy("Parts"),
        max_length=LONGEST_PARTS,
        required=False,
        help_text=gettext_lazy("Such as “Điều 5; khoản 2 Điều 7”. Empty: the whole document."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["elements"] = words_of(self.instance.element_ids)

    def clean_elements(self):
        try:
            ids = " ".join(ids_of(self.cleaned_data["elements"]))
        except NoParts as refusal:
            text = _("“%(words)s” names no part of a document. Write it as laws do: “điểm a khoản 2 Điều 7”.")
            raise ValidationError(text % {"words": refusal}) from refusal
        if len(ids) > LONGEST_PARTS:
            raise ValidationError(_("These are too many parts. Divide them into several relations."))
        return ids


class DocumentForm(AgencyModelForm):
    """The form of a document: of the own agency, with the files that are to be added."""

    new_files = FilesField(
        label=gettext_lazy("Add files"),
        required=False,
        help_text=gettext_lazy("The signed PDF, the Word file, annexes: several at once, 50 MB each at most."),
    )
    kept_files = forms.CharField(label="", required=False, widget=KeptFilesInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept: list[tuple[StoredFile, str]] = []
        self.fields["bound_agencies"].queryset = Agency.objects.with_portal()
        # Which agencies there are is no secret, and what binds them is for whoever issues it to say.
        self.fields["bound_agencies"].is_open_to_all = True
        if self.for_user is not None:
            self._limit_owner()

    def _limit_owner(self):
        if self.instance.pk:
            # Whose it is does not change with a version.
            del self.fields["owner"]
            agencies = [self.instance.owner]
        else:
            agencies = self._agencies()
            self.fields["owner"].queryset = Agency.objects.filter(pk__in=[agency.pk for agency in agencies])
            if len(agencies) == 1:
                del self.fields["owner"]
                self.instance.owner = agencies[0]
        if len(agencies) == 1:
            self._offer_own_issuers(agencies[0])

    def _agencies(self):
        if acts_everywhere(self.for_user):
            return list(Agency.objects.with_portal())
        return policy_registry.get_by_type(LegalDocument).agencies_where(self.for_user, ["add"])

    def _offer_own_issuers(self, agency):
        own = Case(When(agency=agency, then=Value(0)), default=Value(1), output_field=IntegerField())
        issuers = Issuer.objects.order_by(own, "name_vi")
        self.fields["issuer"].queryset = issuers
        if not self.instance.pk:
            self.fields["issuer"].initial = issuers.filter(agency=agency).first()

    def defer_required_fields(self):
        super().defer_required_fields()
        self.instance.is_rough = True

    def restore_required_fields(self):
        super().restore_required_fields()
        self.instance.is_rough = False

    def clean(self):
        cleaned = super().clean()
        pairs = self._kept_before(cleaned.get("kept_files", ""))
        for upload in cleaned.get("new_files") or ():
            try:
                pairs.append((keep(upload, upload.name), clean_name(upload.name)))
            except ValidationError as error:
                self.add_error("new_files", error)
        self.kept = list({stored.pk: (stored, name) for stored, name in reversed(pairs)}.values())[::-1]
        if self.kept:
            # Shown again with its errors, the form knows what has come in already.
            self.data = self.data.copy()
            signed = [[stored.sha256, name] for stored, name in self.kept]
            self.data[self.add_prefix("kept_files")] = signing.dumps(signed, salt=_KEPT)
        return cleaned

    def _kept_before(self, text):
        pairs = _unsigned(text)
        stored = {row.sha256: row for row in StoredFile.objects.filter(sha256__in=[sha for sha, _name in pairs])}
        return [(stored[sha], name) for sha, name in pairs if sha in stored]

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        # What follows from number, day and type is on no form, and the rule of uniqueness is about it.
        derived = {"number_key", "year", "number_form"}
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions() - derived)
        except ValidationError as error:
            self._update_errors(error)

    def save(self, commit=True):
        document = super().save(commit)
        # After the rows of the form, which take away what has no key yet.
        there = {attachment.stored_file_id for attachment in document.attachments.all()}
        for stored, name in self.kept:
            if stored.pk not in there:
                document.attachments.add(Attachment(stored_file=stored, name=name, kind=usual_kind(stored)))
        if commit:
            document.attachments.commit()
        return document


class OwnerForm(forms.Form):
    """To which agency a document goes, and why."""

    agency = forms.ModelChoiceField(label=gettext_lazy("Agency that is to keep it"), queryset=None)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=SHORTEST_REASON,
        max_length=1_000,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy("It stands in the history of the document and in the audit trail."),
    )

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.with_portal().exclude(pk=document.owner_id)
        self.fields["agency"].queryset = agencies.order_by("name_vi")
        self.fields["agency"].label_from_instance = lambda agency: agency.display_name


class IssuerForm(AgencyModelForm):
    """The form of a body that issues documents; its other spellings one a line."""

    spellings = forms.CharField(
        label=gettext_lazy("Other spellings"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One per line: as lists of other portals write it, and former names."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["spellings"] = "\n".join(self.instance.other_names)
        self.fields["code"].required = False

    def clean_spellings(self):
        return list(dict.fromkeys(line.strip() for line in self.cleaned_data["spellings"].splitlines() if line.strip()))

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("code") and cleaned.get("name_vi"):
            cleaned["code"] = slugify(cleaned["name_vi"], 60)
        return cleaned

    def save(self, commit=True):
        self.instance.other_names = self.cleaned_data["spellings"]
        return super().save(commit)


class PastedTextForm(forms.Form):
    """A full text that somebody copied from elsewhere."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_PASTED,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Articles, clauses and points are found by their numbers; nothing has to be marked."),
    )
