from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.blocks import BodyBlock
from core.fields import StreamField, TextField
from core.models import BasePage
from core.renditions import prefetch_pictures
from legal_docs.listing.lists import list_context
from legal_docs.listing.sections import Section, shows_documents
from sites.forms import AgencyPageForm
from sites.models import PortalSection

from .listings import child_sections, one_page
from .placements import NewsPlacement


class SectionPage(BasePage):
    """A section of the portal: an introduction, a body, the sections below it and the articles posted in it."""

    introduction = TextField(
        _("introduction"),
        blank=True,
        help_text=_("One or two sentences; also shown in the menu of the parent section."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    base_form_class = AgencyPageForm
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.SectionPage", "home.NewsIndexPage"]
    subpage_types = ["home.SectionPage", "home.NewsIndexPage", "home.NewsPage"]
    template = "home/section_page.html"
    PER_PAGE = 20

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def summary_text(self):
        return self.search_description or self.introduction or self.title

    @cached_property
    def section_key(self) -> str:
        """Its key in the section tree, which stays when editors rename or move it; "" for a section of their own."""
        return PortalSection.objects.filter(page=self.pk).values_list("key", flat=True).first() or ""

    @property
    def shows_documents(self) -> bool:
        """Whether it is a list of legal documents (Decree 43/2011/NĐ-CP, Article 10.1.e)."""
        return shows_documents(self.section_key)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        prefetch_pictures(self.body)
        context["sections"] = child_sections(self, request.portal.restricted_paths)
        placements = NewsPlacement.objects.shown(request.portal.restricted_paths).directly_in(self)
        if self.shows_documents:
            section = Section.of_page(self, request.portal.agency, self.section_key)
            context["documents"] = list_context(request, section)
            # The pager is the documents'; articles posted here before there was a registry stand below, the newest.
            context["page_obj"] = one_page(placements, None, self.PER_PAGE)
        else:
            context["page_obj"] = one_page(placements, request.GET.get("trang"), self.PER_PAGE)
        return context
