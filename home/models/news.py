from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.addresses import canonical_address, portal_code
from core.blocks import BodyBlock
from core.fields import CharField, StreamField, TextField, URLField
from core.models import BasePage
from core.renditions import prefetch_pictures
from core.text import fold
from sites.forms import AgencyPageForm

from .listings import child_sections, one_page
from .periods import Period
from .placements import NewsPlacement

OTHER_NEWS = 6


class NewsIndexPage(BasePage):
    """A section of news: lists its articles and those of the sections below it, newest first."""

    introduction = TextField(_("introduction"), blank=True)

    base_form_class = AgencyPageForm
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["home.HomePage", "home.SectionPage", "home.NewsIndexPage"]
    subpage_types = ["home.NewsIndexPage", "home.NewsPage", "home.SectionPage"]
    template = "home/news_index_page.html"
    PER_PAGE = 20

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")

    def summary_text(self):
        return self.search_description or self.introduction or self.title

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        period = Period.from_query(request.GET)
        context["sections"] = child_sections(self, request.portal.restricted_paths)
        shown = NewsPlacement.objects.shown(request.portal.restricted_paths)
        placements = shown.in_section(self) if context["sections"] else shown.directly_in(self)
        if period:
            placements = placements.in_period(period.year, period.month)
        context["period"] = period
        context["page_obj"] = one_page(placements, request.GET.get("trang"), self.PER_PAGE)
        return context


class NewsPage(BasePage):
    """An article of news. It stands in one portal's section, and may be shown on others by an accepted offer."""

    summary = TextField(
        _("summary"), max_length=600, help_text=_("Two or three sentences; shown in lists and in feeds.")
    )
    lead_picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    lead_caption = CharField(_("caption of the lead picture"), max_length=250, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)
    author_initials = CharField(_("author's initials"), max_length=60, blank=True)
    source_name = CharField(_("source"), max_length=150, blank=True, help_text=_("Shown as “Theo …”."))
    source_url = URLField(_("address of the source"), blank=True, max_length=500)
    published_at = models.DateTimeField(
        _("publication date"), null=True, blank=True, help_text=_("Empty: the moment it is published.")
    )
    is_lead = models.BooleanField(
        _("lead article"), default=False, help_text=_("Stands first among the lead news of the portal.")
    )
    origin = models.ForeignKey(
        "agency_sites.Agency", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    import_key = models.CharField(max_length=300, blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    base_form_class = AgencyPageForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("lead_picture"), FieldPanel("lead_caption")], heading=_("Lead picture")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("author_initials"), FieldPanel("published_at")]),
                FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_url")]),
            ],
            heading=_("Author and source"),
        ),
        InlinePanel("attachments", heading=_("Attached files"), label=_("file")),
        InlinePanel("related_documents", heading=_("Related documents"), label=_("document")),
        FieldPanel("is_lead"),
    ]
    # Articles are many and change often; menus hold sections.
    may_stand_in_menu = False
    promote_panels = BasePage.search_panels
    parent_page_types = ["home.NewsIndexPage", "home.SectionPage"]
    subpage_types = []
    template = "home/news_page.html"
    search_fields = [*BasePage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            # What was imported once is found again, however often the same file is read.
            models.UniqueConstraint(
                fields=["origin", "import_key"], condition=~models.Q(import_key=""), name="article_imported_once"
            )
        ]

    def clean(self):
        super().clean()
        # An article that another agency shares with this section has the address already.
        section_path = self.path[: -self.steplen]
        shared = NewsPlacement.objects.filter(section__path=section_path, slug=self.slug, is_original=False)
        if section_path and shared.exclude(article=self.pk).exists():
            raise ValidationError({"slug": _("A shared article already stands at this address. Choose another one.")})

    def save(self, *args, **kwargs):
        self.search_text = fold(f"{self.title} {self.summary}")
        if self.live and self.published_at is None:
            self.published_at = self.first_published_at or timezone.now()
        return super().save(*args, **kwargs)

    def summary_text(self):
        return self.search_description or self.summary

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        placement = NewsPlacement.objects.filter(article=self, agency=request.portal.agency)
        prefetch_pictures(self.body, self.lead_picture)
        context["attachments"] = self._attached_files()
        context["is_original"] = portal_code(self.url_path) == request.portal.code
        context["other_news"] = (
            NewsPlacement.objects.shown(request.portal.restricted_paths)
            # One value, not a set: then the newest are read from the index of the section, not sorted from all of it.
            .filter(section_id=models.Subquery(placement.values("section_id")[:1]))
            .exclude(article=self)
            .for_lines()
            .newest_first()[:OTHER_NEWS]
        )
        return context

    def metadata(self, portal):
        stated = super().metadata(portal)
        origin = self.origin or portal.agency
        return replace(
            stated,
            creator=self.author_initials or origin.body_name,
            date=self.published_at,
            publisher=origin.body_name,
            identifier=canonical_address(origin.site.hostname) + self.path_in_portal,
        )

    def _attached_files(self):
        if "attachments" in getattr(self, "_cluster_related_objects", {}):
            # A preview, whose rows are not in the database.
            return self.attachments.all()
        return NewsAttachment.objects.filter(article=self).select_related("file")


class NewsAttachment(Orderable):
    """A file handed out with an article."""

    article = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    title = CharField(_("title"), max_length=200, blank=True, help_text=_("Empty: the title of the file."))

    panels = [FieldPanel("file"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")

    def __str__(self):
        return self.title or self.file.title


class RelatedDocument(Orderable):
    """A legal document that an article speaks of, by its number and title, with where to read it."""

    article = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_documents")
    number = CharField(_("number and symbol"), max_length=60)
    title = CharField(_("abstract"), max_length=400, blank=True)
    url = URLField(_("address"), max_length=500, blank=True)

    panels = [FieldPanel("number"), FieldPanel("title"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("related document")
        verbose_name_plural = _("related documents")

    def __str__(self):
        return self.number
