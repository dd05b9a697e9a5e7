"""Forms of the admin that keep to the own agency, and the form of an agency itself."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from .enums import HostKind
from .models import Agency, HostName, Unit
from .models.agencies import HOST
from .permissions import administered_agencies, manages_all_people
from .references import refuse_forged_references
from .services import set_hosts


class KeepsToOwn:
    """Mixin of a form in the admin: what it names must be what the person may choose."""

    def full_clean(self):
        if self.is_bound and self.for_user is not None:
            refuse_forged_references(self, self.for_user)
        super().full_clean()


class AgencyModelForm(KeepsToOwn, WagtailAdminModelForm):
    """The form of a record that belongs to an agency."""


class AgencyPageForm(KeepsToOwn, WagtailAdminPageForm):
    """The form of a page of a portal."""


class AgencyForm(AgencyModelForm):
    public_host = forms.CharField(label=gettext_lazy("public host"), max_length=253, validators=[HOST])
    alias_hosts = forms.CharField(
        label=gettext_lazy("alias hosts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One per line; each leads to the public host."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # The code names page tree, groups and local address; only a new agency chooses it.
            self.fields["code"].disabled = True
            hosts = list(self.instance.hosts.all())
            self.initial["public_host"] = next((h.name for h in hosts if h.kind == HostKind.CANONICAL), "")
            self.initial["alias_hosts"] = "\n".join(h.name for h in hosts if h.kind == HostKind.ALIAS)

    def clean_alias_hosts(self):
        names = self.cleaned_data["alias_hosts"].lower().split()
        for name in names:
            HOST(name)
        return names

    def clean(self):
        cleaned = super().clean()
        names = [cleaned.get("public_host"), *(cleaned.get("alias_hosts") or [])]
        taken = HostName.objects.filter(name__in=[n for n in names if n]).exclude(agency=self.instance.pk)
        if taken:
            raise ValidationError(_("%(host)s already leads to another agency.") % {"host": taken[0].name})
        if cleaned.get("successor") and not cleaned.get("valid_to"):
            self.add_error("valid_to", _("An agency with a successor needs the day on which it ended."))
        return cleaned

    def save(self, commit=True):
        agency = super().save(commit)
        if commit:
            set_hosts(agency, self.cleaned_data["public_host"], self.cleaned_data["alias_hosts"])
        return agency


class OfAgencyForm(AgencyModelForm):
    """The form of a unit or official: everything it names belongs to the agency it is for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = agencies_kept_by(self.for_user)
        offer_agencies(self, agencies)
        for name in ("unit", "parent"):
            if name in self.fields:
                self.fields[name].queryset = Unit.objects.filter(agency__in=agencies).exclude(pk=self._own_unit())

    def _own_unit(self):
        return self.instance.pk if isinstance(self.instance, Unit) else None

    def clean(self):
        cleaned = super().clean()
        for name in ("unit", "parent"):
            unit = cleaned.get(name)
            if unit and unit.agency != cleaned.get("agency"):
                self.add_error(name, _("This unit belongs to another agency."))
        if cleaned.get("parent") and self._is_above(cleaned["parent"]):
            self.add_error("parent", _("A unit can't belong to one of its own units."))
        return cleaned

    def _is_above(self, unit):
        seen = set()
        while unit and unit.pk not in seen:
            if unit.pk == self.instance.pk:
                return True
            seen.add(unit.pk)
            unit = unit.parent
        return False


def offer_agencies(form, agencies) -> None:
    """Let a form choose among these agencies; where there is but one, it is chosen already."""
    form.fields["agency"].queryset = agencies
    if len(agencies[:2]) == 1:
        form.fields["agency"].empty_label = None


def agencies_kept_by(user):
    """Return the agencies whose units and officials somebody keeps; for the province, a portal need not be open."""
    return Agency.objects.all() if manages_all_people(user) else administered_agencies(user)
