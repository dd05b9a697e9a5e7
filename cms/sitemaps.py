"""sitemap.xml of a portal: its sections and its articles, each with the day it last changed."""

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from core.addresses import path_in_portal
from core.visibility import unrestricted
from home.models import NewsPage, NewsPlacement
from legal_docs.models import LegalDocument
from sites.organisation import ADDRESS


class _PortalSitemap(Sitemap):
    limit = 5_000

    def __init__(self, portal):
        self.portal = portal

    def get_domain(self, site=None):
        return self.portal.address.split("://", 1)[1]

    def get_protocol(self, protocol=None):
        return self.portal.address.split("://", 1)[0]


class SectionSitemap(_PortalSitemap):
    def items(self):
        pages = Page.objects.filter(path__startswith=self.portal.root_path, live=True).not_type(NewsPage)
        return unrestricted(pages).order_by("path").only("url_path", "last_published_at")

    def location(self, page):
        return path_in_portal(page.url_path)

    def lastmod(self, page):
        return page.last_published_at


class OrganisationSitemap(_PortalSitemap):
    """The one page that names the agency's units and people."""

    def items(self):
        return [ADDRESS]

    def location(self, address):
        return address


class NewsSitemap(_PortalSitemap):
    def items(self):
        # Shared articles are listed by the portal that owns them.
        placements = NewsPlacement.objects.shown().on_portal(self.portal.agency).originals()
        return placements.select_related("article").defer("article__body", "article__search_text").newest_first()

    def location(self, placement):
        return placement.path_in_portal

    def lastmod(self, placement):
        return placement.article.last_published_at


class DocumentSitemap(_PortalSitemap):
    """The legal documents that the portal's agency keeps; other portals that show them name this address."""

    def items(self):
        documents = LegalDocument.objects.live().filter(owner=self.portal.agency)
        return documents.order_by("pk").only("slug", "last_published_at")

    def lastmod(self, document):
        return document.last_published_at


def sitemaps_for(request) -> dict[str, Sitemap]:
    """Return the parts of a portal's site map by their names in the address."""
    return {
        "muc": SectionSitemap(request.portal),
        "to-chuc": OrganisationSitemap(request.portal),
        "tin": NewsSitemap(request.portal),
        "van-ban": DocumentSitemap(request.portal),
    }
