from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from core.fields import CharField, TextField, URLField
from sites.validators import validate_theme_colour


@register_setting(icon="site")
class PortalSettings(ClusterableModel, BaseSiteSetting):
    """What an agency's administrator sets for its portal: colours, banner, contact, and the footer the law asks for."""

    # The banner is on every page of the portal.
    is_shown_in_public = True

    site = models.OneToOneField(
        "wagtailcore.Site",
        unique=True,
        db_index=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="portal_settings",
    )
    primary_colour = models.CharField(
        _("main colour"), max_length=7, default="#9c1c1f", validators=[validate_theme_colour]
    )
    accent_colour = models.CharField(
        _("second colour"), max_length=7, default="#1a4480", validators=[validate_theme_colour]
    )
    banner = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("banner"),
    )
    slogan = CharField(_("line below the name"), max_length=160, blank=True)
    hotline = models.CharField(_("hotline"), max_length=60, blank=True)
    address = CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    fax = models.CharField(_("fax"), max_length=60, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    responsible_editor = CharField(_("editor in charge"), max_length=200, blank=True)
    licence_line = CharField(
        _("licence"), max_length=250, blank=True, help_text=_("Number and date of the licence of the portal.")
    )
    source_line = TextField(
        _("how to quote"), blank=True, help_text=_("Empty: “Please name the source when you quote from this portal.”")
    )
    notice = TextField(
        _("notice above every page"),
        blank=True,
        help_text=_("For urgent news, such as a flood warning. Empty: no notice."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("primary_colour"), FieldPanel("accent_colour"), FieldPanel("banner"), FieldPanel("slogan")],
            heading=_("Look"),
        ),
        MultiFieldPanel(
            [FieldPanel("hotline"), FieldPanel("phone"), FieldPanel("fax"), FieldPanel("email"), FieldPanel("address")],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("responsible_editor"), FieldPanel("licence_line"), FieldPanel("source_line")],
            heading=_("Footer"),
        ),
        FieldPanel("notice"),
        InlinePanel("links", heading=_("Links to other websites"), label=_("link")),
    ]

    class Meta:
        verbose_name = _("portal settings")
        verbose_name_plural = _("portal settings")

    def __str__(self):
        return str(self.site)


class PortalLink(Orderable):
    """One entry of "Liên kết website" in the footer and in the links panel."""

    settings = ParentalKey(PortalSettings, on_delete=models.CASCADE, related_name="links")
    title = CharField(_("title"), max_length=120)
    url = URLField(_("address"))

    panels = [FieldPanel("title"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.title
