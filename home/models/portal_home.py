from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.fields import StreamField
from core.models import BasePage
from home.blocks import HomePanels
from sites.forms import AgencyPageForm

from .panels import build_panels, default_panels


class HomePage(BasePage):
    """A portal's front: panels that its editors arrange."""

    arrangement = StreamField(HomePanels(), verbose_name=_("panels"), blank=True)

    base_form_class = AgencyPageForm
    content_panels = [*BasePage.content_panels, FieldPanel("arrangement")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.SectionPage", "home.NewsIndexPage"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("portal home")
        verbose_name_plural = _("portal homes")

    def prepare_for(self, agency):
        """Arrange the panels that suit a kind of agency (called when its portal is opened)."""
        self.arrangement = default_panels(agency.kind)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["panels"] = build_panels(self.arrangement, request.portal)
        return context
