"""Finds the page for an address and serves it; feeds and print views are addresses below a page."""

from django.http import Http404
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from core.feeds import FEEDS
from editorial.views.notices import notice_at, notice_of
from legal_docs.listing.sections import Section
from legal_docs.views.lists import FORMS, serve_form

from .feeds import serve_feed
from .models import HomePage, NewsPage, NewsPlacement, SectionPage

PRINT = "in"


@require_safe
# Nothing secret stands in a public page, so compressing it gives nothing away (BREACH).
@gzip_page
def serve(request, path):
    """Serve the page at an address of this portal.

    Wagtail walks the tree from the root, two queries for each step; the address of a page is stored, so one look-up
    by its last word finds an article however deep it stands.
    """
    page = find_page(request, path)
    if page is None:
        notice = _find_notice(request, path)
        if notice is not None:
            return notice
        page, view = _find_below(request, path)
        if view in FORMS and _shows_documents(page):
            return serve_form(request, Section.of_page(page, request.portal.agency, page.section_key), view)
        if view in FEEDS:
            return serve_feed(request, page, view)
        request.is_print_view = True
    page.is_known_to_be_open = not any(page.path.startswith(path) for path in request.portal.restricted_paths)
    request._wagtail_route_for_request = RouteResult(page)
    return wagtail_views.serve(request, path)


def find_page(request, path: str):
    """Return the live page at an address of the request's portal, also an article shared with it; else None."""
    portal = request.portal
    words = [word for word in path.split("/") if word]
    if not words:
        return HomePage.objects.filter(pk=portal.site.root_page_id, live=True).first()
    url_path = "/".join(["", portal.code, *words, ""])
    page = (
        Page.objects.filter(slug=words[-1], url_path=url_path, live=True)
        # One query for any of our page types with what it shows; another app's type costs one more.
        .select_related("newspage__lead_picture", "newsindexpage", "sectionpage", "portal_section")
        .order_by()[:1]
    )
    return _as_its_type(next(iter(page)), portal) if page else _shared_article(request, words)


def _find_notice(request, path):
    """Return the notice of what was withdrawn at an address, or at the address below which a feed or print stood."""
    words = [word for word in path.split("/") if word]
    if words and (words[-1] == PRINT or words[-1] in FEEDS):
        words.pop()
    if not words or find_page(request, "/".join(words)):
        return None
    notice = notice_at(request, "/".join(["", request.portal.code, *words, ""]))
    if notice is not None:
        return notice
    placement = _placed_here(request, words).filter(is_live=False).select_related("article").first()
    return notice_of(request, placement.article) if placement else None


def _as_its_type(page, portal):
    specific = getattr(page, page.cached_content_type.model, None) or page.specific
    if isinstance(specific, NewsPage):
        # Known without asking: in its own portal an article is by that portal's agency.
        specific.origin = portal.agency
    elif isinstance(specific, SectionPage):
        specific.section_key = getattr(getattr(page, "portal_section", None), "key", "")
    return specific


def _shows_documents(page):
    return isinstance(page, SectionPage) and page.shows_documents


def _placed_here(request, words):
    """The places at an address of articles that other agencies share with this portal."""
    section_path = "/".join(["", request.portal.code, *words[:-1], ""])
    return NewsPlacement.objects.filter(
        agency=request.portal.agency, slug=words[-1], is_original=False, section__url_path=section_path
    )


def _shared_article(request, words):
    placement = (
        _placed_here(request, words)
        .shown(request.portal.restricted_paths)
        .select_related("article__lead_picture", "article__origin__site", "section")
        .first()
    )
    if placement is None:
        return None
    request.news_placement = placement
    return placement.article


def _find_below(request, path):
    parent, _, view = path.strip("/").rpartition("/")
    if view != PRINT and view not in FORMS:
        raise Http404
    page = find_page(request, parent)
    if page is None or (view in FEEDS and isinstance(page, NewsPage)):
        raise Http404
    if view not in FEEDS and view != PRINT and not _shows_documents(page):
        raise Http404
    return page, view
