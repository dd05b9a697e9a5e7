from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from sites.permissions import works_anywhere_as

from .models import NewsPage
from .offer_views import ANSWERING, AnswerView, OfferArticleView, OfferedNewsView, RecallView
from .permissions import can_offer


@hooks.register("register_admin_urls")
def register_offer_urls():
    return [
        path("news/<int:pk>/offer/", OfferArticleView.as_view(), name="offer_article"),
        path("news/offered/", OfferedNewsView.as_view(), name="offered_news"),
        path("news/offers/<int:pk>/recall/", RecallView.as_view(), name="recall_offer"),
        *(
            path(f"news/offers/<int:pk>/{answer}/", AnswerView.as_view(), {"answer": answer}, name=f"{answer}_offer")
            for answer in ("accept", "decline", "drop")
        ),
    ]


class OfferedNewsMenuItem(MenuItem):
    def is_shown(self, request):
        return works_anywhere_as(request.user, *ANSWERING)


@hooks.register("register_admin_menu_item")
def register_offered_news():
    return OfferedNewsMenuItem(_("Offered news"), reverse("offered_news"), icon_name="download", order=250)


@hooks.register("register_page_listing_more_buttons")
def offer_button(page, user, next_url=None):
    if isinstance(page, NewsPage) and page.live and can_offer(user, page):
        yield Button(
            _("Offer to other portals"), reverse("offer_article", args=[page.pk]), icon_name="site", priority=60
        )


@hooks.register("register_page_header_buttons")
def offer_header_button(page, user, view_name, next_url=None):
    yield from offer_button(page, user, next_url)


@hooks.register("register_log_actions")
def register_offer_actions(actions):
    actions.register_action("home.offer", _("Offer"), _("Offered to other portals"))
    actions.register_action("home.accept", _("Accept"), _("Shown on another portal"))
    actions.register_action("home.decline", _("Decline"), _("Declined by another portal"))
    actions.register_action("home.recall", _("Recall"), _("Recalled from another portal"))
    actions.register_action("home.seed", _("Seed"), _("Published by the system as demo content, without approval"))
