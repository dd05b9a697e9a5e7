"""Finds the section of a portal that a file names in its own way."""

from wagtail.models import Page

from core.text import fold, slugify
from home.models import NewsIndexPage, SectionPage
from sites.models import Agency, PortalSection

DEFAULT_KEY = "tin-tuc"


class SectionFinder:
    """The sections of one portal that can hold articles, by key, by address word and by Vietnamese title."""

    def __init__(self, agency: Agency):
        root = agency.site.root_page
        below = Page.objects.filter(path__startswith=root.path, depth__gt=root.depth).select_related("content_type")
        pages = [page for page in below.order_by("path") if page.specific_class in {NewsIndexPage, SectionPage}]
        # Of two sections with one title, that of news is meant; a stable sort keeps the order of the tree.
        pages.sort(key=lambda page: page.specific_class is not NewsIndexPage)
        keys = dict(PortalSection.objects.filter(agency=agency).values_list("page_id", "key"))
        self._by_key, self._by_name = {}, {}
        for page in pages:
            own_path = page.url_path.removeprefix(root.url_path).strip("/")
            for key in (keys.get(page.pk), own_path):
                if key:
                    self._by_key.setdefault(key, page)
            for name in (page.slug, fold(page.title), slugify(page.title)):
                self._by_name.setdefault(name, page)
        self._keys = {
            page.pk: keys.get(page.pk) or page.url_path.removeprefix(root.url_path).strip("/") for page in pages
        }

    def find(self, name: str) -> Page | None:
        """Return the section that a key ("tin-tuc/thong-bao"), a slug or a title names."""
        name = name.strip().strip("/")
        return self._by_key.get(name) or self._by_name.get(name) or self._by_name.get(" ".join(fold(name).split()))

    def key_of(self, page: Page) -> str:
        """Return the key under which find() finds this very page."""
        return self._keys[page.pk]

    def keys(self) -> list[str]:
        return sorted(self._keys.values())
