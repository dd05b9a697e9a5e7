import uuid

from django.contrib.auth.models import Group
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.fields import CharField, TextField
from core.text import slugify
from sites.enums import PROVINCE_WIDE, AgencyKind, HostKind, Role
from sites.querysets import AgencyGroupQuerySet, AgencyQuerySet

CODE = RegexValidator(r"^[a-z][a-z0-9]{1,31}$", _("Lower-case letters and digits, beginning with a letter."))
HOST = RegexValidator(
    r"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$", _("A host name in lower case.")
)


def new_version() -> str:
    """Return a word that no version had before."""
    return uuid.uuid4().hex


class FieldOfWork(models.Model):
    """A field of work that agencies answer for, such as land or press; documents are shown by it."""

    slug = models.SlugField(_("address word"), max_length=120, unique=True, editable=False)
    name_vi = CharField(_("Vietnamese name"), max_length=200, unique=True)
    name_en = CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")
        ordering = ["name_vi"]

    def __str__(self):
        return self.name_vi

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = slugify(self.name_vi, 120)
        super().save(*args, **kwargs)


class Agency(models.Model):
    """A public body of the province; once opened, it has a portal: a Wagtail site and all that belongs to it."""

    code = models.CharField(
        _("code"),
        max_length=32,
        unique=True,
        validators=[CODE],
        help_text=_("Names the portal's local address and page tree; never changes."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=AgencyKind)
    name_vi = CharField(_("Vietnamese name"), max_length=200)
    name_en = CharField(_("English name"), max_length=200, blank=True)
    body_vi = CharField(
        _("full name of the body"),
        max_length=200,
        blank=True,
        help_text=_("Where it differs from the name, such as “Ủy ban nhân dân huyện …”."),
    )
    body_en = CharField(_("full name of the body in English"), max_length=200, blank=True)
    site_title_vi = CharField(_("title of the portal"), max_length=250, blank=True)
    type_vi = CharField(_("type of district"), max_length=60, blank=True)
    symbol = CharField(_("symbol in document numbers"), max_length=32, blank=True)
    gso_code = models.CharField(_("code of the General Statistics Office"), max_length=8, blank=True)
    organ_id = models.CharField(_("organ identifier (QCVN 102:2016/BTTTT)"), max_length=32, blank=True)
    head_title_vi = CharField(_("title of its head"), max_length=100, blank=True)
    head_title_en = CharField(_("title of its head in English"), max_length=100, blank=True)
    mail_domain = models.CharField(_("mail domain"), max_length=100, blank=True)
    note = TextField(_("note"), blank=True)
    fields_of_work = models.ManyToManyField(
        FieldOfWork, verbose_name=_("fields of work"), blank=True, related_name="agencies"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("belongs to"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    position = models.PositiveIntegerField(_("official order"), default=0)
    site = models.OneToOneField(
        "wagtailcore.Site", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="agency"
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="agency",
    )

    # What it shares with all: they choose from it, and only its owner changes it. The province has one.
    library = models.OneToOneField(
        "wagtailcore.Collection", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    # What opening made of its portal: see sites.services.form_of_portal.
    portal_form = models.CharField(max_length=64, default="", editable=False)

    # Renewed by whatever changes header, menu or footer of its portal: see sites.furniture.
    furniture_version = models.CharField(max_length=32, default=new_version, editable=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["position", "name_vi"]
        constraints = [
            # Two bodies that issue under one symbol in one year could not be told apart by a number,
            # except that all People's Committees of districts write UBND.
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agency_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False), name="agency_with_successor_has_ended"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind=AgencyKind.PROVINCE), name="one_province_per_install"
            ),
        ]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name as a heading: first letter in upper case ("Thị xã Thuận An")."""
        return self.name_vi[:1].upper() + self.name_vi[1:]

    @property
    def body_name(self) -> str:
        """Who signs and publishes: the body where it differs from the name."""
        return self.body_vi or self.display_name

    @property
    def portal_title(self) -> str:
        return self.site_title_vi or self.display_name

    @cached_property
    def canonical_host(self) -> str:
        """The public host name; "" when none is recorded."""
        return next((host.name for host in self.hosts.all() if host.kind == HostKind.CANONICAL), "")

    @property
    def has_portal(self) -> bool:
        return self.site_id is not None


class HostName(models.Model):
    """A host that leads to an agency's portal; no two agencies can claim the same one."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="hosts")
    name = models.CharField(_("host name"), max_length=253, unique=True, validators=[HOST])
    kind = models.CharField(_("kind"), max_length=16, choices=HostKind, default=HostKind.ALIAS)

    class Meta:
        verbose_name = _("host name")
        verbose_name_plural = _("host names")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(kind=HostKind.CANONICAL), name="one_canonical_host_per_agency"
            )
        ]

    def __str__(self):
        return self.name


class AgencyGroup(models.Model):
    """The group that holds one role in one agency; rights are given to groups, people join groups.

    Each role has one group without a name, made with the portal. Administrators make further, named ones; those may be
    limited to sections of the portal.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="groups")
    role = models.CharField(_("role"), max_length=32, choices=Role)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="agency_group")
    name = CharField(_("name"), max_length=100, blank=True)
    # A field of its own: a limited group whose last section is deleted must not become one for the whole portal.
    is_limited = models.BooleanField(_("only for some sections"), default=False)
    sections = models.ManyToManyField(
        "wagtailcore.Page", verbose_name=_("sections"), blank=True, related_name="limited_groups"
    )

    objects = AgencyGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency's group")
        verbose_name_plural = _("agencies' groups")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "role"], condition=Q(name=""), name="one_fixed_group_per_agency_and_role"
            ),
            models.UniqueConstraint(
                fields=["agency", "name"], condition=~Q(name=""), name="named_group_once_per_agency"
            ),
            models.CheckConstraint(condition=~Q(name="") | Q(is_limited=False), name="fixed_group_is_not_limited"),
            # Who looks beyond one agency is named by the province alone, in one place.
            models.CheckConstraint(
                condition=Q(name="") | ~Q(role__in=PROVINCE_WIDE), name="province_wide_role_has_one_group"
            ),
        ]

    def __str__(self):
        return self.name or self.get_role_display()

    @property
    def is_fixed(self) -> bool:
        """The one group of its role that every portal has; nobody renames or deletes it."""
        return not self.name


class PortalSection(models.Model):
    """Which page of a portal is its section of the legal tree; editors may rename or move that page."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(_("key in the section tree"), max_length=100)
    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="portal_section")

    class Meta:
        verbose_name = _("section of a portal")
        verbose_name_plural = _("sections of portals")
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="section_once_per_agency")]

    def __str__(self):
        return f"{self.agency.code}/{self.key}"
