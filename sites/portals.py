"""The portal that answers a request."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from core.addresses import canonical_address, root_address
from core.visibility import restricted_paths

from .enums import HostKind
from .furniture import Kept
from .menus import MenuEntry, menu_of
from .models import Agency, HostName, PortalLink, PortalSettings

_kept_portals = Kept(1_000)


@dataclass(frozen=True)
class Furniture:
    """What the pages of a portal have in common, as it is in one furniture version; shared by all requests."""

    host: HostName
    agency: Agency
    settings: PortalSettings
    menu: list[MenuEntry]
    links: list[PortalLink]

    @property
    def key(self) -> tuple[str, str, str]:
        """What it may be kept under: host, version, and the day, on which an agency may have ended."""
        return self.host.name, self.agency.furniture_version, timezone.localdate().isoformat()


@dataclass
class Portal:
    """An agency's portal as one request sees it."""

    furniture: Furniture
    request: HttpRequest | None = field(default=None, repr=False)

    @property
    def host(self) -> HostName:
        return self.furniture.host

    @property
    def agency(self) -> Agency:
        return self.furniture.agency

    @property
    def settings(self) -> PortalSettings:
        return self.furniture.settings

    @property
    def menu(self) -> list[MenuEntry]:
        return self.furniture.menu

    @property
    def links(self) -> list[PortalLink]:
        return self.furniture.links

    @property
    def code(self) -> str:
        return self.agency.code

    @property
    def successor(self) -> Agency | None:
        """The agency that took over, once this one has ended; its portal stays readable and says so."""
        has_ended = self.agency.valid_to is not None and self.agency.valid_to < timezone.localdate()
        return self.agency.successor if has_ended else None

    @property
    def site(self):
        return self.agency.site

    @property
    def root_path(self) -> str:
        """The tree path of its root page, by which everything below is found."""
        return self.site.root_page.path

    @cached_property
    def canonical_url(self) -> str:
        """The public address of the portal without a closing slash."""
        return canonical_address(self.site.hostname)

    @cached_property
    def address(self) -> str:
        """The portal as this visitor reaches it, without a closing slash."""
        return self.address_of(self.agency)

    @cached_property
    def restricted_paths(self) -> list[str]:
        """The tree paths that only some visitors may open, read once per request and never kept."""
        return restricted_paths()

    def trail(self, path: str) -> list[tuple[str, str]]:
        """Return the pages above an address of this portal as (title, address), without the home."""
        words = path.strip("/").split("/")[:-1]
        addresses = [f"/{'/'.join(words[:end])}/" for end in range(1, len(words) + 1)]
        titles = {entry.url: entry.title for top in self.menu for entry in (top, *top.children)}
        missing = [address for address in addresses if address not in titles]
        if missing:
            # Sections that stand in no menu, or deeper than it shows.
            pages = Page.objects.filter(url_path__in=[f"/{self.code}{address}" for address in missing], live=True)
            pages = pages.filter(slug__in=words)
            titles |= {url[len(self.code) + 1 :]: title for url, title in pages.values_list("url_path", "title")}
        return [(titles[address], address) for address in addresses if address in titles]

    def address_of(self, agency: Agency) -> str:
        """Another agency's portal as this visitor reaches it (agency.site must be loaded)."""
        return root_address(agency.code, agency.site.hostname, self.request)


def find_portal(hostname: str, request: HttpRequest | None = None) -> Portal | None:
    """Return the portal that answers at a host name, None for a host that is not ours; one query where it is kept."""
    versions = HostName.objects.filter(name=hostname, agency__site__isnull=False)
    version = next(iter(versions.values_list("agency__furniture_version", flat=True)), None)
    if version is None:
        return None
    return Portal(_kept_portals.get((hostname, version), lambda: _load(hostname)), request)


def _load(hostname):
    host = HostName.objects.select_related(
        "agency__site__root_page", "agency__site__portal_settings", "agency__parent__site", "agency__successor__site"
    ).get(name=hostname)
    return _furniture(host, host.agency)


def _furniture(host, agency):
    settings = agency.site.portal_settings
    menu = menu_of(agency.site.root_page)
    return Furniture(host=host, agency=agency, settings=settings, menu=menu, links=list(settings.links.all()))


def provincial_portal(request: HttpRequest | None = None) -> Portal | None:
    """Return the province's portal, where a lost visitor is sent; None before it is opened."""
    agency = (
        Agency.objects.provincial().with_portal().select_related("site__root_page", "site__portal_settings").first()
    )
    if agency is None:
        return None
    return Portal(_furniture(HostName(agency=agency, kind=HostKind.CANONICAL), agency), request)
