from django.conf import settings
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from core.blocks import BodyBlock


class BareNewsPage(Page):
    """An article: Wagtail's Page with the fields that are shown, and nothing done for speed."""

    summary = models.TextField()
    lead_picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField(BodyBlock())
    published_at = models.DateTimeField()

    def get_template(self, request, *args, **kwargs):
        # ?lean: the article alone, without menu and list, as a second and harder yardstick.
        return "bare/lean.html" if "lean" in request.GET else "bare/news_page.html"

    def other_news(self):
        siblings = BareNewsPage.objects.live().sibling_of(self, inclusive=False)
        return siblings.order_by("-published_at")[:6]
