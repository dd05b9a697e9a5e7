"""The lists of news follow what Wagtail does to articles: saving, publishing, withdrawing, moving."""

from django.db.models.signals import post_save
from wagtail.signals import post_page_move

from .models import NewsPage
from .services import place, place_below

# A revision is saved on the page with these fields alone; nothing that lists show has changed then.
_BOOKKEEPING = {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}


def connect():
    post_save.connect(follow_article, sender=NewsPage, dispatch_uid="lists follow an article")
    post_page_move.connect(follow_move, dispatch_uid="lists follow a moved page")


def follow_article(instance, raw=False, update_fields=None, **kwargs):
    if not raw and (update_fields is None or set(update_fields) - _BOOKKEEPING):
        place(instance)


def follow_move(instance, **kwargs):
    place_below(instance)
