"""What templates need that no view brings: addresses of looks and pages, metadata, the current place in the menu."""

from dataclasses import replace
from functools import cache

from django import template
from django.conf import settings
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from cms.stylesheet import stylesheet_version
from core.models import Metadata
from core.renditions import LEAD
from core.templatetags.pictures import rendition_url
from home.models import NewsPlacement
from home.models.periods import FIRST_YEAR
from sites.furniture import Kept
from sites.menus import row_length

register = template.Library()

_kept_parts = Kept(2_000)
# Pages that stand in no tree, by the name of their address.
_TITLES = {
    "search": gettext_lazy("Search"),
    "site_map": gettext_lazy("Site map"),
    "organisation": gettext_lazy("Organisation and people in office"),
}


@register.simple_tag
def static_address(path: str) -> str:
    """Return a static file's address; one that was not collected must not break the page that reports an error."""
    try:
        return static(path)
    except ValueError:
        return settings.STATIC_URL + path


@register.simple_tag
def stylesheet_address(portal) -> str:
    """Return the address of the portal's style sheet, which changes with its content."""
    return reverse("portal_stylesheet", args=[stylesheet_version(portal.settings)])


@register.simple_tag
def emblem() -> SafeString:
    """Return the emblem as SVG for the page itself, where it takes the portal's colour and needs no request."""
    return _emblem()


@cache
def _emblem():
    # Our own file, not input.
    return mark_safe((settings.BASE_DIR / "static" / "img" / "emblem.svg").read_text())


@register.simple_tag(takes_context=True)
def page_metadata(context) -> Metadata:
    """Return the six Dublin Core elements: those that the view states, those of the page, or of a view without one."""
    request, portal, page = context["request"], context["portal"], context.get("page")
    if context.get("metadata") is not None:
        stated = context["metadata"]
    elif page is None:
        match = request.resolver_match
        title = _TITLES.get(match.url_name if match else None, portal.agency.portal_title)
        body = portal.agency.body_name
        stated = Metadata(str(title), body, None, portal.agency.portal_title, body, portal.canonical_url + request.path)
    else:
        stated = page.metadata(portal)
    return stated if stated.date else replace(stated, date=timezone.now())


@register.simple_tag(takes_context=True)
def share_picture(context) -> str:
    """Return the absolute address of the picture by which an article is shown elsewhere; "" without one."""
    picture = getattr(context.get("page"), "lead_picture", None)
    url = rendition_url(picture, LEAD, "jpeg") if picture else ""
    return context["portal"].address + url if url.startswith("/") else url


@register.simple_tag(takes_context=True)
def portal_address(context, agency) -> str:
    """Return the address of an agency's portal as this visitor reaches it."""
    return context["portal"].address_of(agency)


@register.simple_tag(takes_context=True)
def province_of(context):
    """Return the province that a department or district belongs to, with its portal's address; None for itself."""
    portal = context["portal"]
    parent = portal.agency.parent
    if parent is None or parent.site is None:
        return None
    return {"name": parent.display_name, "title": parent.portal_title, "address": portal.address_of(parent)}


@register.simple_tag(takes_context=True)
def article_address(context, placement) -> str:
    """Return where an article of a list is read: a path on this portal, a full address on another."""
    portal = context["portal"]
    if placement.agency_id == portal.agency.pk:
        return placement.path_in_portal
    return portal.address_of(placement.agency) + placement.path_in_portal


@register.simple_tag(takes_context=True)
def furniture(context, template_name: str) -> SafeString:
    """Return a part that is the same on many pages of the portal: the header or the footer.

    It may depend on the portal, on the entry of the menu that the visitor is in, and on how she reached the portal;
    on nothing else, for it is rendered once for each of them and kept.
    """
    portal = context["portal"]
    key = (*portal.furniture.key, portal.address, template_name, _place(context["request"].path, portal.menu))
    return _kept_parts.get(key, lambda: context.template.engine.get_template(template_name).render(context))


def _place(path, menu):
    """The address if it is one of the menu, else the entry above it: what the menu marks as current."""
    for entry in menu:
        if path.startswith(entry.url):
            return path if any(path == child.url for child in (entry, *entry.children)) else f"{entry.url}*"
    return path if path == "/" else ""


@register.simple_tag(takes_context=True)
def menu_parts(context) -> dict:
    """Return the menu's row, what stands behind "more", and the entry the visitor is in."""
    menu = context["portal"].menu
    length = row_length(menu)
    return {"row": menu[:length], "more": menu[length:], "current": _current(context, menu)}


@register.simple_tag(takes_context=True)
def is_top_section(context) -> bool:
    """Say whether the page is an entry of the menu, so that the side menu lists what stands below it."""
    path = context["request"].path
    return any(entry.url == path for entry in context["portal"].menu)


def _current(context, menu):
    path = context["request"].path
    return next((entry for entry in menu if path.startswith(entry.url)), None)


@register.simple_tag(takes_context=True)
def news_years(context) -> list[int]:
    """Return the years from now back to the portal's oldest article, for narrowing a list."""
    shown = NewsPlacement.objects.filter(agency=context["portal"].agency, is_live=True)
    oldest = shown.order_by("published_at").values_list("published_at", flat=True).first()
    this_year = timezone.localdate().year
    first = max(timezone.localtime(oldest).year, FIRST_YEAR) if oldest else this_year
    return list(range(this_year, first - 1, -1))


@register.simple_tag
def months() -> range:
    return range(1, 13)


@register.simple_tag(takes_context=True)
def page_address(context, number: int) -> str:
    """Return this list's address with another page number and everything else that was asked.

    A view that answers something else than its address says, as a corrected spelling, gives `page_query`.
    """
    query = QueryDict(context["page_query"], mutable=True) if "page_query" in context else context["request"].GET.copy()
    query.pop("trang", None)
    if number > 1:
        query["trang"] = str(number)
    return context["request"].path + ("?" + query.urlencode() if query else "")
