"""The panels of a portal's home; an editor puts them in order, each panel finds what it shows."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from core.blocks import TextBlock


class LeadNewsBlock(blocks.StructBlock):
    """The newest articles large; one that an editor marks as the lead stands first."""

    number = blocks.IntegerBlock(label=_("how many"), default=5, min_value=1, max_value=9)

    class Meta:
        icon = "pick"
        label = _("lead news")


class SectionNewsBlock(blocks.StructBlock):
    """The newest articles of one section of the portal."""

    section = blocks.PageChooserBlock(label=_("section"), page_type=["home.NewsIndexPage", "home.SectionPage"])
    number = blocks.IntegerBlock(label=_("how many"), default=4, min_value=1, max_value=12)

    class Meta:
        icon = "list-ul"
        label = _("news of a section")


class TopicBlock(blocks.StructBlock):
    """One duty of the portal: its newest entries, and the sections below it."""

    number = blocks.IntegerBlock(label=_("how many"), default=5, min_value=1, max_value=12)

    # The key of the section in sites/data/sections.yaml.
    section_key = ""


class DocumentsBlock(TopicBlock):
    section_key = "van-ban"

    class Meta:
        icon = "doc-full"
        label = _("newest legal documents")


class ConsultationsBlock(TopicBlock):
    section_key = "lay-y-kien"

    class Meta:
        icon = "comment"
        label = _("open consultations")


class ProceduresBlock(TopicBlock):
    section_key = "thu-tuc-hanh-chinh"

    class Meta:
        icon = "clipboard-list"
        label = _("procedures")


class NoticesBlock(TopicBlock):
    section_key = "tin-tuc/thong-bao"

    class Meta:
        icon = "warning"
        label = _("notices")


class PhotoStripBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("heading"), required=False, max_length=120)
    pictures = blocks.ListBlock(ImageChooserBlock(label=_("picture")), label=_("pictures"), max_num=12)

    class Meta:
        icon = "image"
        label = _("photo strip")


class LinksBlock(blocks.StructBlock):
    """The links of the portal settings, as cards."""

    heading = blocks.CharBlock(label=_("heading"), required=False, max_length=120)

    class Meta:
        icon = "link"
        label = _("links")


class AgenciesBlock(blocks.StructBlock):
    """All departments and districts of the province, on the province's home."""

    class Meta:
        icon = "group"
        label = _("agencies of the province")


class ProvinceNewsBlock(blocks.StructBlock):
    """The newest articles of all agencies, each with its origin."""

    number = blocks.IntegerBlock(label=_("how many"), default=8, min_value=1, max_value=20)

    class Meta:
        icon = "globe"
        label = _("newest from all agencies")


class HomePanels(blocks.StreamBlock):
    lead_news = LeadNewsBlock()
    section_news = SectionNewsBlock()
    documents = DocumentsBlock()
    consultations = ConsultationsBlock()
    procedures = ProceduresBlock()
    notices = NoticesBlock()
    photos = PhotoStripBlock()
    links = LinksBlock()
    agencies = AgenciesBlock()
    province_news = ProvinceNewsBlock()
    text = TextBlock()
