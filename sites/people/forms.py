"""Forms for the people and groups of an agency."""

import re

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import fold
from sites.enums import PROVINCE_WIDE, Role
from sites.models import Agency, AgencyGroup
from sites.permissions import manages_all_people, may_grant, visible_people

from .refusals import ROLES_PREFIX
from .work import pages_of

User = get_user_model()
_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,}")


def grantable_groups(user, agency: Agency):
    """Return the groups of an agency into which somebody may take people, fixed ones first."""
    roles = [role for role in Role.of(agency.kind) if may_grant(user, agency, role)]
    return AgencyGroup.objects.filter(agency=agency, role__in=roles).select_related("agency").order_by("name", "pk")


def explained(title: str, role: Role) -> str:
    """Return the label of a choice: what the role is called and what its holder may do."""
    # One element around both, because Wagtail sets the parts of a label side by side.
    return format_html('<span><strong>{}</strong><br><span class="help">{}</span></span>', capfirst(title), role.duties)


class RolesField(forms.ModelMultipleChoiceField):
    """The roles of one agency, each with what its holder may do."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args, **kwargs):
        super().__init__(*args, required=False, **kwargs)

    def label_from_instance(self, group):
        title = group.get_role_display() if group.is_fixed else f"{group.name} ({group.get_role_display()})"
        if group.is_limited:
            title = _("%(group)s, only for some sections") % {"group": title}
        return explained(title, Role(group.role))


class PersonForm(forms.ModelForm):
    """Name, position and mail of a person, and roles in the agencies that the sender administers."""

    required_css_class = "required"
    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=150,
        help_text=gettext_lazy("Such as nguyenvanan; capitals and accents are taken off. Unique in the province."),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=150, help_text=gettext_lazy("As written: family name first.")
    )
    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        max_length=254,
        help_text=gettext_lazy("An address of the office, of this person alone."),
    )

    class Meta:
        model = User
        fields = ("full_name", "username", "job_title", "email")

    def __init__(self, *args, by, agencies, is_account_open=True, are_roles_open=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.agencies = list(agencies) if are_roles_open else []
        if not is_account_open:
            for name in self.Meta.fields:
                del self.fields[name]
        for agency in self.agencies:
            self.fields[f"{ROLES_PREFIX}{agency.pk}"] = RolesField(
                grantable_groups(by, agency),
                label=_("Roles at %(agency)s") % {"agency": agency.display_name},
                initial=self._held(agency),
            )

    def _held(self, agency):
        return AgencyGroup.objects.held_by(self.instance).filter(agency=agency) if self.instance.pk else ()

    @property
    def personal_fields(self):
        return [self[name] for name in self.Meta.fields if name in self.fields]

    @property
    def role_fields(self):
        return [self[name] for name in self.fields if name.startswith(ROLES_PREFIX)]

    def clean_username(self):
        name = fold("".join(self.cleaned_data["username"].split()))
        if not _SIGN_IN_NAME.fullmatch(name):
            raise ValidationError(
                _("Use three or more letters, digits, dots, dashes or @; begin with a letter or digit.")
            )
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            # Whose it is stays untold: that may be a person of another agency.
            raise ValidationError(_("This sign-in name is taken. Choose another one, for example with a number."))
        return name

    def clean_email(self):
        address = self.cleaned_data["email"]
        known = visible_people(self.by).filter(email__iexact=address).exclude(pk=self.instance.pk).first()
        if known is None:
            return address
        if manages_all_people(self.by):
            raise ValidationError(
                _("%(name)s has this address. Open that account and give it a role in the second agency.")
                % {"name": known}
            )
        raise ValidationError(_("%(name)s of your agency has this address already.") % {"name": known})

    def groups_of(self, agency):
        return set(self.cleaned_data[f"{ROLES_PREFIX}{agency.pk}"])


class FurtherAgencyForm(forms.Form):
    """Which agency a person is to be added to."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=gettext_lazy("Agency"))

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].widget.attrs["class"] = "w-w-full"


class HandOverForm(forms.Form):
    """Who goes on with what a person leaves."""

    heir = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Hand over to"),
        required=False,
        empty_label=gettext_lazy("Nobody (pages are unlocked)"),
        help_text=gettext_lazy("Drafts and locked pages become this colleague's; who wrote them stays in the history."),
    )

    def __init__(self, *args, heirs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["heir"].queryset = heirs
        # As wide as the window at most, however long a name is.
        self.fields["heir"].widget.attrs["class"] = "w-w-full"


class SectionsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, page):
        # Deeper sections stand further in, as in the tree; the portal's own root has depth 2.
        return format_html("{}{}", "— " * max(page.depth - 3, 0), page.title)


class AgencyGroupForm(forms.ModelForm):
    """A further group of an agency: its name, the role it gives, where, and to whom."""

    required_css_class = "required"
    name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=100)
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect)
    sections = SectionsField(
        None,
        label=gettext_lazy("Only for these sections"),
        required=False,
        help_text=gettext_lazy("Without a choice the role is good for the whole portal."),
    )
    members = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AgencyGroup
        fields = ("name", "role", "sections")

    def __init__(self, *args, by, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.agency = by, agency
        self.fields["role"].choices = [
            (role.value, explained(role.label, role)) for role in Role.of(agency.kind) if role not in PROVINCE_WIDE
        ]
        # Another role would be another group: its members were chosen for this one.
        self.fields["role"].disabled = bool(self.instance.pk)
        self.fields["sections"].queryset = sections_of(agency)
        self.fields["members"].queryset = people_in(agency).exclude(pk=by.pk)
        if self.instance.pk:
            self.initial["members"] = self.instance.group.user_set.all()

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        taken = AgencyGroup.objects.filter(agency=self.agency, name__iexact=name).exclude(pk=self.instance.pk)
        if taken.exists():
            raise ValidationError(_("A group of this name exists already."))
        return name

    def chosen_members(self):
        """The members, with the sender, who can neither add nor remove oneself."""
        chosen = set(self.cleaned_data["members"])
        if self.instance.pk:
            chosen |= set(self.instance.group.user_set.filter(pk=self.by.pk))
        return chosen

    def _post_clean(self):
        # The agency is not a field of the form, but its constraints are checked with it.
        self.instance.agency = self.agency
        super()._post_clean()

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"group"}


def sections_of(agency: Agency):
    """Return the pages of a portal to which a group may be limited: sections of the legal tree and of the menu."""
    pages = pages_of(agency).exclude(pk=agency.site.root_page_id)
    return pages.filter(Q(portal_section__isnull=False) | Q(show_in_menus=True)).order_by("path")


def people_in(agency: Agency):
    """Return the people who hold a role in an agency."""
    groups = AgencyGroup.objects.filter(agency=agency)
    return User.objects.filter(groups__agency_group__in=groups).distinct().order_by("full_name", "username")
