from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import CharField, TextField
from sites.querysets import OfficialQuerySet

from .agencies import Agency


class Unit(models.Model):
    """A division of an agency, such as an office or a sub-department (Decree 43/2011/NĐ-CP, Article 10.1.a)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="units", verbose_name=_("agency"))
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("belongs to")
    )
    name_vi = CharField(_("Vietnamese name"), max_length=200)
    name_en = CharField(_("English name"), max_length=200, blank=True)
    duties = TextField(_("functions and tasks"), blank=True)
    address = CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["agency", "position", "name_vi"]
        constraints = [models.UniqueConstraint(fields=["agency", "name_vi"], name="unit_named_once_per_agency")]

    def __str__(self):
        return self.name_vi


class Official(models.Model):
    """Somebody in office whom the portal must name, with duties and contact (Article 10.1.a and 10.1.i)."""

    # A portrait of a person in office is public although no page holds it.
    is_shown_in_public = True

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="officials", verbose_name=_("agency"))
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="officials", verbose_name=_("unit")
    )
    full_name = CharField(_("full name"), max_length=150)
    job_title = CharField(_("position"), max_length=150)
    is_leader = models.BooleanField(_("belongs to the leadership"), default=False)
    duties = TextField(_("duties"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("portrait"),
    )
    term_begins_on = models.DateField(_("in office from"), null=True, blank=True)
    term_ends_on = models.DateField(_("in office until"), null=True, blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ["agency", "-is_leader", "position", "full_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(term_begins_on__isnull=True)
                | Q(term_ends_on__isnull=True)
                | Q(term_ends_on__gte=F("term_begins_on")),
                name="term_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return self.full_name
